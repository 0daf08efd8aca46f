package io.parallax.engine.session;

import io.parallax.contract.DiffFailedException;
import io.parallax.contract.ErrorType;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Stops one piece of work from another thread: what it has running is cancelled, further ones are refused. */
public final class Cancellation {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(15);
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final Set<Running> running = ConcurrentHashMap.newKeySet();
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
     * Has this cancelled too, until the watch is closed.
     *
     * @throws DiffFailedException of type Cancelled when it is too late already
     */
    public Watch watch(Running work) {
        running.add(work);
        if (cancelled) {
            running.remove(work);
            throw stopped();
        }
        return () -> running.remove(work);
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

    private static void cancelQuietly(Running work) {
        try {
            work.cancel();
        } catch (SQLException | RuntimeException ignored) {
            // Its connection is gone, and its work with it; or it will be.
        }
    }

    private void disconnect(Running work) {
        running.remove(work);
        try {
            work.disconnect();
        } catch (SQLException | RuntimeException ignored) {
            // It is gone already.
        }
    }

    /** What runs in a database; equal to itself alone. */
    public interface Running {
        /** Asks the database to end it; does nothing when it is over. */
        void cancel() throws SQLException;

        /** Ends its connection, whatever the database does. */
        void disconnect() throws SQLException;
    }

    /** Something watched; closing ends the watch. */
    public interface Watch extends AutoCloseable {
        @Override
        void close();
    }
}
