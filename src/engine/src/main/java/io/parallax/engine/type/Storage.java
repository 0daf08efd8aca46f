package io.parallax.engine.type;

import java.util.List;

/**
 * How a table lies in its database; datasets without one are views and queries.
 *
 * @param leafPages the pages of each partition; of the table itself where it has none
 * @param pageRanges whether the database can read some of the pages alone
 * @param rows about how many rows lie on them, filter or not
 * @param bytes what all takes on disk, values that are kept elsewhere included
 */
public record Storage(List<Long> leafPages, boolean pageRanges, double rows, long bytes, List<Index> indexes) {
    public Storage {
        leafPages = List.copyOf(leafPages);
        indexes = List.copyOf(indexes);
    }

    /** Disk pages, its partitions' included. */
    public long pages() {
        return leafPages.stream().mapToLong(Long::longValue).sum();
    }
}
