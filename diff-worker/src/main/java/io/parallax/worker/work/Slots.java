package io.parallax.worker.work;

import io.smallrye.mutiny.Uni;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** A bounded number of places for work, each with a thread of its own; waiting for one blocks nobody. */
public final class Slots implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Slots.class);

    private final ThreadPoolExecutor threads;
    private final Deque<CompletableFuture<Slot>> waiting = new ArrayDeque<>();
    private int count;
    private int free;

    public Slots(String name, int count) {
        AtomicInteger number = new AtomicInteger();
        this.threads = new ThreadPoolExecutor(count, count, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
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

    /** How many are taken; for a while more than there are, where there were more before. */
    public synchronized int inUse() {
        return count - free;
    }

    /** How many there are. */
    public synchronized int count() {
        return count;
    }

    /** Whether somebody waits for a slot now. */
    public synchronized boolean pressed() {
        return !waiting.isEmpty();
    }

    /** Has so many from now on; those that are taken are given back as ever. */
    public void resize(int size) {
        int more;
        synchronized (this) {
            more = size - count;
            count = size;
            free += Math.min(0, more);
            // In this order a pool is never smaller than its core.
            if (more > 0) {
                threads.setMaximumPoolSize(size);
                threads.setCorePoolSize(size);
            } else {
                threads.setCorePoolSize(size);
                threads.setMaximumPoolSize(size);
            }
        }
        for (int slot = 0; slot < more; slot++) {
            release();
        }
    }

    private void release() {
        CompletableFuture<Slot> next = nextOrFree();
        // Who has stopped waiting takes no slot.
        while (next != null && !next.complete(new Slot())) {
            next = nextOrFree();
        }
    }

    /** While more are taken than there are, one that is given back is gone. */
    private synchronized @Nullable CompletableFuture<Slot> nextOrFree() {
        CompletableFuture<Slot> next = free < 0 ? null : waiting.poll();
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
