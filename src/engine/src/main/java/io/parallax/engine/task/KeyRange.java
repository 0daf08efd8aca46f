package io.parallax.engine.task;

import java.math.BigInteger;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Integer keys from the first to the last, both included. */
public record KeyRange(long first, long last) {
    public KeyRange {
        if (first > last) {
            throw new IllegalArgumentException("no range: from " + first + " to " + last);
        }
    }

    /** Parts of about equal width, in order; as many as that, or one for each key. */
    Stream<KeyRange> parts(int count) {
        BigInteger width =
                BigInteger.valueOf(last).subtract(BigInteger.valueOf(first)).add(BigInteger.ONE);
        long parts = width.min(BigInteger.valueOf(count)).longValueExact();
        return LongStream.range(0, parts)
                .mapToObj(part -> new KeyRange(start(width, part, parts), start(width, part + 1, parts) - 1));
    }

    /** Wraps around after the largest key; one less is right again. */
    private long start(BigInteger width, long part, long parts) {
        return BigInteger.valueOf(first)
                .add(width.multiply(BigInteger.valueOf(part)).divide(BigInteger.valueOf(parts)))
                .longValue();
    }

    /** Whether the other one begins where this one ends. */
    boolean meets(KeyRange next) {
        return last != Long.MAX_VALUE && last + 1 == next.first;
    }
}
