package io.parallax.contract;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One side of a diff as the client named it.
 *
 * @param table path parts, 1 to 3, case-sensitive; null when {@code query} is given
 * @param query a SELECT; null when {@code table} is given
 * @param filter SQL after WHERE, or null
 * @param settings settings of the sessions that read it, by name; null for none
 */
public record Dataset(
        @Nullable List<String> table,
        @Nullable String query,
        @Nullable String filter,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Map<String, String> settings) {
    public Dataset {
        if ((table == null) == (query == null)) {
            throw new IllegalArgumentException("a dataset is a table or a query");
        }
        table = table == null ? null : List.copyOf(table);
        settings = settings == null ? null : Map.copyOf(settings);
    }

    /** With no settings. */
    public Dataset(@Nullable List<String> table, @Nullable String query, @Nullable String filter) {
        this(table, query, filter, null);
    }
}
