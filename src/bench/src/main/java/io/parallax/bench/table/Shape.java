package io.parallax.bench.table;

import java.util.List;
import java.util.Locale;

/** Columns, key and rows of a table; {@code table-} and {@code rows-} files hold its SQL. */
public enum Shape {
    RATING(KeyOrder.SHARED, "userid", "id"),
    /** The rows of {@link #RATING} with an index that promises nothing. */
    LOOSE(KeyOrder.SHARED, "userid", "id"),
    ORDERS(KeyOrder.SHARED, "amount", "id"),
    UUID(KeyOrder.RANDOM, "userid", "id"),
    TEXT(KeyOrder.RANDOM, "userid", "code"),
    COMPOSITE(KeyOrder.MIXED, "userid", "customer", "line"),
    GAPPED(KeyOrder.SHARED, "userid", "id"),
    WIDE(KeyOrder.SHARED, "quantity", "id");

    /** How the order of the keys stands to the order of the rows, and the one side's to the other's. */
    public enum KeyOrder {
        /** A bigint in the order of the rows: both sides can be cut alike. */
        SHARED,
        /** One column, in no order. */
        RANDOM,
        /** Several columns, of which one is text. */
        MIXED
    }

    private final KeyOrder keyOrder;
    private final String changing;
    private final List<String> key;

    Shape(KeyOrder keyOrder, String changing, String... key) {
        this.keyOrder = keyOrder;
        this.changing = changing;
        this.key = List.of(key);
    }

    /** What the files are called that make it. */
    public String files() {
        return (this == LOOSE ? RATING : this).toString();
    }

    /** Whether the database promises that no key occurs twice. */
    public boolean isUnique() {
        return this != LOOSE;
    }

    public KeyOrder keyOrder() {
        return keyOrder;
    }

    /** The one column whose values differ, where any do. */
    public String changing() {
        return changing;
    }

    public List<String> key() {
        return key;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
