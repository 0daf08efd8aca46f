package io.parallax.api.startup;

import io.parallax.contract.Topics;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;

/** Makes the topics as the contract wants them, also where a client's first request has made a lesser one. */
final class KafkaTopics {
    private static final long PATIENCE_SECONDS = 5;

    private static final Map<String, Integer> PARTITIONS = Map.of(
            Topics.JOBS, Topics.OTHER_PARTITIONS,
            Topics.TASKS, Topics.TASK_PARTITIONS,
            Topics.RESULTS, Topics.OTHER_PARTITIONS,
            Topics.EVENTS, Topics.OTHER_PARTITIONS,
            Topics.REQUESTS, Topics.OTHER_PARTITIONS,
            Topics.CONTROL, 1,
            Topics.DEAD_LETTER, 1);

    private static final Map<String, String> SETTINGS =
            Map.of(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(Topics.MAX_RECORD_BYTES));

    private final Admin admin;

    KafkaTopics(Admin admin) {
        this.admin = admin;
    }

    /** Makes what is missing. */
    void ensure() throws InterruptedException, ExecutionException, TimeoutException {
        Set<String> present = admin.listTopics().names().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        create(PARTITIONS.keySet().stream()
                .filter(name -> !present.contains(name))
                .toList());
        widen(PARTITIONS.keySet().stream().filter(present::contains).toList());
    }

    private void create(List<String> names) throws InterruptedException, ExecutionException, TimeoutException {
        List<NewTopic> topics = names.stream()
                .map(name -> new NewTopic(name, Optional.ofNullable(PARTITIONS.get(name)), Optional.empty())
                        .configs(SETTINGS))
                .toList();
        try {
            admin.createTopics(topics).all().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            // A replica of this service was quicker.
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
        }
    }

    private void widen(Collection<String> names) throws InterruptedException, ExecutionException, TimeoutException {
        Map<String, NewPartitions> partitions = new HashMap<>();
        Map<ConfigResource, Collection<AlterConfigOp>> settings = new HashMap<>();
        for (TopicDescription topic : admin.describeTopics(names)
                .allTopicNames()
                .get(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .values()) {
            int wanted = PARTITIONS.getOrDefault(topic.name(), 1);
            if (topic.partitions().size() < wanted) {
                partitions.put(topic.name(), NewPartitions.increaseTo(wanted));
                settings.put(new ConfigResource(ConfigResource.Type.TOPIC, topic.name()), changes());
            }
        }
        if (!partitions.isEmpty()) {
            admin.createPartitions(partitions).all().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            admin.incrementalAlterConfigs(settings).all().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
    }

    private static Collection<AlterConfigOp> changes() {
        List<AlterConfigOp> changes = new ArrayList<>();
        SETTINGS.forEach((name, value) ->
                changes.add(new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET)));
        return changes;
    }
}
