package io.parallax.outcome.rows;

import io.parallax.contract.tally.DifferingRow;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What a row's rank must be below to be among the lowest ones; there is no limit where too few are known. */
public record RowLimits(Map<Place, Long> limits) {
    /** The place of all rows of a kind. */
    private static final String WHOLE_KIND = "";

    public RowLimits {
        limits = Map.copyOf(limits);
    }

    /** Where a row may be among the lowest ranks: in its kind, and in each column that differs. */
    public record Place(DifferingRow.Kind kind, String name) {}

    public boolean allow(DifferingRow row) {
        return Stream.concat(Stream.of(WHOLE_KIND), columns(row).stream()).anyMatch(name -> {
            Long limit = limits.get(new Place(row.kind(), name));
            return limit == null || row.rank() < limit;
        });
    }

    /** The columns that differ; none for all kinds but {@link DifferingRow.Kind#VALUE}. */
    public static List<String> columns(DifferingRow row) {
        return row.kind() == DifferingRow.Kind.VALUE
                ? StreamSupport.stream(((Iterable<String>) row.values()::fieldNames).spliterator(), false)
                        .toList()
                : List.of();
    }
}
