package io.parallax.contract.message;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one dataset holds.
 *
 * @param rows of it, after filter and times
 * @param columns all that are looked at, in the dataset's order
 */
public record Profile(long rows, List<Column> columns) {
    public Profile {
        columns = List.copyOf(columns);
    }

    /**
     * One of its columns.
     *
     * @param type the database's own word
     * @param nulls rows in which it is NULL
     * @param least the least value as text, texts by code points and cut off; null where there is none, or no order
     * @param greatest likewise the greatest one
     */
    public record Column(
            String name,
            String type,
            long nulls,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String least,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String greatest) {}
}
