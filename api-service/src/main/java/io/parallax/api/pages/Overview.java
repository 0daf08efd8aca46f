package io.parallax.api.pages;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** A diff in short, as a page. */
final class Overview {
    /** Figures of {@code diff_stats}, and their words. */
    private static final Map<String, String> FIGURES = Map.of(
            "table_a_row_count", "Rows of A",
            "table_b_row_count", "Rows of B",
            "rows_removed", "Keys of A only",
            "rows_added", "Keys of B only",
            "diff_rows_count", "Rows that differ");

    private static final List<String> ORDER =
            List.of("table_a_row_count", "table_b_row_count", "rows_removed", "rows_added", "diff_rows_count");

    private Overview() {}

    /** The page of a diff's summary, as the API answers it. */
    static Html of(JsonNode summary) {
        List<List<String>> rows = new ArrayList<>();
        add(rows, "Status", summary.path("status"));
        add(rows, "Result", summary.path("result"));
        rows.add(List.of("Side A", side(summary, 1)));
        rows.add(List.of("Side B", side(summary, 2)));
        rows.add(List.of("Key", joined(summary.path("pk_columns"), ", ")));
        ORDER.forEach(name -> add(
                rows,
                FIGURES.getOrDefault(name, name),
                summary.path("diff_stats").path(name)));
        add(rows, "Created", summary.path("created_at"));
        add(rows, "Finished", summary.path("finished_at"));
        Html page = new Html("Diff " + summary.path("id").asText())
                .paragraph(summary.path("feedback").asText())
                .table(rows);
        summary.path("notes").forEach(note -> page.paragraph(note.asText()));
        return page;
    }

    private static void add(List<List<String>> rows, String word, JsonNode value) {
        if (!value.isMissingNode() && !value.isNull()) {
            rows.add(List.of(word, value.asText()));
        }
    }

    private static String side(JsonNode summary, int side) {
        String table = joined(summary.path("table" + side), ".");
        String source = summary.path("data_source" + side + "_name").asText("");
        return (table.isEmpty() ? "a query" : table)
                + (source.isEmpty() || source.equals("null") ? "" : " in " + source);
    }

    private static String joined(JsonNode names, String between) {
        return names.isArray()
                ? StreamSupport.stream(names.spliterator(), false)
                        .map(JsonNode::asText)
                        .collect(Collectors.joining(between))
                : names.isTextual() ? names.asText() : "";
    }
}
