package io.parallax.standalone.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** A diff's summary in words. */
final class SummaryText {
    private static final String ROW = "  %-34s%12s%12s%n";

    private SummaryText() {}

    /** All figures, side by side. */
    static String table(DemoDiff diff, long id, JsonNode summary) {
        JsonNode keys = summary.path("pks");
        return title(diff, id)
                + ROW.formatted("", "production", "replica")
                + row("rows", keys.path("total_rows"))
                + row("distinct keys", keys.path("distincts"))
                + row("rows whose key is there repeatedly", keys.path("dupes"))
                + row("rows without a key", keys.path("nulls"))
                + row("keys that the other side lacks", keys.path("exclusives"))
                + row("columns", summary.path("schema").path("column_counts"))
                + values(summary.path("values"));
    }

    /** What differs, in a few lines. */
    static String brief(DemoDiff diff, long id, JsonNode summary) {
        JsonNode keys = summary.path("pks");
        JsonNode schema = summary.path("schema");
        return title(diff, id)
                + values(summary.path("values"))
                + "  by column: %s%n".formatted(byColumn(summary.path("values").path("columns_diff_stats")))
                + "  keys only here: %s; rows with a repeated key: %s; rows without a key: %s%n"
                        .formatted(pair(keys.path("exclusives")), pair(keys.path("dupes")), pair(keys.path("nulls")))
                + "  columns without a partner: %s; of another type: %s; moved: %s%n"
                        .formatted(
                                pair(schema.path("columns_mismatched")),
                                schema.path("column_type_mismatches"),
                                schema.path("column_reorders"));
    }

    private static String title(DemoDiff diff, long id) {
        return "Diff %d: production.%s and replica.%s by %s%n".formatted(id, diff.table(), diff.table(), diff.key());
    }

    private static String row(String name, JsonNode pair) {
        return ROW.formatted(name, pair.path(0).asText(), pair.path(1).asText());
    }

    private static String values(JsonNode values) {
        return "  %s rows compared in %s columns: %s rows differ, in %s of %s values%n"
                .formatted(
                        values.path("total_rows"),
                        values.path("compared_columns"),
                        values.path("rows_with_differences"),
                        values.path("values_with_differences"),
                        values.path("total_values"));
    }

    private static String byColumn(JsonNode columns) {
        List<String> differing = new ArrayList<>();
        for (JsonNode column : columns) {
            if (column.path("values_different").asLong() > 0) {
                differing.add(column.path("column_name").asText() + " " + column.path("values_different"));
            }
        }
        return String.join(", ", differing);
    }

    private static String pair(JsonNode pair) {
        return pair.path(0).asText() + " and " + pair.path(1).asText();
    }
}
