package io.parallax.bench.server;

import com.fasterxml.jackson.databind.JsonNode;
import io.parallax.bench.table.Known;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * The counts of a summary; -1 for one that is missing.
 *
 * @param column the one whose values may differ
 */
record Answer(
        List<Long> totalRows,
        List<Long> nulls,
        List<Long> dupes,
        List<Long> distincts,
        List<Long> exclusives,
        long comparedRows,
        long rowsWithDifferences,
        long valuesWithDifferences,
        String column,
        long valuesDifferentInColumn) {

    static Answer expected(Known known, String column) {
        return new Answer(
                both(known.rows()),
                both(0),
                both(0),
                both(known.rows()),
                both(known.exclusives()),
                known.shared(),
                known.changed(),
                known.changed(),
                column,
                known.changed());
    }

    static Answer of(JsonNode summary, String column) {
        JsonNode pks = summary.path("pks");
        JsonNode values = summary.path("values");
        return new Answer(
                pair(pks, "total_rows"),
                pair(pks, "nulls"),
                pair(pks, "dupes"),
                pair(pks, "distincts"),
                pair(pks, "exclusives"),
                values.path("total_rows").asLong(-1),
                values.path("rows_with_differences").asLong(-1),
                values.path("values_with_differences").asLong(-1),
                column,
                different(values.path("columns_diff_stats"), column));
    }

    private static long different(JsonNode columns, String column) {
        return StreamSupport.stream(columns.spliterator(), false)
                .filter(entry -> entry.path("column_name").asText().equals(column))
                .mapToLong(entry -> entry.path("values_different").asLong(-1))
                .findFirst()
                .orElse(-1);
    }

    private static List<Long> both(long count) {
        return List.of(count, count);
    }

    private static List<Long> pair(JsonNode pks, String field) {
        return List.of(
                pks.path(field).path(0).asLong(-1), pks.path(field).path(1).asLong(-1));
    }
}
