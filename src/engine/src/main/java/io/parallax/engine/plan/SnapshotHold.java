package io.parallax.engine.plan;

import io.parallax.contract.DiffFailedException;
import io.parallax.contract.tally.Reading;
import io.parallax.contract.tally.Reads;
import io.parallax.engine.Hold;
import io.parallax.engine.compare.Snapshots;
import io.parallax.engine.source.Session;
import io.parallax.engine.source.SessionPair;
import java.util.Optional;

/** Keeps the transactions open whose snapshots a plan's tasks share. */
final class SnapshotHold implements Hold {
    private static final int PATIENCE_SECONDS = 5;

    private final SessionPair pair;
    private boolean closed;

    SnapshotHold(SessionPair pair) {
        this.pair = pair;
    }

    /** Exports the snapshot of either session; A's for both where they are in one database. */
    static Snapshots export(SessionPair pair, boolean oneDatabase) {
        if (oneDatabase) {
            String name = pair.a().exportSnapshot();
            return new Snapshots(name, name);
        }
        SessionPair.Both<String> names = pair.both(Session::exportSnapshot);
        return new Snapshots(names.a(), names.b());
    }

    /** How these snapshots have been read so far: from the moment on that they were taken. */
    static Reads reads(SessionPair pair, Snapshots snapshots) {
        SessionPair.Both<Reading> readings =
                pair.both(session -> session.reading(snapshots.a()), session -> session.reading(snapshots.b()));
        return new Reads(readings.a(), readings.b());
    }

    @Override
    public void whenGivenWay(Runnable action) {
        pair.whenGivenWay(action);
    }

    @Override
    public Optional<DiffFailedException> loss() {
        return pair.givenWay();
    }

    @Override
    public synchronized boolean check() {
        if (!closed && !pair.answer(PATIENCE_SECONDS)) {
            closed = true;
            pair.abandon();
            pair.close();
        }
        return !closed;
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            pair.close();
        }
    }
}
