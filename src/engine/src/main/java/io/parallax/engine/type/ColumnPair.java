package io.parallax.engine.type;

/** Two columns of comparable types that belong together; known by A's name. */
public record ColumnPair(Column a, Column b) {
    public ColumnPair {
        if (!a.type().comparableWith(b.type())) {
            throw new IllegalArgumentException("no pair: " + a + ", " + b);
        }
    }

    /** The same with arrays that are equal in any order. */
    ColumnPair inAnyOrder() {
        return new ColumnPair(a.inAnyOrder(), b.inAnyOrder());
    }

    public String name() {
        return a.name();
    }
}
