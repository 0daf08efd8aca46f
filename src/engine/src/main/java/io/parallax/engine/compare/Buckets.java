package io.parallax.engine.compare;

import java.math.BigInteger;
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
    }
}
