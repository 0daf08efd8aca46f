package io.parallax.api.reports;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Takes in what belongs to different lanes at once, of one lane one after the other in the order in which it came: what comes while its lane
 * is busy is next, all of it together. Whoever brings more than there is room for waits.
 *
 * @param <K> names a lane
 */
final class Lanes<K, T extends Lanes.Load<K>> {
    /** What is brought. */
    interface Load<K> {
        K lane();

        /** How much of the room it takes. */
        long size();
    }

    private static final int MOST_TOGETHER = 100;

    private final int mostAtOnce;
    private final int mostWaiting;
    private final long room;
    private final Function<List<T>, Uni<Void>> work;
    private final Map<K, Deque<T>> waiting = new HashMap<>();
    private final Set<K> busy = new HashSet<>();
    private final Deque<K> next = new ArrayDeque<>();
    private final Deque<UniEmitter<? super Void>> full = new ArrayDeque<>();
    private boolean goingOn;
    private int count;
    private long size;

    /**
     * Of nobody.
     *
     * @param mostAtOnce so many lanes are at work
     * @param mostWaiting for so many there is room
     * @param room for so much of them
     * @param work ends some time; what becomes of each is its own affair
     */
    Lanes(int mostAtOnce, int mostWaiting, long room, Function<List<T>, Uni<Void>> work) {
        this.mostAtOnce = mostAtOnce;
        this.mostWaiting = mostWaiting;
        this.room = room;
        this.work = work;
    }

    /** Completes as soon as there is room for more, not when it is done. */
    Uni<Void> add(T one) {
        return Uni.createFrom().emitter(bringer -> {
            put(one);
            synchronized (this) {
                full.add(bringer);
            }
            letIn();
            goOn();
        });
    }

    private synchronized void put(T one) {
        Deque<T> lane = waiting.computeIfAbsent(one.lane(), key -> new ArrayDeque<>());
        if (lane.isEmpty() && !busy.contains(one.lane())) {
            next.add(one.lane());
        }
        lane.add(one);
        count++;
        size += one.size();
    }

    private void letIn() {
        for (UniEmitter<? super Void> bringer = nextBringer(); bringer != null; bringer = nextBringer()) {
            bringer.complete(null);
        }
    }

    private synchronized @Nullable UniEmitter<? super Void> nextBringer() {
        return count < mostWaiting && size < room ? full.poll() : null;
    }

    /** One at a time: whoever comes meanwhile, perhaps from work that was done at once, leaves it to the first. */
    private void goOn() {
        synchronized (this) {
            if (goingOn) {
                return;
            }
            goingOn = true;
        }
        for (List<T> batch = take(); !batch.isEmpty(); batch = take()) {
            begin(batch);
        }
    }

    private synchronized List<T> take() {
        List<T> batch = new ArrayList<>();
        if (busy.size() == mostAtOnce || next.isEmpty()) {
            goingOn = false;
            return batch;
        }
        K lane = next.remove();
        busy.add(lane);
        Deque<T> queue = waiting.getOrDefault(lane, new ArrayDeque<>());
        while (batch.size() < MOST_TOGETHER && !queue.isEmpty()) {
            batch.add(queue.remove());
        }
        return batch;
    }

    private void begin(List<T> batch) {
        Uni.createFrom()
                .deferred(() -> work.apply(batch))
                .subscribe()
                .with(done -> leave(batch), failure -> leave(batch));
    }

    private void leave(List<T> batch) {
        synchronized (this) {
            K lane = batch.get(0).lane();
            busy.remove(lane);
            count -= batch.size();
            batch.forEach(one -> size -= one.size());
            if (waiting.getOrDefault(lane, new ArrayDeque<>()).isEmpty()) {
                waiting.remove(lane);
            } else {
                next.add(lane);
            }
        }
        letIn();
        goOn();
    }
}
