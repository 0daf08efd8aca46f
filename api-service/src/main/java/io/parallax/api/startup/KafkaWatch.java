package io.parallax.api.startup;

import io.parallax.api.health.KafkaState;
import io.parallax.api.ledger.Calm;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Asks Kafka from time to time whether it is there; the first time it is, the topics are made. */
@ApplicationScoped
public class KafkaWatch {
    private static final Logger LOG = Logger.getLogger(KafkaWatch.class);
    private static final int BEFORE_THE_CHANNELS = 100;
    private static final int PATIENCE_SECONDS = 5;

    private final KafkaState state;
    private final Calm calm;
    private final Map<String, Object> connection;
    private final boolean createTopics;
    private final boolean watches;
    private @Nullable Admin admin;
    private boolean topicsMade;

    KafkaWatch(
            KafkaState state,
            Calm calm,
            @Identifier("default-kafka-broker") Map<String, Object> connection,
            @ConfigProperty(name = "parallax.create-topics", defaultValue = "true") boolean createTopics,
            @ConfigProperty(name = "parallax.kafka-watch-every", defaultValue = "5s") String every) {
        this.state = state;
        this.calm = calm;
        this.connection = connection;
        this.createTopics = createTopics;
        this.watches = !every.equals("off");
    }

    /** Before any channel asks for its topic, which would have the broker make one of its own liking. */
    void lookFirst(@Observes @Priority(BEFORE_THE_CHANNELS) StartupEvent event) throws InterruptedException {
        if (watches) {
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
            ask(admin());
            note(true, null);
        } catch (ExecutionException | TimeoutException | RuntimeException e) {
            calm.disturbed();
            note(false, e);
        }
    }

    private void ask(Admin asked) throws InterruptedException, ExecutionException, TimeoutException {
        asked.describeCluster().clusterId().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (createTopics && !topicsMade) {
            new KafkaTopics(asked).ensure();
            topicsMade = true;
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
