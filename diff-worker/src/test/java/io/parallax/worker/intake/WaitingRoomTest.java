package io.parallax.worker.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.Uni;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class WaitingRoomTest {
    private final WaitingRoom room = new WaitingRoom(2, 100);

    private CompletableFuture<Void> enter(long size, CompletableFuture<Void> stay) {
        return room.enter(size, Uni.createFrom().completionStage(stay)).subscribeAsCompletionStage();
    }

    @Test
    void theNextOneIsReadWhileOthersWait() {
        assertThat(enter(1, new CompletableFuture<>())).isDone();
    }

    @Test
    void whenItIsFullTheNextOneIsReadAfterSomebodyHasLeft() {
        CompletableFuture<Void> first = new CompletableFuture<>();
        enter(1, first);
        CompletableFuture<Void> next = enter(1, new CompletableFuture<>());
        assertThat(next).isNotDone();
        first.complete(null);
        assertThat(next).isDone();
    }

    @Test
    void manyBytesFillItToo() {
        CompletableFuture<Void> large = new CompletableFuture<>();
        CompletableFuture<Void> next = enter(100, large);
        assertThat(next).isNotDone();
        large.completeExceptionally(new IllegalStateException("expected by this test"));
        assertThat(next).isDone();
    }

    @Test
    void whoLeavesAtOnceLeavesRoom() {
        CompletableFuture<Void> over = CompletableFuture.completedFuture(null);
        assertThat(enter(100, over)).isDone();
        assertThat(enter(100, over)).isDone();
    }
}
