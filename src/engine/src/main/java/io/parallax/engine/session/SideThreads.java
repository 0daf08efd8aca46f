package io.parallax.engine.session;

import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Where the other side's work goes on: one thread for each pair at work. With as many as there may be, and once these are
 * closed, B's work is done before A's by whoever asks for both.
 */
public final class SideThreads implements Executor, AutoCloseable {
    private static final int MOST_THREADS = 128;

    private final AtomicInteger numbers = new AtomicInteger();
    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(
            0, MOST_THREADS, 1, TimeUnit.MINUTES, new SynchronousQueue<>(), this::thread, (work, pool) -> work.run());

    private Thread thread(Runnable work) {
        Thread thread = new Thread(work, "parallax-side-b-" + numbers.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void execute(Runnable work) {
        threads.execute(work);
    }

    /** What is under way goes on. */
    @Override
    public void close() {
        threads.shutdown();
    }
}
