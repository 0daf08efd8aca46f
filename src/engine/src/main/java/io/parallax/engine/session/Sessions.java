package io.parallax.engine.session;

import io.parallax.contract.SourceDetails;
import java.util.concurrent.Executor;

/**
 * Opens sessions.
 *
 * <p>Each of these fails with a {@link io.parallax.contract.DiffFailedException} when the source cannot be reached, or not
 * with these details.
 */
public interface Sessions extends AutoCloseable {
    /** A session that reads no dataset. */
    default Session open(SourceDetails source, Cancellation cancellation) {
        return open(source, Locking.NONE, cancellation);
    }

    /** A session that sees a snapshot of its own, younger than its locks. */
    Session open(SourceDetails source, Locking locking, Cancellation cancellation);

    /**
     * A session that sees a snapshot which another session has exported, and keeps.
     *
     * @throws io.parallax.contract.DiffFailedException that loses the plan when that snapshot is gone
     */
    default Session open(SourceDetails source, String snapshot, Cancellation cancellation) {
        return open(source, snapshot, Locking.NONE, cancellation);
    }

    /** The same that locks something, which the other session has locked as well: the snapshot may be kept by either from then on. */
    Session open(SourceDetails source, String snapshot, Locking locking, Cancellation cancellation);

    /** A transaction that writes, on a connection of its own. */
    WritingSession openToWrite(SourceDetails source, Cancellation cancellation);

    /** Where the other side's work goes on. */
    Executor otherSide();

    /** What has been found out about the servers that they are on. */
    KnownServers known();

    /** Gives back all that is kept for sessions to come; those that are open go on. */
    @Override
    void close();
}
