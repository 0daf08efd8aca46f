package io.parallax.api.reports;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LanesTest {
    private static final int ROOM = 1000;

    private final List<List<String>> begun = new ArrayList<>();
    private final Map<String, UniEmitter<? super Void>> ends = new HashMap<>();

    private record One(String lane, String name, long size) implements Lanes.Load<String> {}

    private Lanes<String, One> lanes(int atOnce, int waiting) {
        return new Lanes<>(atOnce, waiting, ROOM, some -> {
            begun.add(some.stream().map(One::name).toList());
            return Uni.createFrom().emitter(end -> ends.put(some.get(0).lane(), end));
        });
    }

    private static boolean add(Lanes<String, One> lanes, String lane, String name, long size) {
        return lanes.add(new One(lane, name, size)).subscribeAsCompletionStage().isDone();
    }

    private void end(String lane) {
        ends.remove(lane).complete(null);
    }

    @Test
    void takesOthersMeanwhileAndWhatWaitsOfOneLaneTogether() {
        Lanes<String, One> lanes = lanes(8, 100);
        for (String name : List.of("a1", "a2", "b1", "a3", "c1")) {
            add(lanes, name.substring(0, 1), name, 1);
        }
        assertThat(begun).containsExactly(List.of("a1"), List.of("b1"), List.of("c1"));
        end("a");
        assertThat(begun).last().isEqualTo(List.of("a2", "a3"));
        end("a");
        assertThat(begun).hasSize(4);
    }

    @Test
    void hasSoManyAtWorkAndTheOthersInTurn() {
        Lanes<String, One> lanes = lanes(2, 100);
        for (String name : List.of("a1", "b1", "c1", "d1", "c2")) {
            add(lanes, name.substring(0, 1), name, 1);
        }
        assertThat(begun).hasSize(2);
        end("b");
        end("a");
        assertThat(begun.subList(2, 4)).containsExactly(List.of("c1", "c2"), List.of("d1"));
    }

    @Test
    void keepsWhoeverBringsMoreThanThereIsRoomForWaiting() {
        Lanes<String, One> lanes = lanes(1, 3);
        assertThat(add(lanes, "a", "a1", 1)).isTrue();
        assertThat(add(lanes, "b", "b1", 1)).isTrue();
        Uni<Void> third = lanes.add(new One("c", "c1", 1));
        var room = third.subscribeAsCompletionStage();
        assertThat(room).isNotDone();
        end("a");
        assertThat(room).isCompleted();
    }

    @Test
    void countsHowLargeTheyAreToo() {
        Lanes<String, One> lanes = lanes(1, 100);
        var room = lanes.add(new One("a", "a1", 2 * ROOM)).subscribeAsCompletionStage();
        assertThat(room).isNotDone();
        end("a");
        assertThat(room).isCompleted();
    }

    @Test
    void goesOnAfterWorkThatFailsOrThrows() {
        List<String> seen = new ArrayList<>();
        Lanes<String, One> lanes = new Lanes<>(1, 100, ROOM, some -> {
            some.forEach(one -> seen.add(one.name()));
            if (seen.size() == 1) {
                throw new IllegalStateException("thrown");
            }
            return Uni.createFrom().failure(new IllegalStateException("failed"));
        });
        for (String name : List.of("a1", "a2", "b1")) {
            assertThat(add(lanes, name.substring(0, 1), name, 1)).isTrue();
        }
        assertThat(seen).containsExactly("a1", "a2", "b1");
    }

    @Test
    void neitherLosesNorSwapsAnyWhoeverBringsThem() throws InterruptedException {
        // Given work that ends on whatever thread
        int lanesInAll = 20;
        int each = 500;
        ExecutorService threads = Executors.newFixedThreadPool(8);
        Map<String, Queue<String>> done = new ConcurrentHashMap<>();
        Map<String, AtomicInteger> atWork = new ConcurrentHashMap<>();
        CountDownLatch left = new CountDownLatch(lanesInAll * each);
        List<String> faults = new ArrayList<>();
        Lanes<String, One> lanes = new Lanes<>(4, 50, Long.MAX_VALUE, some -> Uni.createFrom()
                .<Void>emitter(end -> threads.execute(() -> {
                    String lane = some.get(0).lane();
                    AtomicInteger others = atWork.computeIfAbsent(lane, key -> new AtomicInteger());
                    if (others.getAndIncrement() > 0) {
                        faults.add("two at once in " + lane);
                    }
                    some.forEach(one -> {
                        done.computeIfAbsent(lane, key -> new ConcurrentLinkedQueue<>())
                                .add(one.name());
                        left.countDown();
                    });
                    others.decrementAndGet();
                    end.complete(null);
                })));

        // When
        IntStream.range(0, lanesInAll * each)
                .forEach(i -> lanes.add(new One("lane " + i % lanesInAll, String.valueOf(i / lanesInAll), 1))
                        .await()
                        .atMost(Duration.ofSeconds(10)));

        // Then
        assertThat(left.await(10, TimeUnit.SECONDS)).isTrue();
        threads.shutdown();
        assertThat(faults).isEmpty();
        assertThat(done).hasSize(lanesInAll).allSatisfy((lane, names) -> assertThat(names)
                .containsExactlyElementsOf(
                        IntStream.range(0, each).mapToObj(String::valueOf).toList()));
    }
}
