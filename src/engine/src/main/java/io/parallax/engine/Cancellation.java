package io.parallax.engine;

import io.parallax.contract.DiffFailedException;
import io.parallax.contract.ErrorType;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Stops one piece of work from another thread: its running statements are cancelled, further ones are refused. */
public final class Cancellation {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(15);
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final Set<Statement> running = ConcurrentHashMap.newKeySet();
    private volatile boolean cancelled;

    /** Cancels what is watched now or later, without waiting for it to end; may be called more than once. */
    public synchronized void cancel() {
        if (!cancelled) {
            cancelled = true;
            Thread thread = new Thread(this::endRunning, "parallax-cancel");
            thread.setDaemon(true);
            thread.start();
        }
    }

    public boolean cancelled() {
        return cancelled;
    }

    /**
     * Has the statement cancelled too, until the watch is closed.
     *
     * @throws DiffFailedException of type Cancelled when it is too late already
     */
    public Watch watch(Statement statement) {
        running.add(statement);
        if (cancelled) {
            running.remove(statement);
            throw stopped();
        }
        return () -> running.remove(statement);
    }

    /** What a cancelled piece of work ends with. */
    public static DiffFailedException stopped() {
        return new DiffFailedException(ErrorType.CANCELLED, "The work was stopped.");
    }

    /**
     * Again and again, as cancelling a statement a moment before it starts does nothing; a server that does not even
     * listen to that loses its connection.
     */
    private void endRunning() {
        long started = System.nanoTime();
        while (!running.isEmpty()) {
            boolean patient = System.nanoTime() - started < PATIENCE_NANOS;
            running.forEach(patient ? Cancellation::cancelQuietly : this::disconnect);
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private static void cancelQuietly(Statement statement) {
        try {
            statement.cancel();
        } catch (SQLException ignored) {
            // Its connection is gone, and its work with it; or it will be.
        }
    }

    private void disconnect(Statement statement) {
        running.remove(statement);
        try {
            statement.getConnection().abort(Runnable::run);
        } catch (SQLException ignored) {
            // It is gone already.
        }
    }

    /** A watched statement; closing ends the watch. */
    public interface Watch extends AutoCloseable {
        @Override
        void close();
    }
}
