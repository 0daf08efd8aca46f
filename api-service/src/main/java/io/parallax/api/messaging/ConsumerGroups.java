package io.parallax.api.messaging;

import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import io.smallrye.reactive.messaging.kafka.KafkaConsumer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.jboss.logging.Logger;

/** The groups that share results and requests among all replicas. */
@ApplicationScoped
public class ConsumerGroups {
    private static final Logger LOG = Logger.getLogger(ConsumerGroups.class);

    /** Kafka may be away; it misses us by itself then. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final KafkaClientService clients;

    ConsumerGroups(KafkaClientService clients) {
        this.clients = clients;
    }

    /** Leaves them, so that the other replicas have all of it at their next sign of life. */
    public void leave() {
        Stream.of(Channels.RESULTS, Channels.REQUESTS)
                .map(clients::getConsumer)
                .filter(Objects::nonNull)
                .forEach(ConsumerGroups::leave);
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
