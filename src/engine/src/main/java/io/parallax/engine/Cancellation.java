package io.parallax.engine;

import io.parallax.contract.DiffFailedException;
import io.parallax.contract.ErrorType;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Stops one piece of work from another thread: its running statements are cancelled, further ones are refused. */
public final class Cancellation {
    private final Set<Statement> running = ConcurrentHashMap.newKeySet();
    private volatile boolean cancelled;

    /** Cancels now, and whatever is watched later; may be called more than once. */
    public void cancel() {
        cancelled = true;
        running.forEach(Cancellation::cancelQuietly);
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

    private static void cancelQuietly(Statement statement) {
        try {
            statement.cancel();
        } catch (SQLException ignored) {
            // Its connection is gone, and its work with it.
        }
    }

    /** A watched statement; closing ends the watch. */
    public interface Watch extends AutoCloseable {
        @Override
        void close();
    }
}
