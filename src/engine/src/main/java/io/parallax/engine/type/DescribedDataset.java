package io.parallax.engine.type;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A dataset as its database describes it.
 *
 * @param dialect the id of the dialect that {@code from} and {@code filter} are written in
 * @param from what stands after FROM, guarded
 * @param filter what stands after WHERE, guarded, or null
 * @param storage null when there is none to know of
 * @param access null for a query
 */
public record DescribedDataset(
        String dialect,
        String from,
        @Nullable String filter,
        List<Column> columns,
        @Nullable Storage storage,
        @Nullable Access access) {
    /** Whose rights are not known. */
    public DescribedDataset(
            String dialect, String from, @Nullable String filter, List<Column> columns, @Nullable Storage storage) {
        this(dialect, from, filter, columns, storage, null);
    }

    public DescribedDataset {
        columns = List.copyOf(columns);
    }

    /** Only the rows of it that meet this condition, too. */
    public DescribedDataset filteredBy(String condition) {
        return new DescribedDataset(
                dialect,
                from,
                filter == null ? condition : "(\n" + filter + "\n) and " + condition,
                columns,
                storage,
                access);
    }

    /** The same of a copy of some of its columns: the others are there, and cannot be read. */
    public DescribedDataset copiedFrom(DescribedDataset original) {
        return new DescribedDataset(
                dialect,
                from,
                filter,
                original.columns.stream()
                        .map(column -> column(column.name()).orElse(column.readable(false)))
                        .toList(),
                storage,
                original.access);
    }

    /** The query of its rows. */
    public String rows(String columns) {
        return "select " + columns + " from " + from + (filter == null ? "" : " where (\n" + filter + "\n)");
    }

    public Optional<Column> column(String name) {
        return columns.stream().filter(column -> column.name().equals(name)).findFirst();
    }
}
