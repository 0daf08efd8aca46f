package io.parallax.engine.compare;

import io.parallax.contract.tally.Effort;
import io.parallax.engine.source.SessionPair;

/** Fingerprints of short key ranges on both sides, finer where most of them differ, then the rows of those that do. */
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
        seek(pair, true);
        KeyRanges ranges = KeyRanges.of(segment, steps, steps.count() * experience.parts(basis));
        DirtyBuckets found = search(pair, ranges);
        long buckets = found.buckets();
        double dirtyShare = found.dirtyShare();
        int parts = Math.min(
                experience.worthwhileParts(found.rowsPerBucket()),
                Buckets.MOST / Math.max(1, found.dirty().size()));
        if (found.mostlyDirty() && parts > 1) {
            ranges = ranges.finer(found.dirty(), parts);
            found = search(pair, ranges);
            buckets += found.buckets();
            dirtyShare *= found.dirtyShare();
        }
        experience.fingerprinted(basis, dirtyShare, found.rowsPerBucket());
        long fetched = found.allClean() ? 0 : fetch(pair, ranges.only(found.dirty()));
        return new Effort(buckets, found.dirtyBuckets(), fetched, stopwatch.milliseconds());
    }

    /** What is clean is counted; the rest is still to be looked into. */
    private DirtyBuckets search(SessionPair pair, KeyRanges ranges) {
        DirtyBuckets found =
                DirtyBuckets.find(pair, sqlA.fingerprints(ranges, basis.unique()), sqlB.fingerprints(ranges, true));
        found.countClean(findings.counts());
        return found;
    }

    private long fetch(SessionPair pair, KeyRanges dirty) {
        if (dirty.ranges().size() == 1) {
            // The index has the rows in order.
            seek(pair, false);
        }
        return new RowFetch(basis, findings).compare(pair, sqlA.rows(dirty), sqlB.rows(dirty));
    }

    private static void seek(SessionPair pair, boolean on) {
        pair.both(session -> {
            session.seek(on);
            return on;
        });
    }
}
