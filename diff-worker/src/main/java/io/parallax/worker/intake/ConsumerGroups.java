package io.parallax.worker.intake;

import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import io.smallrye.reactive.messaging.kafka.KafkaConsumer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.clients.consumer.Consumer;
import org.jboss.logging.Logger;

/** The groups that share jobs and tasks among all workers. */
@ApplicationScoped
class ConsumerGroups {
    private static final Logger LOG = Logger.getLogger(ConsumerGroups.class);
    private static final List<String> CHANNELS = List.of("worker-jobs-in", "worker-tasks-in");

    /** Kafka may be away; it misses us by itself then. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final KafkaClientService clients;

    ConsumerGroups(KafkaClientService clients) {
        this.clients = clients;
    }

    /**
     * Leaves them: what was acknowledged is committed, and all else is with the others at their next sign of life. A consumer that is merely
     * paused, or closed at the very end, would keep its share of the messages from them until then.
     */
    void leave() {
        CHANNELS.stream().map(clients::getConsumer).filter(Objects::nonNull).forEach(ConsumerGroups::leave);
    }

    private static void leave(KafkaConsumer<?, ?> consumer) {
        try {
            consumer.runOnPollingThread(ConsumerGroups::unsubscribe).await().atMost(PATIENCE);
        } catch (RuntimeException e) {
            LOG.warnf("a consumer group is not left in time: %s", e);
        }
    }

    private static void unsubscribe(Consumer<?, ?> consumer) {
        consumer.unsubscribe();
    }
}
