package io.parallax.worker.work;

import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * A bounded number of places for work, each with a thread of its own, shared fairly by the sources that the work is on; waiting for
 * one blocks nobody.
 *
 * <p>The next place goes to work of the sources of which the least is under way, the same ones counted before any single one. When all
 * places are taken there are a few spare ones, for work that has less of the same kind under way than there are places: of each of its sources no
 * more than are left for others after it.
 */
public final class BoundedExecutor implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(BoundedExecutor.class);

    private final ThreadPoolExecutor threads;
    private final int spare;
    /** In the order in which they came. */
    private final List<Taker> waiting = new ArrayList<>();

    /** How much is under way of the very same sources, and of each single one, and how much of that in spare places. */
    private final Map<Set<Long>, Integer> ofTheSame = new HashMap<>();

    private final Map<Long, Integer> ofEach = new HashMap<>();
    private final Map<Long, Integer> inSpares = new HashMap<>();
    private final AtomicInteger handingOut = new AtomicInteger();
    private int count;
    private int taken;

    /** {@code spare}: how many more there are for sources that have little under way. */
    public BoundedExecutor(String name, int count, int spare) {
        AtomicInteger number = new AtomicInteger();
        this.threads = new ThreadPoolExecutor(
                count + spare, count + spare, 1, TimeUnit.MINUTES, new LinkedBlockingQueue<>(), work -> {
                    Thread thread = new Thread(work, name + "-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
        this.count = count;
        this.spare = spare;
    }

    /** Who waits, with which message, for work on which sources. */
    private record Taker(Object origin, Set<Long> sources, CompletableFuture<Slot> slot) {}

    /**
     * A slot, as soon as it is this work's turn; fails with a {@link java.util.concurrent.CancellationException} when it is forgotten.
     *
     * @param origin what the work comes from, by which it may be forgotten
     * @param sources ids of those that it is on
     */
    public Uni<Slot> take(Object origin, Set<Long> sources) {
        return Uni.createFrom().completionStage(() -> {
            Taker taker = new Taker(origin, Set.copyOf(sources), new CompletableFuture<>());
            synchronized (this) {
                waiting.add(taker);
            }
            handOut();
            return taker.slot();
        });
    }

    /** Has those that still wait never get a slot. */
    public void forget(Predicate<Object> origins) {
        List<Taker> forgotten = new ArrayList<>();
        synchronized (this) {
            waiting.removeIf(taker -> origins.test(taker.origin()) && forgotten.add(taker));
        }
        forgotten.forEach(taker -> taker.slot().cancel(false));
    }

    /** Whether nobody has a slot. */
    public synchronized boolean idle() {
        return taken == 0;
    }

    /** How many are taken, spare ones too; for a while more than there are, where there were more before. */
    public synchronized int inUse() {
        return taken;
    }

    /** How many there are, without spare ones. */
    public synchronized int count() {
        return count;
    }

    /** Whether somebody waits for a slot now. */
    public synchronized boolean pressed() {
        return !waiting.isEmpty();
    }

    /** Has so many from now on; those that are taken are given back as ever. */
    public void resize(int size) {
        synchronized (this) {
            int threadsNow = size + spare;
            // In this order a pool is never smaller than its core.
            if (size > count) {
                threads.setMaximumPoolSize(threadsNow);
                threads.setCorePoolSize(threadsNow);
            } else {
                threads.setCorePoolSize(threadsNow);
                threads.setMaximumPoolSize(threadsNow);
            }
            count = size;
        }
        handOut();
    }

    /** By one thread at a time, and without a call in a call: whoever is given a slot may give it back at once. */
    private void handOut() {
        int asked = handingOut.getAndIncrement() == 0 ? 1 : 0;
        while (asked > 0) {
            handOutAll();
            asked = handingOut.addAndGet(-asked);
        }
    }

    private void handOutAll() {
        Handed next = next();
        while (next != null) {
            // Who has stopped waiting takes no slot.
            if (!next.taker().slot().complete(next.slot())) {
                release(next.slot());
            }
            next = next();
        }
    }

    /** Whose turn it is; counts as under way from now on. */
    private record Handed(Taker taker, Slot slot) {}

    /** Null when nobody waits for whom there is a place. */
    private synchronized @Nullable Handed next() {
        if (taken >= count + spare) {
            return null;
        }
        Taker next = waiting.stream()
                .filter(this::hasPlace)
                .min(Comparator.<Taker>comparingInt(taker -> ofTheSame.getOrDefault(taker.sources(), 0))
                        .thenComparingInt(taker -> most(ofEach, taker)))
                .orElse(null);
        if (next == null) {
            return null;
        }
        waiting.remove(next);
        Slot slot = new Slot(next.sources(), taken >= count);
        taken++;
        count(slot, 1);
        return new Handed(next, slot);
    }

    private boolean hasPlace(Taker taker) {
        return taken < count
                || ofTheSame.getOrDefault(taker.sources(), 0) < count && most(inSpares, taker) < count + spare - taken;
    }

    /** Of that of its sources that has the most. */
    private static int most(Map<Long, Integer> number, Taker taker) {
        return taker.sources().stream()
                .mapToInt(source -> number.getOrDefault(source, 0))
                .max()
                .orElse(0);
    }

    private void count(Slot slot, int more) {
        add(ofTheSame, slot.sources, more);
        for (Long source : slot.sources) {
            add(ofEach, source, more);
            if (slot.isSpare) {
                add(inSpares, source, more);
            }
        }
    }

    private static <K> void add(Map<K, Integer> numbers, K key, int more) {
        numbers.merge(key, more, (before, added) -> before + added == 0 ? null : before + added);
    }

    private synchronized void release(Slot slot) {
        taken--;
        count(slot, -1);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    /** One place; ends with {@link #run} or {@link #giveBack}. */
    public final class Slot {
        private final Set<Long> sources;
        private final boolean isSpare;
        private final AtomicBoolean over = new AtomicBoolean();

        private Slot(Set<Long> sources, boolean isSpare) {
            this.sources = sources;
            this.isSpare = isSpare;
        }

        /**
         * Runs the work on this slot's thread, then frees the slot.
         *
         * @throws java.util.concurrent.RejectedExecutionException when there are no slots any more; it is free then, too
         */
        public void run(Runnable work) {
            try {
                threads.execute(() -> runAndGiveBack(work));
            } catch (RuntimeException | Error e) {
                giveBack();
                throw e;
            }
        }

        private void runAndGiveBack(Runnable work) {
            try {
                work.run();
            } catch (RuntimeException | Error e) {
                LOG.error("work ended unforeseen", e);
            } finally {
                giveBack();
            }
        }

        /** Frees the slot; a second time does nothing. */
        public void giveBack() {
            if (over.compareAndSet(false, true)) {
                release(this);
                handOut();
            }
        }
    }
}
