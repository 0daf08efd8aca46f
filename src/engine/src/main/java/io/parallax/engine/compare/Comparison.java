package io.parallax.engine.compare;

import io.parallax.contract.SourceDetails;
import io.parallax.contract.tally.Effort;
import io.parallax.engine.Cancellation;
import io.parallax.engine.Compared;
import io.parallax.engine.RowHash;
import io.parallax.engine.source.Cursor;
import io.parallax.engine.source.Session;
import io.parallax.engine.source.SessionPair;
import io.parallax.engine.source.Sessions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Does one task: fingerprints of both sides at once, then the rows of the buckets that differ. */
public final class Comparison {
    private final Sessions sessions;
    private final Basis common;
    private final TaskBody body;
    private final SegmentSql sqlA;
    private final SegmentSql sqlB;
    private final Counts counts;
    private final long started = System.nanoTime();

    /**
     * One task.
     *
     * @param rowHash another hash for rows than the plan's, or null
     */
    public Comparison(Sessions sessions, Basis common, TaskBody body, @Nullable RowHash rowHash) {
        this.sessions = sessions;
        this.common = common;
        this.body = body;
        RowHash ofRows = rowHash == null ? common.hashing().rows() : rowHash;
        RowHash ofKeys = common.hashing().keys();
        this.sqlA = new SegmentSql(common.a(), body, ofRows, ofKeys);
        this.sqlB = new SegmentSql(common.b(), body, ofRows, ofKeys);
        this.counts = new Counts(common.a().values().size());
    }

    /** What the task counts, on a snapshot of each side. */
    public Compared run(SourceDetails a, SourceDetails b, Cancellation cancellation) {
        try (SessionPair pair = SessionPair.open(sessions, a, b, cancellation)) {
            countNulls(pair);
            Residue residue = residue(pair);
            residue.countClean(counts);
            long fetched = residue.allClean() ? 0 : mergeDirty(pair, residue);
            return new Compared(
                    counts.tally(), new Effort(residue.buckets(), residue.dirtyBuckets(), fetched, milliseconds()));
        }
    }

    private void countNulls(SessionPair pair) {
        if (!body.nulls()) {
            return;
        }
        SessionPair.Both<Long> nulls =
                pair.both(session -> nulls(session, common.a(), sqlA), session -> nulls(session, common.b(), sqlB));
        counts.nullRows(Counts.A, nulls.a());
        counts.nullRows(Counts.B, nulls.b());
    }

    private static long nulls(Session session, Side side, SegmentSql sql) {
        return side.nullTests().isEmpty() ? 0 : session.one(sql.nulls(), row -> row.getLong(1));
    }

    /** Clean buckets hold the same keys on both sides, so one side's grouping does for both. */
    private Residue residue(SessionPair pair) {
        SessionPair.Both<List<Fingerprint>> fingerprints = pair.both(
                session -> session.list(sqlA.fingerprints(common.unique()), Fingerprint::read),
                session -> session.list(sqlB.fingerprints(true), Fingerprint::read));
        return Residue.of(fingerprints.a(), fingerprints.b());
    }

    private long mergeDirty(SessionPair pair, Residue residue) {
        List<Long> buckets = residue.bucketsToFetch();
        SessionPair.Both<Cursor> cursors = pair.both(
                session -> session.cursor(sqlA.rows(buckets), sqlA.fetchRows()),
                session -> session.cursor(sqlB.rows(buckets), sqlB.fetchRows()));
        try (Cursor rowsA = cursors.a();
                Cursor rowsB = cursors.b()) {
            int keyColumns = common.a().key().size();
            KeyGroups groupsA = new KeyGroups(rowsA::next, keyColumns);
            KeyGroups groupsB = new KeyGroups(rowsB::next, keyColumns);
            new RowMerge(keyColumns, common.a().values().size(), counts).merge(groupsA, groupsB);
            return groupsA.rowsRead() + groupsB.rowsRead();
        }
    }

    private long milliseconds() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started);
    }
}
