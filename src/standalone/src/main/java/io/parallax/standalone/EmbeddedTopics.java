package io.parallax.standalone;

import io.parallax.contract.Topics;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;

/** The services' topics on a broker that has no administrator. */
public final class EmbeddedTopics {
    private static final short REPLICAS = 1;

    private EmbeddedTopics() {}

    /** Creates those that are missing. */
    public static void ensure(String bootstrapServers) throws InterruptedException, ExecutionException {
        Map<String, Object> settings = Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        try (Admin admin = Admin.create(settings)) {
            Set<String> there = admin.listTopics().names().get();
            List<NewTopic> missing = all().stream()
                    .filter(topic -> !there.contains(topic.name()))
                    .collect(Collectors.toList());
            admin.createTopics(missing).all().get();
        }
    }

    private static List<NewTopic> all() {
        return List.of(
                topic(Topics.JOBS, Topics.OTHER_PARTITIONS),
                topic(Topics.TASKS, Topics.TASK_PARTITIONS),
                topic(Topics.RESULTS, Topics.OTHER_PARTITIONS),
                topic(Topics.EVENTS, Topics.OTHER_PARTITIONS),
                topic(Topics.REQUESTS, Topics.OTHER_PARTITIONS),
                topic(Topics.CONTROL, 1),
                topic(Topics.DEAD_LETTER, 1));
    }

    private static NewTopic topic(String name, int partitions) {
        return new NewTopic(name, partitions, REPLICAS)
                .configs(Map.of(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(Topics.MAX_RECORD_BYTES)));
    }
}
