package io.parallax.engine.schema;

/** Two columns of one name and of comparable types. */
public record ColumnPair(Column a, Column b) {
    public ColumnPair {
        if (!a.name().equals(b.name()) || !a.type().comparableWith(b.type())) {
            throw new IllegalArgumentException("no pair: " + a + ", " + b);
        }
    }

    public String name() {
        return a.name();
    }
}
