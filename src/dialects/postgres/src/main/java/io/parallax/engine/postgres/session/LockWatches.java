package io.parallax.engine.postgres.session;

import io.parallax.contract.SourceDetails;
import io.parallax.engine.session.ConnectionSettings;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The watches of all sources that have sessions, one each, and the threads on which they look. */
final class LockWatches implements AutoCloseable {
    private static final int SECONDS = 1;

    /** A source that does not answer has one of them, as there is but one look at a time for each. */
    private static final int MOST_THREADS = 64;

    private final ScheduledExecutorService looks = threads("parallax-lock-watch");
    private final ScheduledExecutorService ends = threads("parallax-giving-way");
    private final Map<LockWatch.Place, LockWatch> watches = new ConcurrentHashMap<>();

    private static ScheduledExecutorService threads(String name) {
        ScheduledThreadPoolExecutor threads = new ScheduledThreadPoolExecutor(MOST_THREADS, work -> {
            Thread thread = new Thread(work, name);
            thread.setDaemon(true);
            return thread;
        });
        threads.setKeepAliveTime(10 * SECONDS, TimeUnit.SECONDS);
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    /** That of a source, to be left again. */
    LockWatch enter(SourceDetails source, ConnectionSettings settings, LockWatch.Connecting connecting) {
        LockWatch.Place asked = new LockWatch.Place(source.options(), source.maxConnections(), settings);
        return Objects.requireNonNull(watches.compute(
                asked, (place, watch) -> (watch == null ? new LockWatch(this, place, connecting) : watch).joined()));
    }

    void stay(LockWatch.Place asked) {
        watches.computeIfPresent(asked, (place, watch) -> watch.joined());
    }

    /** Who leaves last takes it away; a source that never answers leaves none behind. */
    void leave(LockWatch.Place asked) {
        watches.computeIfPresent(asked, (place, watch) -> watch.isNeededAfterOneLeft() ? watch : null);
    }

    /** Has a watch look in a second; whether it will. */
    boolean later(Runnable look) {
        try {
            looks.schedule(look, SECONDS, TimeUnit.SECONDS);
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    /** In a second, on other threads than those that look: these may be waiting for a source. At once where there are none any more. */
    Executor soon() {
        return work -> {
            try {
                ends.schedule(work, SECONDS, TimeUnit.SECONDS);
            } catch (RejectedExecutionException e) {
                work.run();
            }
        };
    }

    /** Each watch looks once more at most, and lets go of its connection. */
    @Override
    public void close() {
        looks.shutdown();
        ends.shutdown();
    }
}
