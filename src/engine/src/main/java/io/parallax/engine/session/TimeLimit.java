package io.parallax.engine.session;

import io.parallax.contract.DiffFailedException;
import io.parallax.contract.ErrorType;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Stops a piece of work when its time is up, as whoever asked for it does not wait any longer. */
public final class TimeLimit implements AutoCloseable {
    private static final ScheduledExecutorService CLOCK = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "parallax-time-limit");
        thread.setDaemon(true);
        return thread;
    });

    private final Duration limit;
    private final long started = System.nanoTime();
    private final ScheduledFuture<?> end;

    /** From now on. */
    public TimeLimit(Duration limit, Cancellation cancellation) {
        this.limit = limit;
        this.end = CLOCK.schedule(cancellation::cancel, limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** The same failure, or what it comes from: that the time was up. */
    public DiffFailedException told(DiffFailedException failure, String advice) {
        ErrorType type = failure.failure().type();
        // A server that keeps the time itself may be a little early.
        boolean isOver = System.nanoTime() - started >= limit.toNanos() * 9 / 10;
        return isOver && (type == ErrorType.TIMEOUT || type == ErrorType.CANCELLED)
                ? new DiffFailedException(
                        ErrorType.TIMEOUT,
                        "There was no answer within " + limit.toSeconds() + " seconds, so the statement was cancelled. "
                                + advice,
                        failure)
                : failure;
    }

    @Override
    public void close() {
        end.cancel(false);
    }
}
