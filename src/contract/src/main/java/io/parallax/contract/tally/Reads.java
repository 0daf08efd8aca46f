package io.parallax.contract.tally;

import org.jspecify.annotations.Nullable;

/** How each side was read; null for a side that was not. Adds up, in any order. */
public record Reads(@Nullable Reading a, @Nullable Reading b) {
    public Reads plus(Reads other) {
        return new Reads(sum(a, other.a), sum(b, other.b));
    }

    private static @Nullable Reading sum(@Nullable Reading one, @Nullable Reading other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.plus(other);
    }
}
