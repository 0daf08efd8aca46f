package io.parallax.api.startup;

import io.parallax.api.health.KafkaState;
import io.parallax.api.ledger.Calm;
import io.parallax.contract.Topics;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Asks Kafka from time to time whether it is there, and makes the topics that are missing. */
@ApplicationScoped
public class KafkaWatch {
    private static final Logger LOG = Logger.getLogger(KafkaWatch.class);
    private static final long PATIENCE_SECONDS = 5;

    private final KafkaState state;
    private final Calm calm;
    private final Map<String, Object> connection;
    private final boolean createTopics;
    private @Nullable Admin admin;
    private boolean topicsMade;

    KafkaWatch(
            KafkaState state,
            Calm calm,
            @Identifier("default-kafka-broker") Map<String, Object> connection,
            @ConfigProperty(name = "parallax.create-topics", defaultValue = "true") boolean createTopics) {
        this.state = state;
        this.calm = calm;
        this.connection = connection;
        this.createTopics = createTopics;
    }

    @Scheduled(
            identity = "api-kafka-watch",
            every = "{parallax.kafka-watch-every:5s}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void look() throws InterruptedException {
        try {
            Set<String> topics = admin().listTopics().names().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            makeMissing(topics);
            note(true, null);
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            calm.disturbed();
            note(false, e);
        }
    }

    private void note(boolean reachable, @Nullable Exception why) {
        if (reachable && !state.reachable()) {
            LOG.info("Kafka is reachable.");
        } else if (!reachable && state.reachable()) {
            LOG.warnf("Kafka is away; diffs are taken and wait: %s", why);
        }
        state.set(reachable);
    }

    private Admin admin() {
        if (admin == null) {
            Map<String, Object> settings = new HashMap<>(connection);
            settings.keySet().retainAll(AdminClientConfig.configNames());
            settings.put(AdminClientConfig.CLIENT_ID_CONFIG, "parallax-api-watch");
            admin = Admin.create(settings);
        }
        return admin;
    }

    private void makeMissing(Set<String> present) throws InterruptedException, ExecutionException, TimeoutException {
        if (topicsMade || !createTopics) {
            return;
        }
        List<NewTopic> missing =
                all().stream().filter(topic -> !present.contains(topic.name())).toList();
        try {
            admin().createTopics(missing).all().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
        }
        topicsMade = true;
    }

    private static List<NewTopic> all() {
        return List.of(
                topic(Topics.JOBS, Topics.OTHER_PARTITIONS),
                topic(Topics.TASKS, Topics.TASK_PARTITIONS),
                topic(Topics.RESULTS, Topics.OTHER_PARTITIONS),
                topic(Topics.CONTROL, 1),
                topic(Topics.DEAD_LETTER, 1));
    }

    private static NewTopic topic(String name, int partitions) {
        return new NewTopic(name, Optional.of(partitions), Optional.empty())
                .configs(Map.of(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(Topics.MAX_RECORD_BYTES)));
    }

    @PreDestroy
    void close() {
        if (admin != null) {
            admin.close(Duration.ofSeconds(1));
        }
    }
}
