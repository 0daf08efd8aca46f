package io.parallax.bench.table;

/** One table; side A has the identical ones, side B one per variant. */
public record Table(Shape shape, RowCount count, Variant variant) {
    public static final String SCHEMA = "bench";

    public String name() {
        return (shape + "_" + count + "_" + variant).replace('-', '_');
    }

    public String qualified() {
        return SCHEMA + "." + name();
    }
}
