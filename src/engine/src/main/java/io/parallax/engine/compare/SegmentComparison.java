package io.parallax.engine.compare;

import io.parallax.contract.tally.Effort;
import io.parallax.engine.Compared;
import io.parallax.engine.source.Session;
import io.parallax.engine.source.SessionPair;
import java.util.List;

/** Fingerprints of both sides at once, then the rows of the buckets that differ; or the rows at once. */
final class SegmentComparison {
    private final Basis basis;
    private final Segment segment;
    private final SegmentSql sqlA;
    private final SegmentSql sqlB;
    private final Experience experience;
    private final Findings findings;
    private final Counts counts;
    private final Stopwatch stopwatch = new Stopwatch();

    SegmentComparison(Basis basis, Segment segment, SideSql sqlA, SideSql sqlB, Experience experience) {
        this.basis = basis;
        this.segment = segment;
        this.sqlA = new SegmentSql(basis.a().range(), segment, sqlA);
        this.sqlB = new SegmentSql(basis.b().range(), segment, sqlB);
        this.experience = experience;
        this.findings = new Findings(basis);
        this.counts = findings.counts();
    }

    Compared run(SessionPair pair) {
        countNulls(pair);
        return experience.streams(basis, segment) ? stream(pair) : fingerprint(pair);
    }

    private Compared stream(SessionPair pair) {
        long fetched = new RowFetch(basis, findings).compare(pair, sqlA.rows(null), sqlB.rows(null));
        experience.streamed(basis, counts);
        return compared(new Effort(0, 0, fetched, stopwatch.milliseconds()));
    }

    private Compared fingerprint(SessionPair pair) {
        DirtyBuckets dirty = dirtyBuckets(pair);
        dirty.countClean(counts);
        List<Long> buckets = dirty.bucketsToFetch();
        long fetched = dirty.allClean()
                ? 0
                : new RowFetch(basis, findings).compare(pair, sqlA.rows(buckets), sqlB.rows(buckets));
        experience.fingerprinted(basis, dirty);
        return compared(new Effort(dirty.buckets(), dirty.dirtyBuckets(), fetched, stopwatch.milliseconds()));
    }

    private Compared compared(Effort effort) {
        return new Compared(counts.tally(), effort, null, findings.rows());
    }

    private void countNulls(SessionPair pair) {
        if (!segment.nulls()) {
            return;
        }
        SessionPair.Both<Long> nulls =
                pair.both(session -> nulls(session, basis.a(), sqlA), session -> nulls(session, basis.b(), sqlB));
        counts.nullRows(Which.A, nulls.a());
        counts.nullRows(Which.B, nulls.b());
    }

    private static long nulls(Session session, Side side, SegmentSql sql) {
        return side.nullTests().isEmpty() ? 0 : session.one(sql.nulls(), row -> row.getLong(1));
    }

    /** Clean buckets hold the same keys on both sides, so one side's grouping does for both. */
    private DirtyBuckets dirtyBuckets(SessionPair pair) {
        SessionPair.Both<List<Fingerprint>> fingerprints = pair.both(
                session -> session.list(sqlA.fingerprints(basis.unique()), Fingerprint::read),
                session -> session.list(sqlB.fingerprints(true), Fingerprint::read));
        return DirtyBuckets.of(fingerprints.a(), fingerprints.b());
    }
}
