package io.parallax.worker.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.reactive.messaging.kafka.KafkaConsumerRebalanceListener;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class RebalancingTest {
    private static final TopicPartition ONE = new TopicPartition("tasks", 1);
    private static final TopicPartition TWO = new TopicPartition("tasks", 2);
    private static final TopicPartition THREE = new TopicPartition("tasks", 3);

    private final List<TopicPartition> waiting = new ArrayList<>(List.of(ONE, TWO, THREE));
    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
    private final KafkaConsumerRebalanceListener listener = new Rebalancing.Forgetting(new Membership(), this::forget);

    private void forget(Predicate<TopicPartition> partitions) {
        waiting.removeIf(partitions);
    }

    @Test
    void whatSomebodyElseGetsIsForgotten() {
        listener.onPartitionsRevoked(consumer, List.of(TWO));
        assertThat(waiting).containsExactly(ONE, THREE);
    }

    /** As when what was done could not be committed, which is all that whoever calls us does then. */
    @Test
    void soItIsWhereNobodyToldThatItWasRevoked() {
        consumer.assign(List.of(ONE, THREE));
        listener.onPartitionsAssigned(consumer, List.of(THREE));
        assertThat(waiting).containsExactly(ONE);
    }
}
