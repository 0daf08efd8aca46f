package io.parallax.engine.schema;

import java.util.List;

/**
 * How a table lies in its database; datasets without one are views and queries.
 *
 * @param pages disk pages, its partitions' included
 * @param rows about how many rows lie on them, filter or not
 */
public record Storage(long pages, double rows, List<Index> indexes) {
    public Storage {
        indexes = List.copyOf(indexes);
    }
}
