package io.parallax.api.startup;

import io.micrometer.core.instrument.MeterRegistry;
import io.parallax.api.health.KafkaState;
import io.parallax.api.ledger.Calm;
import io.parallax.api.messaging.WorkPartitions;
import io.parallax.contract.Topics;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Asks Kafka from time to time whether it is there with all that there is to be. Topics that are missing are made; a topic or partition
 * that is not there is an outage as any other.
 */
@ApplicationScoped
public class KafkaWatch {
    private static final Logger LOG = Logger.getLogger(KafkaWatch.class);
    private static final int BEFORE_THE_CHANNELS = 100;
    private static final int PATIENCE_SECONDS = 5;

    private final KafkaState state;
    private final Calm calm;
    private final Map<String, Object> connection;
    private final WorkPartitions partitions;
    private final List<TopicPlan> plans;
    private final TopicSettings topics;
    private final boolean createTopics;
    private final boolean watches;
    private @Nullable Admin admin;
    private @Nullable String outage;

    KafkaWatch(
            KafkaState state,
            Calm calm,
            WorkPartitions partitions,
            TopicSettings topics,
            MeterRegistry meters,
            @Identifier("default-kafka-broker") Map<String, Object> connection,
            @ConfigProperty(name = "parallax.create-topics", defaultValue = "true") boolean createTopics,
            @ConfigProperty(name = "parallax.requests.enabled") boolean takesRequests,
            @ConfigProperty(name = "parallax.kafka-watch-every", defaultValue = "5s") String every) {
        this.state = state;
        this.calm = calm;
        this.connection = connection;
        this.partitions = partitions;
        this.topics = topics;
        this.createTopics = createTopics;
        this.plans = TopicPlan.all(topics).stream()
                .filter(plan -> createTopics || takesRequests || !plan.name().equals(Topics.REQUESTS))
                .toList();
        this.watches = !every.equals("off");
        meters.gauge("parallax.kafka.reachable", state, asked -> asked.reachable() ? 1 : 0);
    }

    /** Before any channel asks for its topic, which would have the broker make one of its own liking. */
    void lookFirst(@Observes @Priority(BEFORE_THE_CHANNELS) StartupEvent event) throws InterruptedException {
        if (watches) {
            state.setLacksTopics(true);
            look();
            if (!state.reachable()) {
                LOG.warn("Kafka is not reachable yet; diffs are taken and wait.");
            }
        }
    }

    @Scheduled(
            identity = "api-kafka-watch",
            every = "{parallax.kafka-watch-every:5s}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    synchronized void look() throws InterruptedException {
        try {
            note(ask(new KafkaTopics(admin(), plans, topics.replication())));
        } catch (ExecutionException | TimeoutException | RuntimeException e) {
            note(List.of(String.valueOf(e)));
        }
    }

    /** What is away. */
    private List<String> ask(KafkaTopics asked) throws InterruptedException, ExecutionException, TimeoutException {
        FoundTopics found = createTopics ? asked.ensured() : asked.found();
        partitions.are(found.present());
        state.setLacksTopics(!found.missing().isEmpty());
        if (!state.reachable() && found.missing().isEmpty()) {
            compare(asked, found);
        }
        return found.outages();
    }

    /** Whenever Kafka has been away, it may be another one that is back. */
    private void compare(KafkaTopics asked, FoundTopics found)
            throws InterruptedException, ExecutionException, TimeoutException {
        if (createTopics) {
            asked.settle();
        } else {
            found.narrow()
                    .forEach(plan -> LOG.warnf(
                            "The topic %s has fewer than the %d partitions that it is to have.",
                            plan.name(), plan.partitions()));
        }
    }

    private void note(List<String> outages) {
        String now = outages.isEmpty() ? null : String.join(", ", outages);
        if (now == null && !state.reachable()) {
            LOG.info("Kafka is reachable.");
        } else if (now != null && state.reachable()) {
            LOG.warnf("Kafka is away; diffs are taken and wait: %s", now);
        } else if (now != null && outage != null && !now.equals(outage)) {
            LOG.warnf("Kafka is still away: %s", now);
        }
        if (now != null) {
            calm.disturbed();
        }
        outage = now;
        state.set(now == null);
    }

    private Admin admin() {
        if (admin == null) {
            Map<String, Object> settings = new HashMap<>(connection);
            settings.keySet().retainAll(AdminClientConfig.configNames());
            settings.put(AdminClientConfig.CLIENT_ID_CONFIG, "parallax-api-watch");
            settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, PATIENCE_SECONDS * 1000);
            settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE_SECONDS * 1000);
            admin = Admin.create(settings);
        }
        return admin;
    }

    @PreDestroy
    void close() {
        if (admin != null) {
            admin.close(Duration.ofSeconds(1));
        }
    }
}
