package io.parallax.worker.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BoundedExecutorTest {
    private final BoundedExecutor executor = new BoundedExecutor("test", 1, 0);

    @AfterEach
    void close() {
        executor.close();
    }

    private static Uni<BoundedExecutor.Slot> take(BoundedExecutor executor, Long... sources) {
        return executor.take("a message", Set.of(sources));
    }

    private static CompletableFuture<BoundedExecutor.Slot> taking(BoundedExecutor executor, Long... sources) {
        return take(executor, sources).subscribeAsCompletionStage();
    }

    @Test
    void aSecondTakerWaitsUntilTheFirstIsDone() throws InterruptedException {
        BoundedExecutor.Slot first = take(executor, 1L).await().atMost(Duration.ofSeconds(10));
        AtomicReference<BoundedExecutor.Slot> second = new AtomicReference<>();
        CountDownLatch taken = new CountDownLatch(1);
        take(executor, 1L).subscribe().with(slot -> {
            second.set(slot);
            taken.countDown();
        });
        assertThat(second.get()).isNull();

        AtomicReference<BoundedExecutor.Slot> takenMeanwhile = new AtomicReference<>();
        first.run(() -> takenMeanwhile.set(second.get()));

        assertThat(taken.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(second.get()).isNotNull();
        assertThat(takenMeanwhile.get()).isNull();
    }

    @Test
    void workThatThrowsFreesItsSlot() {
        take(executor, 1L).await().atMost(Duration.ofSeconds(10)).run(() -> {
            throw new IllegalStateException("expected by this test");
        });
        assertThat(take(executor, 1L).await().atMost(Duration.ofSeconds(10))).isNotNull();
    }

    @Test
    void givingBackTwiceFreesOnePlace() {
        BoundedExecutor.Slot slot = take(executor, 1L).await().atMost(Duration.ofSeconds(10));
        slot.giveBack();
        slot.giveBack();
        assertThat(take(executor, 1L).await().atMost(Duration.ofSeconds(10))).isNotNull();
        assertThat(take(executor, 1L).subscribeAsCompletionStage()).isNotDone();
    }

    @Test
    void whoHasStoppedWaitingTakesNoPlace() {
        BoundedExecutor.Slot slot = take(executor, 1L).await().atMost(Duration.ofSeconds(10));
        take(executor, 1L).subscribe().with(never -> {}).cancel();
        slot.giveBack();
        assertThat(take(executor, 1L).subscribeAsCompletionStage()).isDone();
    }

    @Test
    void whoIsForgottenTakesNoPlace() {
        BoundedExecutor.Slot slot = take(executor, 1L).await().atMost(Duration.ofSeconds(10));
        CompletableFuture<BoundedExecutor.Slot> gone =
                executor.take("a revoked one", Set.of(2L)).subscribeAsCompletionStage();
        CompletableFuture<BoundedExecutor.Slot> stays = taking(executor, 2L);
        executor.forget("a revoked one"::equals);
        slot.giveBack();
        assertThat(gone).isCompletedExceptionally();
        assertThat(stays).isDone();
    }

    /** Whoever came first would have to wait for everybody of the same source otherwise. */
    @Test
    void theNextPlaceIsForTheSourceThatHasLeastUnderWay() {
        try (BoundedExecutor two = new BoundedExecutor("test", 2, 0)) {
            BoundedExecutor.Slot first = take(two, 1L).await().atMost(Duration.ofSeconds(10));
            take(two, 1L).await().atMost(Duration.ofSeconds(10));
            CompletableFuture<BoundedExecutor.Slot> third = taking(two, 1L);
            CompletableFuture<BoundedExecutor.Slot> half = taking(two, 2L, 1L);
            CompletableFuture<BoundedExecutor.Slot> other = taking(two, 2L);
            first.giveBack();
            assertThat(List.of(third.isDone(), half.isDone(), other.isDone())).containsExactly(false, false, true);
            other.join().giveBack();
            assertThat(List.of(third.isDone(), half.isDone())).containsExactly(false, true);
        }
    }

    /** As where one that everybody is compared with stands beside one that does not answer. */
    @Test
    void whoSharesOneOfItsSourcesIsSomebodyElse() {
        try (BoundedExecutor two = new BoundedExecutor("test", 2, 3)) {
            List<CompletableFuture<BoundedExecutor.Slot>> hog =
                    List.of(taking(two, 1L, 2L), taking(two, 1L, 2L), taking(two, 1L, 2L));
            assertThat(hog).filteredOn(CompletableFuture::isDone).hasSize(2);
            assertThat(taking(two, 1L, 3L)).isDone();
        }
    }

    @Test
    void oneOfManyPairsDoesNotTakeAllSpareOnes() {
        try (BoundedExecutor two = new BoundedExecutor("test", 2, 3)) {
            List<CompletableFuture<BoundedExecutor.Slot>> hog = LongStream.rangeClosed(2, 9)
                    .mapToObj(other -> taking(two, 1L, other))
                    .toList();
            assertThat(hog).filteredOn(CompletableFuture::isDone).hasSize(4);
            assertThat(taking(two, 10L)).isDone();
        }
    }

    @Test
    void spareOnesAreForOthers() {
        try (BoundedExecutor two = new BoundedExecutor("test", 2, 3)) {
            List<CompletableFuture<BoundedExecutor.Slot>> hog =
                    List.of(taking(two, 1L), taking(two, 1L), taking(two, 1L));
            assertThat(hog).filteredOn(CompletableFuture::isDone).hasSize(2);
            // As many as it would have alone, and one for whoever comes next.
            List<CompletableFuture<BoundedExecutor.Slot>> other =
                    List.of(taking(two, 2L), taking(two, 2L), taking(two, 2L));
            assertThat(other).filteredOn(CompletableFuture::isDone).hasSize(2);
            assertThat(List.of(taking(two, 3L), taking(two, 4L)))
                    .extracting(CompletableFuture::isDone)
                    .containsExactly(true, false);
        }
    }

    @Test
    void thousandsThatGiveTheirPlaceBackAtOnceAreNoMatter() {
        BoundedExecutor.Slot slot = take(executor, 1L).await().atMost(Duration.ofSeconds(10));
        AtomicInteger served = new AtomicInteger();
        for (int i = 0; i < 3_000; i++) {
            take(executor, 1L).subscribe().with(taken -> {
                served.incrementAndGet();
                taken.giveBack();
            });
        }
        slot.giveBack();
        assertThat(served).hasValue(3_000);
    }

    @Test
    void whoWaitsHasOneOfThoseThatAreNew() {
        // Given
        take();
        CompletableFuture<BoundedExecutor.Slot> second = taking(executor, 1L);
        assertThat(executor.pressed()).isTrue();

        // When
        executor.resize(3);

        // Then
        assertThat(second).isCompleted();
        assertThat(executor.pressed()).isFalse();
        assertThat(taking(executor, 1L)).isCompleted();
        assertThat(taking(executor, 1L)).isNotCompleted();
    }

    @Test
    void thoseThatAreTooManyGoWhenTheyAreGivenBack() {
        // Given
        executor.resize(3);
        BoundedExecutor.Slot first = take();
        BoundedExecutor.Slot second = take();
        BoundedExecutor.Slot third = take();

        // When
        executor.resize(1);
        CompletableFuture<BoundedExecutor.Slot> fourth = taking(executor, 1L);
        first.giveBack();
        second.giveBack();

        // Then
        assertThat(fourth).isNotCompleted();
        assertThat(executor.idle()).isFalse();
        third.giveBack();
        assertThat(fourth).isCompleted();
        fourth.join().giveBack();
        assertThat(executor.idle()).isTrue();
        assertThat(executor.count()).isEqualTo(1);
    }

    private BoundedExecutor.Slot take() {
        return take(executor, 1L).await().atMost(Duration.ofSeconds(1));
    }
}
