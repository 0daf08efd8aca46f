package io.parallax.contract;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One side of a diff as the client named it.
 *
 * @param table path parts, 1 to 3, case-sensitive; null when {@code query} is given
 * @param query a SELECT; null when {@code table} is given
 * @param filter SQL after WHERE, or null
 */
public record Dataset(@Nullable List<String> table, @Nullable String query, @Nullable String filter) {
    public Dataset {
        if ((table == null) == (query == null)) {
            throw new IllegalArgumentException("a dataset is a table or a query");
        }
        table = table == null ? null : List.copyOf(table);
    }
}
