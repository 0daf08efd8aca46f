package io.parallax.engine.compare.bucket;

import io.parallax.contract.tally.Effort;
import io.parallax.engine.compare.rows.DifferenceCollector;
import io.parallax.engine.compare.rows.RowFetch;
import io.parallax.engine.compare.side.SideSql;
import io.parallax.engine.compare.tally.Stopwatch;
import io.parallax.engine.session.AccessPath;
import io.parallax.engine.session.SessionPair;
import io.parallax.engine.task.Compared;
import io.parallax.engine.task.DirtyBucketsTask;
import io.parallax.engine.task.PlanContext;

/** Compares the rows of dirty buckets, counted before, to the end. */
public final class DirtyBucketsComparison {
    private final PlanContext context;
    private final HashBucketsSql sqlA;
    private final HashBucketsSql sqlB;
    private final Stopwatch stopwatch = new Stopwatch();

    public DirtyBucketsComparison(PlanContext context, SideSql sqlA, SideSql sqlB) {
        this.context = context;
        this.sqlA = new HashBucketsSql(sqlA);
        this.sqlB = new HashBucketsSql(sqlB);
    }

    public Compared run(DirtyBucketsTask dirty, SessionPair pair) {
        pair.both(session -> session.reach(AccessPath.BY_SCAN));
        DifferenceCollector differences = new DifferenceCollector(context);
        long fetched = new RowFetch(context, differences).compare(pair, sqlA.rows(dirty), sqlB.rows(dirty));
        int buckets = dirty.buckets().buckets().size();
        return Compared.of(
                        differences.counts().tallyOfCountedRows(),
                        new Effort(buckets, buckets, fetched, stopwatch.milliseconds()))
                .showing(differences.rows());
    }
}
