package io.parallax.engine.compare;

import io.parallax.contract.tally.Effort;
import io.parallax.engine.Compared;
import io.parallax.engine.source.AccessPath;
import io.parallax.engine.source.SessionPair;

/** Compares the rows of dirty buckets, counted before, to the end. */
final class DirtyBucketsComparison {
    private final PlanContext basis;
    private final HashBucketsSql sqlA;
    private final HashBucketsSql sqlB;
    private final Stopwatch stopwatch = new Stopwatch();

    DirtyBucketsComparison(PlanContext basis, SideSql sqlA, SideSql sqlB) {
        this.basis = basis;
        this.sqlA = new HashBucketsSql(sqlA);
        this.sqlB = new HashBucketsSql(sqlB);
    }

    Compared run(DirtyBucketsTask part, SessionPair pair) {
        pair.both(session -> session.reach(AccessPath.BY_SCAN));
        DifferenceCollector findings = new DifferenceCollector(basis);
        long fetched = new RowFetch(basis, findings).compare(pair, sqlA.rows(part), sqlB.rows(part));
        int buckets = part.buckets().buckets().size();
        return new Compared(
                findings.counts().tallyOfCountedRows(),
                new Effort(buckets, buckets, fetched, stopwatch.milliseconds()),
                null,
                findings.rows());
    }
}
