package io.parallax.engine.compare.range;

import io.parallax.contract.tally.Effort;
import io.parallax.engine.compare.rows.DifferenceCollector;
import io.parallax.engine.compare.rows.KeyChoice;
import io.parallax.engine.compare.rows.RowFetch;
import io.parallax.engine.compare.side.SideSql;
import io.parallax.engine.compare.tally.DirtyBuckets;
import io.parallax.engine.compare.tally.Stopwatch;
import io.parallax.engine.compare.tally.TallyBuilder;
import io.parallax.engine.row.BigEndian;
import io.parallax.engine.row.RowStream;
import io.parallax.engine.session.AccessPath;
import io.parallax.engine.session.SessionPair;
import io.parallax.engine.task.KeyRanges;
import io.parallax.engine.task.PlanContext;
import io.parallax.engine.type.WireForm;

/**
 * Finds the rows that differ in ranges of an integer key: fingerprints of the ranges on both sides; for those that
 * differ, lists of their rows' keys and hashes, or a join where both sides are in one database; then the rows themselves.
 */
public final class RangeSearch {
    private final PlanContext context;
    private final KeyRanges ranges;
    private final SideSql sideA;
    private final SideSql sideB;
    private final boolean joins;
    private final DiffRateHistory history;
    private final DifferenceCollector differences;
    private final Stopwatch stopwatch = new Stopwatch();

    /** {@code joins}: whether their one database can compare them itself. */
    public RangeSearch(
            PlanContext context,
            KeyRanges ranges,
            SideSql sideA,
            SideSql sideB,
            boolean joins,
            DiffRateHistory history,
            DifferenceCollector differences) {
        this.context = context;
        this.ranges = ranges;
        this.sideA = sideA;
        this.sideB = sideB;
        this.joins = joins;
        this.history = history;
        this.differences = differences;
    }

    public Effort run(SessionPair pair) {
        pair.both(session -> session.reach(AccessPath.BY_PAGES));
        if (!history.looksAtOnce(context, joins)) {
            return fingerprint(pair);
        }
        long fetched = look(pair, ranges, 1);
        return new Effort(0, 0, fetched, stopwatch.milliseconds());
    }

    private Effort fingerprint(SessionPair pair) {
        DirtyBuckets found = DirtyBuckets.find(
                pair,
                sideA.shortRanges().fingerprints(sideA, ranges, context.unique()),
                sideB.shortRanges().fingerprints(sideB, ranges, true));
        found.countClean(differences.counts(), context.comparesRepeated());
        history.fingerprinted(context, found.dirtyShare(), found.rowsPerBucket());
        KeyRanges dirty = ranges.only(found.dirty());
        long fetched = 0;
        if (!found.allClean()) {
            fetched = history.areFew(found.dirtyRows())
                    ? fetch(pair, dirty.joined(), differences)
                    : look(pair, dirty, found.dirtyShare());
        }
        fetched += showRepeated(pair, ranges.only(found.repeats()));
        return new Effort(found.buckets(), found.dirtyBuckets(), fetched, stopwatch.milliseconds());
    }

    /** Of ranges that are counted already, with the same rows on both sides. */
    private long showRepeated(SessionPair pair, KeyRanges same) {
        if (same.ranges().isEmpty() || !differences.showsKeys()) {
            return 0;
        }
        KeyChoice repeated = new KeyChoice(key());
        try (RowStream copy = pair.a().copy(sideA.shortRanges().repeatedKeys(sideA, same))) {
            for (RowStream.Fields row = copy.next(); row != null; row = copy.next()) {
                repeated.offer(BigEndian.int64(row.bytes(), row.start() + Integer.BYTES));
            }
        }
        return fetch(pair, repeated.keys(), differences.uncounted());
    }

    private WireForm key() {
        return context.a().keyEncodings().get(0);
    }

    /** Looks at every key of ranges that hold that share of all rows; how many rows were fetched. */
    private long look(SessionPair pair, KeyRanges dirty, double share) {
        return joins ? join(pair, dirty, share) : list(pair, dirty, share);
    }

    private long list(SessionPair pair, KeyRanges dirty, double share) {
        long most = history.mostListed();
        ListFetch lists = new ListFetch(context.valueNames().size(), key(), most);
        lists.compare(
                pair,
                sideA.shortRanges().lists(sideA, dirty, most),
                sideB.shortRanges().lists(sideB, dirty, most));
        ListMerge merge = lists.merge();
        double differing = merge.differingKeys() / (double) Math.max(1, merge.keys());
        history.learn(context, share * differing);
        if (!lists.isComplete() || history.areMany(context, differing)) {
            return fetch(pair, dirty.joined(), differences);
        }
        differences.counts().add(merge.same());
        return fetch(pair, merge.differing(), differences) + fetch(pair, merge.repeated(), differences.uncounted());
    }

    /** The database counts; rows are fetched to be shown. */
    private long join(SessionPair pair, KeyRanges dirty, double share) {
        TallyBuilder builder = new TallyBuilder(context.valueNames().size());
        JoinFetch fetch = new JoinFetch(context, builder);
        pair.joined(session -> fetch.count(session, sideA.shortRanges().differences(sideA, sideB, dirty)));
        differences.counts().add(builder);
        history.learn(context, share * builder.differingShare());
        return fetch(pair, fetch.toShow(), differences.uncounted());
    }

    private long fetch(SessionPair pair, KeyRanges dirty, DifferenceCollector into) {
        // The index has the rows of a single range in order.
        AccessPath path = dirty.ranges().size() == 1 ? AccessPath.ANY_WAY : AccessPath.BY_PAGES;
        pair.both(session -> session.reach(path));
        return new RowFetch(context, into)
                .compare(
                        pair,
                        sideA.shortRanges().rows(sideA, dirty),
                        sideB.shortRanges().rows(sideB, dirty));
    }

    private long fetch(SessionPair pair, long[] keys, DifferenceCollector into) {
        if (keys.length == 0) {
            return 0;
        }
        pair.both(session -> session.reach(AccessPath.BY_INDEX));
        return new RowFetch(context, into)
                .compare(
                        pair,
                        sideA.shortRanges().rows(sideA, keys),
                        sideB.shortRanges().rows(sideB, keys));
    }
}
