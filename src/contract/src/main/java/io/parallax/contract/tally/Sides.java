package io.parallax.contract.tally;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** A count for each side; {@code [a, b]} in JSON. */
public record Sides(long a, long b) {
    public static final Sides ZERO = new Sides(0, 0);

    public static Sides of(long a, long b) {
        return new Sides(a, b);
    }

    @JsonCreator
    static Sides fromJson(long[] sides) {
        if (sides.length != 2) {
            throw new IllegalArgumentException("two sides, not " + sides.length);
        }
        return new Sides(sides[0], sides[1]);
    }

    @JsonValue
    long[] json() {
        return new long[] {a, b};
    }

    public Sides plus(Sides other) {
        return new Sides(a + other.a, b + other.b);
    }

    public long sum() {
        return a + b;
    }
}
