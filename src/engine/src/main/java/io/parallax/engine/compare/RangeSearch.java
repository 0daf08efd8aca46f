package io.parallax.engine.compare;

import io.parallax.contract.tally.Effort;
import io.parallax.engine.source.Reach;
import io.parallax.engine.source.SessionPair;

/**
 * Finds the rows that differ in a segment of an integer key: fingerprints of short key ranges on both sides; for ranges
 * that differ, lists of their rows' keys and hashes; then the rows themselves.
 */
final class RangeSearch {
    private final Basis basis;
    private final Segment segment;
    private final Buckets.Steps steps;
    private final RangeSql sqlA;
    private final RangeSql sqlB;
    private final Experience experience;
    private final Findings findings;
    private final Stopwatch stopwatch = new Stopwatch();

    RangeSearch(
            Basis basis,
            Segment segment,
            Buckets.Steps steps,
            RangeSql sqlA,
            RangeSql sqlB,
            Experience experience,
            Findings findings) {
        this.basis = basis;
        this.segment = segment;
        this.steps = steps;
        this.sqlA = sqlA;
        this.sqlB = sqlB;
        this.experience = experience;
        this.findings = findings;
    }

    Effort run(SessionPair pair) {
        pair.both(session -> session.reach(Reach.BY_PAGES));
        KeyRanges ranges = KeyRanges.of(segment, steps);
        return experience.listsAtOnce(basis) ? list(pair, ranges) : fingerprint(pair, ranges);
    }

    private Effort fingerprint(SessionPair pair, KeyRanges ranges) {
        DirtyBuckets found =
                DirtyBuckets.find(pair, sqlA.fingerprints(ranges, basis.unique()), sqlB.fingerprints(ranges, true));
        found.countClean(findings.counts());
        experience.fingerprinted(basis, found.dirtyShare(), found.rowsPerBucket());
        KeyRanges dirty = ranges.only(found.dirty());
        long fetched = 0;
        if (!found.allClean()) {
            fetched = experience.areFew(found.dirtyRows())
                    ? fetch(pair, dirty.joined())
                    : searchLists(pair, dirty, found.dirtyShare());
        }
        return new Effort(found.buckets(), found.dirtyBuckets(), fetched, stopwatch.milliseconds());
    }

    private Effort list(SessionPair pair, KeyRanges ranges) {
        long fetched = searchLists(pair, ranges, 1);
        return new Effort(0, 0, fetched, stopwatch.milliseconds());
    }

    /** The ranges hold that share of the segment's rows. */
    private long searchLists(SessionPair pair, KeyRanges ranges, double share) {
        long most = experience.mostListed();
        ListFetch lists = new ListFetch(most);
        lists.compare(pair, sqlA.lists(ranges, most), sqlB.lists(ranges, most));
        ListMerge merge = lists.merge();
        double differing = merge.differingKeys() / (double) Math.max(1, merge.keys());
        experience.learn(basis, share * differing);
        if (!lists.isComplete() || differing > Experience.MANY) {
            return fetch(pair, ranges.joined());
        }
        findings.counts().add(merge.same());
        return merge.differingKeys() == 0 ? 0 : fetch(pair, merge.differing());
    }

    private long fetch(SessionPair pair, KeyRanges ranges) {
        if (ranges.ranges().size() == 1) {
            pair.both(session -> session.reach(Reach.ANY_WAY));
        }
        return new RowFetch(basis, findings).compare(pair, sqlA.rows(ranges), sqlB.rows(ranges));
    }

    private long fetch(SessionPair pair, long[] keys) {
        pair.both(session -> session.reach(Reach.BY_INDEX));
        return new RowFetch(basis, findings).compare(pair, sqlA.rows(keys), sqlB.rows(keys));
    }
}
