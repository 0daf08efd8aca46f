package io.parallax.engine.compare;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which buckets are left to look into once the fingerprints of both sides are known. */
final class DirtyBuckets {
    /** With a larger share of dirty rows, all are fetched without asking for their bucket. */
    private static final double MOSTLY = 0.5;

    private final List<Fingerprint> clean;
    private final List<Long> dirty;
    private final double dirtyShare;

    private DirtyBuckets(List<Fingerprint> clean, List<Long> dirty, double dirtyShare) {
        this.clean = clean;
        this.dirty = dirty;
        this.dirtyShare = dirtyShare;
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
        long rows = rows(a) + rows(b);
        long dirtyRows = rows - 2 * rows(clean);
        return new DirtyBuckets(clean, dirty, rows == 0 ? 0 : (double) dirtyRows / rows);
    }

    private static long rows(List<Fingerprint> buckets) {
        return buckets.stream().mapToLong(Fingerprint::rows).sum();
    }

    /** Counts the clean buckets whose rows are not going to be fetched. */
    void countClean(Counts counts) {
        if (!mostlyDirty()) {
            clean.forEach(counts::clean);
        }
    }

    boolean allClean() {
        return dirty.isEmpty();
    }

    private boolean mostlyDirty() {
        return dirtyShare > MOSTLY;
    }

    /** The share of rows that are in dirty buckets. */
    double dirtyShare() {
        return dirtyShare;
    }

    /** The buckets whose rows decide; null for all there are. */
    @Nullable
    List<Long> bucketsToFetch() {
        return mostlyDirty() ? null : dirty;
    }

    long buckets() {
        return (long) clean.size() + dirty.size();
    }

    long dirtyBuckets() {
        return dirty.size();
    }
}
