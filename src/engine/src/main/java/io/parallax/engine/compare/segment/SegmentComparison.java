package io.parallax.engine.compare.segment;

import io.parallax.contract.tally.Effort;
import io.parallax.contract.tally.Tally;
import io.parallax.engine.compare.range.DiffRateHistory;
import io.parallax.engine.compare.range.RangeSearch;
import io.parallax.engine.compare.rows.DifferenceCollector;
import io.parallax.engine.compare.rows.RepeatsShown;
import io.parallax.engine.compare.rows.RowFetch;
import io.parallax.engine.compare.rows.RowTaker;
import io.parallax.engine.compare.side.SideSql;
import io.parallax.engine.compare.staged.DifferenceWriter;
import io.parallax.engine.compare.tally.DirtyBuckets;
import io.parallax.engine.compare.tally.Stopwatch;
import io.parallax.engine.compare.tally.TallyBuilder;
import io.parallax.engine.compare.tally.TimedCounts;
import io.parallax.engine.compare.tally.TimedFingerprints;
import io.parallax.engine.row.Row;
import io.parallax.engine.row.RowStream;
import io.parallax.engine.session.AccessPath;
import io.parallax.engine.session.Session;
import io.parallax.engine.session.SessionPair;
import io.parallax.engine.task.Buckets;
import io.parallax.engine.task.Compared;
import io.parallax.engine.task.KeyRanges;
import io.parallax.engine.task.PlanContext;
import io.parallax.engine.task.Segment;
import io.parallax.engine.task.Side;
import io.parallax.engine.task.SidePlan;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Fingerprints of both sides at once, then the rows of the buckets that differ; or the rows at once. */
public final class SegmentComparison {
    private final PlanContext context;
    private final Segment segment;
    private final SideSql sideSqlA;
    private final SideSql sideSqlB;
    private final SegmentSql sqlA;
    private final SegmentSql sqlB;
    private final DiffRateHistory history;
    private final DifferenceCollector differences;
    private final TallyBuilder builder;
    private final TimedFingerprints times = new TimedFingerprints();
    private final @Nullable DifferenceWriter writer;
    private final Stopwatch stopwatch = new Stopwatch();

    /** {@code writer}: where rows that differ are written to; null for nowhere. */
    public SegmentComparison(
            PlanContext context,
            Segment segment,
            SideSql sideSqlA,
            SideSql sideSqlB,
            DiffRateHistory history,
            @Nullable DifferenceWriter writer) {
        this.context = context;
        this.segment = segment;
        this.sideSqlA = sideSqlA;
        this.sideSqlB = sideSqlB;
        this.sqlA = new SegmentSql(context.a().range(), segment, sideSqlA);
        this.sqlB = new SegmentSql(context.b().range(), segment, sideSqlB);
        this.history = history;
        this.writer = writer;
        this.differences = new DifferenceCollector(context, writer == null ? RowTaker.NONE : writer);
        this.builder = differences.counts();
    }

    public Compared run(SessionPair pair) {
        Compared compared = compare(pair);
        if (writer != null) {
            stageRepeated(compared.tally().dupes().a(), Side.A, sqlA, pair.a(), writer);
            stageRepeated(compared.tally().dupes().b(), Side.B, sqlB, pair.b(), writer);
        }
        return compared;
    }

    private void stageRepeated(long rows, Side side, SegmentSql sql, Session session, DifferenceWriter into) {
        if (rows == 0) {
            return;
        }
        int keyColumns = context.keyNames().size();
        try (RowStream copy = session.copy(sql.repeatedRows(null))) {
            for (RowStream.Fields fields = copy.next(); fields != null; fields = copy.next()) {
                into.repeated(side, Row.of(fields, keyColumns));
            }
        }
    }

    private Compared compare(SessionPair pair) {
        countNulls(pair);
        Buckets.Steps steps =
                context.a().seeks() && context.b().seeks() ? segment.buckets().steps() : null;
        boolean joins = steps != null && context.together() && pair.isOnOneSnapshot();
        if (history.streams(context, segment, steps != null, joins)) {
            return stream(pair);
        }
        return steps == null ? fingerprint(pair) : compared(search(steps, joins).run(pair));
    }

    private RangeSearch search(Buckets.Steps steps, boolean joins) {
        return new RangeSearch(context, KeyRanges.of(segment, steps), sideSqlA, sideSqlB, joins, history, differences);
    }

    private Compared stream(SessionPair pair) {
        long fetched = fetch(pair, sqlA.rows(null), sqlB.rows(null), differences);
        history.learn(context, builder.differingShare());
        return compared(new Effort(0, 0, fetched, stopwatch.milliseconds()));
    }

    private Compared fingerprint(SessionPair pair) {
        DirtyBuckets found = dirtyBuckets(pair);
        history.fingerprinted(context, found.dirtyShare(), found.rowsPerBucket());
        List<Long> dirty = found.mostlyDirty() ? null : found.dirty();
        if (dirty != null) {
            found.countClean(builder, context.comparesRepeated());
            countClean(found);
        }
        boolean anywhere = segment.from() == null && segment.to() == null;
        if (dirty != null && !dirty.isEmpty() && anywhere) {
            pair.both(session -> session.reach(AccessPath.BY_SCAN));
        }
        long fetched = found.allClean() ? 0 : fetch(pair, sqlA.rows(dirty), sqlB.rows(dirty), differences);
        if (dirty != null) {
            fetched += showRepeated(pair, found.repeats());
        }
        return compared(new Effort(found.buckets(), found.dirtyBuckets(), fetched, stopwatch.milliseconds()));
    }

    /** Of buckets that are counted already, with the same rows on both sides. */
    private long showRepeated(SessionPair pair, List<Long> buckets) {
        if (buckets.isEmpty() || !differences.showsKeys()) {
            return 0;
        }
        RepeatsShown shown = new RepeatsShown(context, differences);
        long fetched = shown.show(Side.A, pair.a(), sqlA.repeatedRows(buckets));
        return differences.areAlikeInValues()
                ? fetched
                : fetched + shown.show(Side.B, pair.b(), sqlB.repeatedRows(buckets));
    }

    private long fetch(SessionPair pair, String rowsA, String rowsB, DifferenceCollector into) {
        return new RowFetch(context, into).compare(pair, rowsA, rowsB);
    }

    private Compared compared(Effort effort) {
        Tally tally = builder.tally();
        return Compared.of(tally, effort).showing(differences.rows()).by(differences.timeline());
    }

    private void countNulls(SessionPair pair) {
        if (!segment.nulls()) {
            return;
        }
        SessionPair.Both<Long> nulls =
                pair.both(session -> nulls(session, context.a(), sqlA), session -> nulls(session, context.b(), sqlB));
        builder.nullRows(Side.A, nulls.a());
        builder.nullRows(Side.B, nulls.b());
    }

    private static long nulls(Session session, SidePlan side, SegmentSql sql) {
        return side.nullTests().isEmpty() ? 0 : session.one(sql.nulls(), row -> row.getLong(1));
    }

    private void countClean(DirtyBuckets found) {
        TimedCounts timed = differences.times();
        if (timed != null) {
            found.countClean(times, timed);
        }
    }

    private DirtyBuckets dirtyBuckets(SessionPair pair) {
        if (differences.times() != null) {
            return DirtyBuckets.find(pair, sqlA.timedFingerprints(context.unique()), sqlB.fingerprints(true), times);
        }
        return DirtyBuckets.find(pair, sqlA.fingerprints(context.unique()), sqlB.fingerprints(true));
    }
}
