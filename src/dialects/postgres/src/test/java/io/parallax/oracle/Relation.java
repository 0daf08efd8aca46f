package io.parallax.oracle;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One side as read: every value as PostgreSQL prints it (ISO dates, UTC, intervals in postgres style, bytea in hex), NULL as null.
 *
 * @param rows values in the order of the columns
 */
public record Relation(List<Column> columns, List<List<@Nullable String>> rows) {
    public Relation {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
    }
}
