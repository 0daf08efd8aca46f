package io.parallax.api.requests;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BatcherTest {
    private final List<List<Integer>> served = new ArrayList<>();
    private final List<CompletableFuture<Void>> ends = new ArrayList<>();
    private final Batcher<Integer> batcher = new Batcher<>(3, this::serve);

    @Test
    void servesTheFirstAtOnceAndTheOthersNext() {
        IntStream.rangeClosed(1, 5).forEach(one -> batcher.add(List.of(one)));
        assertThat(served).containsExactly(List.of(1));

        ends.get(0).complete(null);
        assertThat(served).containsExactly(List.of(1), List.of(2, 3, 4));

        ends.get(1).complete(null);
        ends.get(2).complete(null);
        batcher.add(List.of(6));
        assertThat(served).containsExactly(List.of(1), List.of(2, 3, 4), List.of(5), List.of(6));
    }

    @Test
    void servesTogetherWhoeverComesTogether() {
        batcher.add(List.of(1, 2));
        batcher.add(List.of(3));
        assertThat(served).containsExactly(List.of(1, 2));

        ends.get(0).complete(null);
        assertThat(served).containsExactly(List.of(1, 2), List.of(3));
    }

    @Test
    void goesOnAfterAFailure() {
        batcher.add(List.of(1));
        batcher.add(List.of(2));

        ends.get(0).completeExceptionally(new IllegalStateException("for a test"));

        assertThat(served).containsExactly(List.of(1), List.of(2));
    }

    private Uni<Void> serve(List<Integer> all) {
        served.add(all);
        ends.add(new CompletableFuture<>());
        return Uni.createFrom().completionStage(ends.get(ends.size() - 1));
    }
}
