package io.parallax.engine.plan;

import io.parallax.contract.DiffFailedException;
import io.parallax.engine.Hold;
import io.parallax.engine.compare.Snapshots;
import io.parallax.engine.source.Session;
import io.parallax.engine.source.SessionPair;

/** Keeps the transactions open whose snapshots a plan's tasks share. */
final class SnapshotHold implements Hold {
    private final SessionPair pair;
    private boolean closed;

    SnapshotHold(SessionPair pair) {
        this.pair = pair;
    }

    /** Exports the snapshot of either session. */
    static Snapshots export(SessionPair pair) {
        SessionPair.Both<String> names =
                pair.both(session -> session.one("select pg_export_snapshot()", row -> row.getString(1)));
        return new Snapshots(names.a(), names.b());
    }

    @Override
    public synchronized boolean check() {
        try {
            return !closed && pair.both(SnapshotHold::answers).a();
        } catch (DiffFailedException e) {
            return false;
        }
    }

    private static boolean answers(Session session) {
        return session.one("select true", row -> row.getBoolean(1));
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            pair.close();
        }
    }
}
