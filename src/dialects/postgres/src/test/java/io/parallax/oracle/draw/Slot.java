package io.parallax.oracle.draw;

import io.parallax.oracle.Type;
import org.jspecify.annotations.Nullable;

/**
 * A column name and what either side keeps under it.
 *
 * @param a null where A has no such column
 * @param b null where B has no such column
 */
record Slot(String name, @Nullable Spot a, @Nullable Spot b) {
    boolean shared() {
        return a != null && b != null && a.kind == b.kind;
    }

    /** The kind of both sides, or of the only one. */
    Kind kind() {
        Spot spot = a == null ? b : a;
        if (spot == null) {
            throw new IllegalStateException("no side has " + name);
        }
        return spot.kind;
    }

    /** One side's column: {@code collation} is null for the database's own. */
    record Spot(Kind kind, Type type, @Nullable String collation) {}
}
