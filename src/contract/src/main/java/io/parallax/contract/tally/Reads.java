package io.parallax.contract.tally;

import org.jspecify.annotations.Nullable;

/** How each side was read; null for a side that was not. Adds up, in any order. */
public record Reads(@Nullable Reading a, @Nullable Reading b) {
    public Reads plus(Reads other) {
        return new Reads(sum(a, other.a), sum(b, other.b));
    }

    /** Of both, where either may be missing. */
    public static @Nullable Reads sum(@Nullable Reads one, @Nullable Reads other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.plus(other);
    }

    private static @Nullable Reading sum(@Nullable Reading one, @Nullable Reading other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.plus(other);
    }
}
