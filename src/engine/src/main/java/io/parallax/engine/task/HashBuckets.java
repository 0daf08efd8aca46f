package io.parallax.engine.task;

import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Buckets by the lowest bits of the key's hash, all there are or those within coarser ones.
 *
 * @param bits how many bits tell the buckets apart
 * @param within the coarser buckets that are looked into; null for all
 */
public record HashBuckets(int bits, @Nullable BucketSet within) {
    /** Few enough for a processor's cache and for one message. */
    static final int MOST_BITS = 12;

    /** The last bits are left, so that no bucket's number is negative. */
    private static final int FINEST_BITS = 48;

    public HashBuckets {
        if (bits < 0 || bits > FINEST_BITS || (within != null && within.bits() > bits)) {
            throw new IllegalArgumentException("no hash buckets: " + bits + " bits within " + within);
        }
    }

    /** The first stage's: about that many rows of one side each, as far as there may be so many. */
    public static HashBuckets first(double rows, long bucketRows) {
        long wanted = (long) Math.max(1, Math.min(1L << MOST_BITS, rows / bucketRows));
        return new HashBuckets(Long.SIZE - Long.numberOfLeadingZeros(wanted - 1), null);
    }

    /** A finer one, within these of its buckets. */
    public HashBuckets refined(List<Long> dirty) {
        int dirtyBits = Long.SIZE - Long.numberOfLeadingZeros(dirty.size() - 1L);
        return new HashBuckets(bits + Math.max(1, MOST_BITS - dirtyBits), new BucketSet(bits, dirty));
    }

    /** How many buckets there are. */
    public int buckets() {
        return within == null ? 1 << bits : within.buckets().size() << (bits - within.bits());
    }

    /** Where a bucket stands among all. */
    public int index(long bucket) {
        if (within == null) {
            return (int) bucket;
        }
        int parent = Collections.binarySearch(within.buckets(), bucket & mask(within.bits()));
        if (parent < 0) {
            throw new IllegalStateException("a bucket that nobody asked for: " + bucket);
        }
        return parent << (bits - within.bits()) | (int) (bucket >>> within.bits());
    }

    /** The bucket at that place. */
    public long bucket(int index) {
        if (within == null) {
            return index;
        }
        int finer = bits - within.bits();
        long high = index & mask(finer);
        return within.buckets().get(index >>> finer) | high << within.bits();
    }

    private static long mask(int bits) {
        return (1L << bits) - 1;
    }

    /**
     * Some buckets.
     *
     * @param bits how many bits tell them apart
     * @param buckets their numbers, in order
     */
    public record BucketSet(int bits, List<Long> buckets) {
        public BucketSet {
            buckets = List.copyOf(buckets);
        }
    }
}
