package io.parallax.endtoend.requests;

import com.fasterxml.jackson.databind.JsonNode;
import io.parallax.oracle.Figures;
import io.parallax.oracle.Figures.Layout;
import io.parallax.oracle.Figures.Pair;
import io.parallax.oracle.TimedFigures;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Reads the figures of {@code summary_results}. */
final class Answer {
    private Answer() {}

    static Figures figures(JsonNode summary) {
        JsonNode pks = summary.path("pks");
        JsonNode values = summary.path("values");
        Map<String, Long> differences = differences(values.path("columns_diff_stats"));
        return new Figures(
                pair(pks.path("total_rows")),
                pair(pks.path("nulls")),
                pair(pks.path("dupes")),
                pair(pks.path("distincts")),
                pair(pks.path("exclusives")),
                values.path("total_rows").asLong(-1),
                values.path("rows_with_differences").asLong(-1),
                differences,
                layout(summary.path("schema"), List.copyOf(differences.keySet())),
                timeline(summary));
    }

    static Pair pair(JsonNode both) {
        return new Pair(both.path(0).asLong(-1), both.path(1).asLong(-1));
    }

    static List<String> texts(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    /** ISO 8601 as requests have it. */
    static OffsetDateTime time(String text) {
        String full = text.length() == 10 ? text + "T00:00" : text.replace(' ', 'T');
        return full.matches(".*(Z|[+]\\d\\d:\\d\\d)")
                ? OffsetDateTime.parse(full)
                : LocalDateTime.parse(full).atOffset(ZoneOffset.UTC);
    }

    private static Map<String, Long> differences(JsonNode columns) {
        Map<String, Long> differences = new LinkedHashMap<>();
        columns.forEach(column -> differences.put(
                column.path("column_name").asText(),
                column.path("values_different").asLong(-1)));
        return differences;
    }

    private static Layout layout(JsonNode schema, List<String> compared) {
        return new Layout(
                pair(schema.path("column_counts")),
                pair(schema.path("columns_mismatched")),
                compared,
                texts(schema.path("column_type_differs")),
                schema.path("column_reorders").asInt(-1),
                texts(schema.path("exclusive_columns").path(0)),
                texts(schema.path("exclusive_columns").path(1)));
    }

    private static @Nullable TimedFigures timeline(JsonNode summary) {
        if (!summary.has("timeline")) {
            return null;
        }
        Map<@Nullable Long, TimedFigures.Bucket> buckets = new HashMap<>();
        for (JsonNode bucket : summary.path("timeline").path("buckets")) {
            Pair exclusives = pair(bucket.path("exclusives"));
            buckets.put(
                    bucket.path("start").isNull()
                            ? null
                            : OffsetDateTime.parse(bucket.path("start").asText())
                                    .toEpochSecond(),
                    new TimedFigures.Bucket(
                            bucket.path("compared_rows").asLong(-1),
                            exclusives.a(),
                            exclusives.b(),
                            differences(bucket.path("columns"))));
        }
        return new TimedFigures(buckets, new Pair(0, 0));
    }
}
