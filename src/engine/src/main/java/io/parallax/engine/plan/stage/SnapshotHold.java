package io.parallax.engine.plan.stage;

import io.parallax.contract.DiffFailedException;
import io.parallax.contract.ErrorType;
import io.parallax.contract.tally.Reading;
import io.parallax.contract.tally.Reads;
import io.parallax.engine.session.Session;
import io.parallax.engine.session.SessionPair;
import io.parallax.engine.task.HeldSnapshot;
import io.parallax.engine.task.Snapshots;
import java.util.Optional;

/** Keeps the transactions open whose snapshots a plan's tasks share. */
public final class SnapshotHold implements HeldSnapshot {
    private static final int PATIENCE_SECONDS = 5;

    private final SessionPair pair;
    private final SessionPair.Both<Optional<String>> advice;
    private boolean closed;

    private SnapshotHold(SessionPair pair, SessionPair.Both<Optional<String>> advice) {
        this.pair = pair;
        this.advice = advice;
    }

    /** Keeps these sessions, whose snapshots are exported. */
    public static SnapshotHold of(SessionPair pair) {
        return new SnapshotHold(pair, pair.both(Session::adviceOnLoss));
    }

    /** Exports the snapshot of either session; A's for both where they are in one database. */
    public static Snapshots export(SessionPair pair, boolean oneDatabase) {
        if (oneDatabase) {
            String name = pair.a().exportSnapshot();
            return new Snapshots(name, name);
        }
        SessionPair.Both<String> names = pair.both(Session::exportSnapshot);
        return new Snapshots(names.a(), names.b());
    }

    /** How these snapshots have been read so far: from the moment on that they were taken. */
    public static Reads reads(SessionPair pair, Snapshots snapshots) {
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
        return pair.givenWay().or(this::conflict);
    }

    /** A standby says so to the session that it ends, and nobody listens there while it is only kept. */
    private Optional<DiffFailedException> conflict() {
        return advice.a()
                .or(advice::b)
                .map(what -> DiffFailedException.losingPlan(
                        ErrorType.SOURCE_UNREACHABLE,
                        "The snapshot of this diff was lost: a source ended the session that kept it. " + what,
                        null));
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
