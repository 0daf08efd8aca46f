package io.parallax.engine.type;

import java.util.List;

/**
 * An index that ranges can be read by.
 *
 * @param columns its columns in order, up to the first that is no plain column in its own order
 * @param unique true when no two rows have the same values in {@code columns}, NULLs aside
 */
public record Index(List<String> columns, boolean unique) {
    public Index {
        columns = List.copyOf(columns);
    }
}
