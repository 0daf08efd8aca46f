package io.parallax.engine.compare.tally;

import io.parallax.engine.session.SessionPair;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which buckets are left to look into once the fingerprints of both sides are known. */
public final class DirtyBuckets {
    /** With a larger share of dirty rows, all are fetched without asking for their bucket. */
    private static final double MOSTLY = 0.5;

    private final List<Fingerprint> clean;
    private final List<Long> dirty;
    private final long rows;

    private DirtyBuckets(List<Fingerprint> clean, List<Long> dirty, long rows) {
        this.clean = clean;
        this.dirty = dirty;
        this.rows = rows;
    }

    /** Asks both sides; clean buckets hold the same keys on both, so A's grouping by key does for both. */
    public static DirtyBuckets find(SessionPair pair, String fingerprintsA, String fingerprintsB) {
        SessionPair.Both<List<Fingerprint>> fingerprints = pair.both(
                session -> session.list(fingerprintsA, Fingerprint::read),
                session -> session.list(fingerprintsB, Fingerprint::read));
        return of(fingerprints.a(), fingerprints.b());
    }

    /** The same with A's told apart by time. */
    public static DirtyBuckets find(SessionPair pair, String timedA, String fingerprintsB, TimedFingerprints times) {
        SessionPair.Both<List<Fingerprint>> fingerprints = pair.both(
                session -> {
                    session.list(timedA, times::add);
                    return times.fingerprints();
                },
                session -> session.list(fingerprintsB, Fingerprint::read));
        return of(fingerprints.a(), fingerprints.b());
    }

    static DirtyBuckets of(List<Fingerprint> a, List<Fingerprint> b) {
        Map<Long, Fingerprint> ofB = new HashMap<>();
        b.forEach(bucket -> ofB.put(bucket.bucket(), bucket));
        List<Fingerprint> clean = new ArrayList<>();
        List<Long> dirty = new ArrayList<>();
        for (Fingerprint bucket : a) {
            Fingerprint other = ofB.remove(bucket.bucket());
            if (other != null && bucket.sameRows(other)) {
                clean.add(bucket);
            } else {
                dirty.add(bucket.bucket());
            }
        }
        dirty.addAll(ofB.keySet());
        return new DirtyBuckets(clean, dirty, rows(a) + rows(b));
    }

    private static long rows(List<Fingerprint> buckets) {
        return buckets.stream().mapToLong(Fingerprint::rows).sum();
    }

    /** Counts the clean buckets; {@code repeatedToo}: whether the rows of repeated keys count as compared. */
    public void countClean(TallyBuilder counts, boolean repeatedToo) {
        clean.forEach(bucket -> counts.clean(bucket, repeatedToo));
    }

    /** Counts the clean buckets' rows by time. */
    public void countClean(TimedFingerprints times, TimedCounts counts) {
        clean.forEach(bucket -> times.count(bucket.bucket(), counts));
    }

    /** The clean buckets with keys that occur repeatedly, the same ones on both sides. */
    public List<Long> repeats() {
        return clean.stream()
                .filter(bucket -> bucket.dupes() > 0)
                .map(Fingerprint::bucket)
                .toList();
    }

    public boolean allClean() {
        return dirty.isEmpty();
    }

    /** Whether looking at all rows costs no more than looking for the dirty ones. */
    public boolean mostlyDirty() {
        return dirtyShare() > MOSTLY;
    }

    /** The share of rows that are in dirty buckets. */
    public double dirtyShare() {
        return rows == 0 ? 0 : (double) dirtyRows() / rows;
    }

    /** Rows of both sides in dirty buckets. */
    public long dirtyRows() {
        return rows - 2 * rows(clean);
    }

    /** Rows of one side in a bucket, on the average. */
    public double rowsPerBucket() {
        return rows == 0 ? 1 : rows / 2.0 / buckets();
    }

    /** The buckets whose rows decide. */
    public List<Long> dirty() {
        return dirty;
    }

    public long buckets() {
        return (long) clean.size() + dirty.size();
    }

    public long dirtyBuckets() {
        return dirty.size();
    }
}
