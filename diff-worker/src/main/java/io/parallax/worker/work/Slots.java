package io.parallax.worker.work;

import io.smallrye.mutiny.Uni;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** A bounded number of places for work, each with a thread of its own; waiting for one blocks nobody. */
public final class Slots implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Slots.class);

    private final ExecutorService threads;
    private final Deque<CompletableFuture<Slot>> waiting = new ArrayDeque<>();
    private final int count;
    private int free;

    public Slots(String name, int count) {
        AtomicInteger number = new AtomicInteger();
        this.threads = Executors.newFixedThreadPool(count, work -> {
            Thread thread = new Thread(work, name + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        this.count = count;
        this.free = count;
    }

    /** A slot, as soon as one is free; first come, first served. */
    public Uni<Slot> take() {
        return Uni.createFrom().completionStage(this::takeOrQueue);
    }

    private synchronized CompletableFuture<Slot> takeOrQueue() {
        if (free > 0) {
            free--;
            return CompletableFuture.completedFuture(new Slot());
        }
        CompletableFuture<Slot> taker = new CompletableFuture<>();
        waiting.add(taker);
        return taker;
    }

    /** Whether nobody has a slot. */
    public synchronized boolean idle() {
        return free == count;
    }

    private void release() {
        CompletableFuture<Slot> next = nextOrFree();
        // Who has stopped waiting takes no slot.
        while (next != null && !next.complete(new Slot())) {
            next = nextOrFree();
        }
    }

    private synchronized @Nullable CompletableFuture<Slot> nextOrFree() {
        CompletableFuture<Slot> next = waiting.poll();
        if (next == null) {
            free++;
        }
        return next;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    /** One place; ends with {@link #run} or {@link #giveBack}. */
    public final class Slot {
        private final AtomicBoolean over = new AtomicBoolean();

        private Slot() {}

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
                release();
            }
        }
    }
}
