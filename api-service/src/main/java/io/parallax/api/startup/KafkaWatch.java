package io.parallax.api.startup;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.parallax.api.health.KafkaState;
import io.parallax.api.ledger.leases.QuietPeriod;
import io.parallax.api.messaging.WorkPartitions;
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
    private final QuietPeriod quiet;
    private final Map<String, Object> connection;
    private final TopicCare care;
    private final boolean watches;
    private @Nullable Admin admin;
    private @Nullable String outage;

    KafkaWatch(
            KafkaState state,
            QuietPeriod quiet,
            WorkPartitions partitions,
            TopicSettings topics,
            MeterRegistry meters,
            @Identifier("default-kafka-broker") Map<String, Object> connection,
            @ConfigProperty(name = "parallax.create-topics", defaultValue = "true") boolean createTopics,
            @ConfigProperty(name = "parallax.requests.enabled") boolean takesRequests,
            @ConfigProperty(name = "parallax.kafka-watch-every", defaultValue = "5s") String every) {
        this.state = state;
        this.quiet = quiet;
        this.connection = connection;
        this.care = new TopicCare(
                state,
                partitions,
                TopicPlan.all(topics, takesRequests).stream()
                        .filter(plan -> createTopics || plan.isNeeded())
                        .toList(),
                topics.replication(),
                createTopics,
                new Remarks(LOG::warn));
        this.watches = !every.equals("off");
        Gauge.builder("parallax.kafka.reachable", state, asked -> asked.reachable() ? 1 : 0)
                .description(
                        "1 when Kafka answered this replica when it was last asked, and has all topics and partitions, else 0")
                .register(meters);
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
            note(care.look(new KafkaAdmin.Of(admin())));
        } catch (ExecutionException | TimeoutException | RuntimeException e) {
            note(List.of(String.valueOf(e)));
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
            quiet.disturbed();
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
