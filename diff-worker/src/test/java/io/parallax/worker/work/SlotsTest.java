package io.parallax.worker.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SlotsTest {
    private final Slots slots = new Slots("test", 1);

    @AfterEach
    void close() {
        slots.close();
    }

    @Test
    void aSecondTakerWaitsUntilTheFirstIsDone() throws InterruptedException {
        Slots.Slot first = slots.take().await().indefinitely();
        AtomicReference<Slots.Slot> second = new AtomicReference<>();
        CountDownLatch taken = new CountDownLatch(1);
        slots.take().subscribe().with(slot -> {
            second.set(slot);
            taken.countDown();
        });
        assertThat(second.get()).isNull();

        AtomicReference<Slots.Slot> takenMeanwhile = new AtomicReference<>();
        first.run(() -> takenMeanwhile.set(second.get()));

        assertThat(taken.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(second.get()).isNotNull();
        assertThat(takenMeanwhile.get()).isNull();
    }

    @Test
    void workThatThrowsFreesItsSlot() {
        slots.take().await().indefinitely().run(() -> {
            throw new IllegalStateException("expected by this test");
        });
        assertThat(slots.take().await().atMost(java.time.Duration.ofSeconds(10)))
                .isNotNull();
    }

    @Test
    void givingBackTwiceFreesOnePlace() {
        Slots.Slot slot = slots.take().await().indefinitely();
        slot.giveBack();
        slot.giveBack();
        assertThat(slots.take().await().indefinitely()).isNotNull();
        assertThat(slots.take().subscribeAsCompletionStage()).isNotDone();
    }

    @Test
    void whoHasStoppedWaitingTakesNoPlace() {
        Slots.Slot slot = slots.take().await().indefinitely();
        slots.take().subscribe().with(never -> {}).cancel();
        slot.giveBack();
        assertThat(slots.take().subscribeAsCompletionStage()).isDone();
    }

    @Test
    void whoWaitsHasOneOfThoseThatAreNew() {
        // Given
        take();
        CompletableFuture<Slots.Slot> second = slots.take().subscribeAsCompletionStage();
        assertThat(slots.pressed()).isTrue();

        // When
        slots.resize(3);

        // Then
        assertThat(second).isCompleted();
        assertThat(slots.pressed()).isFalse();
        assertThat(slots.take().subscribeAsCompletionStage()).isCompleted();
        assertThat(slots.take().subscribeAsCompletionStage()).isNotCompleted();
    }

    @Test
    void thoseThatAreTooManyGoWhenTheyAreGivenBack() {
        // Given
        slots.resize(3);
        Slots.Slot first = take();
        Slots.Slot second = take();
        Slots.Slot third = take();

        // When
        slots.resize(1);
        CompletableFuture<Slots.Slot> fourth = slots.take().subscribeAsCompletionStage();
        first.giveBack();
        second.giveBack();

        // Then
        assertThat(fourth).isNotCompleted();
        assertThat(slots.idle()).isFalse();
        third.giveBack();
        assertThat(fourth).isCompleted();
        fourth.join().giveBack();
        assertThat(slots.idle()).isTrue();
        assertThat(slots.count()).isEqualTo(1);
    }

    private Slots.Slot take() {
        return slots.take().await().atMost(Duration.ofSeconds(1));
    }
}
