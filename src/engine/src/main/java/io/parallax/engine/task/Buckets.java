package io.parallax.engine.task;

import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a task's part of the key space is cut into buckets.
 *
 * @param count how many by the key's hash, a power of two; of no meaning with {@code steps}
 * @param steps equal steps of a single integer key, or null
 */
public record Buckets(int count, @Nullable Steps steps) {
    /** The most buckets of one task: what fits into a worker's memory. */
    public static final int MOST = 1 << 16;

    public Buckets {
        if (Integer.bitCount(count) != 1 || count > MOST) {
            throw new IllegalArgumentException("not a power of two up to " + MOST + ": " + count);
        }
    }

    /** Buckets by hash, about that many, rounded up. */
    public static Buckets byHash(long wanted) {
        long atLeast = Math.max(1, Math.min(MOST, wanted));
        return new Buckets(1 << (Long.SIZE - Long.numberOfLeadingZeros(atLeast - 1)), null);
    }

    public static Buckets bySteps(Steps steps) {
        return new Buckets(1, steps);
    }

    /** The bucket is {@code clamp(key, low, high) / width}. */
    public record Steps(long low, long high, long width) {
        public Steps {
            if (low > high || width < 1) {
                throw new IllegalArgumentException("no steps: " + low + ", " + high + ", " + width);
            }
        }

        /** About that many equal steps, over any range there is. */
        public static Steps of(long low, long high, long count) {
            BigInteger span = BigInteger.valueOf(high).subtract(BigInteger.valueOf(low));
            BigInteger width = span.divide(BigInteger.valueOf(count)).add(BigInteger.ONE);
            return new Steps(
                    low, high, width.min(BigInteger.valueOf(Long.MAX_VALUE)).longValueExact());
        }

        /** How many there are. */
        long count() {
            return high / width - low / width + 1;
        }

        /** The keys of some buckets, in order; neighbours are one range. */
        public List<KeyRange> ranges(List<Long> buckets) {
            List<KeyRange> each = buckets.stream()
                    .sorted()
                    .map(bucket -> new KeyRange(first(bucket), last(bucket)))
                    .toList();
            return new KeyRanges(each).joined().ranges();
        }

        /** Division truncates, so the bucket of 0 lies on both sides of it. */
        private long first(long bucket) {
            if (bucket == low / width) {
                return Long.MIN_VALUE;
            }
            return bucket > 0 ? bucket * width : clamped(BigInteger.valueOf(bucket - 1), 1);
        }

        private long last(long bucket) {
            if (bucket == high / width) {
                return Long.MAX_VALUE;
            }
            return bucket < 0 ? bucket * width : clamped(BigInteger.valueOf(bucket + 1), -1);
        }

        private long clamped(BigInteger steps, long more) {
            return steps.multiply(BigInteger.valueOf(width))
                    .add(BigInteger.valueOf(more))
                    .max(BigInteger.valueOf(Long.MIN_VALUE))
                    .min(BigInteger.valueOf(Long.MAX_VALUE))
                    .longValueExact();
        }
    }
}
