package io.parallax.worker.intake;

import io.parallax.contract.Topics;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.reactive.messaging.kafka.KafkaConsumerRebalanceListener;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Default;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/** Which consumer groups this worker is a member of: those in which it was given partitions, be it none. */
@ApplicationScoped
@Default
@Identifier("worker-membership")
public class Membership implements KafkaConsumerRebalanceListener {
    /** Between two assignments all partitions are given back; who has none for long is no member any more. */
    private static final Duration BETWEEN = Duration.ofSeconds(30);

    private static final long ASSIGNED = Long.MAX_VALUE;

    /** When the partitions in it were given back, by group. */
    private final Map<String, Long> groups = new ConcurrentHashMap<>();

    private volatile boolean topicsAreThere;

    @Override
    public void onPartitionsAssigned(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        topicsAreThere |=
                partitions.stream().anyMatch(partition -> partition.topic().equals(Topics.CONTROL));
        groups.put(consumer.groupMetadata().groupId(), ASSIGNED);
    }

    @Override
    public void onPartitionsRevoked(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        groups.put(consumer.groupMetadata().groupId(), System.nanoTime());
    }

    /**
     * Whether whoever makes the topics has been there: it makes all at once, and each worker reads all of one. A worker that wrote
     * earlier could have the broker make a lesser one for it.
     */
    boolean topicsAreThere() {
        return topicsAreThere;
    }

    /** Whether it is in so many. */
    public boolean in(int count) {
        long now = System.nanoTime();
        return groups.values().stream()
                        .filter(since -> since == ASSIGNED || now - since < BETWEEN.toNanos())
                        .count()
                >= count;
    }
}
