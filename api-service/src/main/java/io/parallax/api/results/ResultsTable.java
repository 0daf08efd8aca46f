package io.parallax.api.results;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.parallax.api.store.StoredJson;
import io.parallax.contract.Codec;
import io.parallax.contract.tally.DifferingRow.Kind;
import io.parallax.outcome.PlanSummary;
import io.parallax.outcome.rows.KindName;
import io.parallax.outcome.rows.ResultRow;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Differing rows as CSV (RFC 4180): {@code kind}, the key's columns, then {@code <c>_a} and {@code <c>_b} of each
 * compared column, then {@code differs} and {@code shortened}, and {@code remained} where keys were read again. An empty
 * field is NULL, a value that does not differ, or a side without the row; {@code ""} is the empty text. Which of the former
 * two it is {@code differs} tells, the names of the columns that differ in a row of kind {@code value}. Values are never changed, not even those that a spreadsheet would take for formulas.
 */
record ResultsTable(List<String> key, List<String> compared, boolean rechecked) {
    private static final Pattern NEEDS_QUOTES = Pattern.compile("[\",\r\n]");
    private static final String END = "\r\n";

    private static final ObjectMapper MAPPER = Codec.mapper();

    ResultsTable {
        key = List.copyOf(key);
        compared = List.copyOf(compared);
    }

    static ResultsTable of(PlanSummary summary, boolean rechecked) {
        return new ResultsTable(summary.key(), summary.comparedColumns(), rechecked);
    }

    String csv(List<ResultRow> rows) {
        return Stream.concat(Stream.of(header()), rows.stream().map(this::fields))
                .map(fields -> fields.collect(Collectors.joining(",", "", END)))
                .collect(Collectors.joining());
    }

    private Stream<String> header() {
        Stream<String> values = compared.stream().flatMap(name -> Stream.of(name + "_a", name + "_b"));
        return Stream.of(
                        Stream.of("kind"),
                        key.stream(),
                        values,
                        Stream.of("differs", "shortened"),
                        remained("remained"))
                .flatMap(names -> names)
                .map(ResultsTable::text);
    }

    private Stream<String> fields(ResultRow row) {
        JsonNode ofKey = StoredJson.tree(row.key());
        JsonNode values = StoredJson.tree(row.values());
        Stream<JsonNode> ofValues =
                compared.stream().map(values::path).flatMap(sides -> Stream.of(sides.path("a"), sides.path("b")));
        return Stream.of(
                        Stream.of(row.kind()),
                        Stream.concat(key.stream().map(ofKey::path), ofValues).map(ResultsTable::field),
                        Stream.of(names(differing(row, values)), names(row.shortened())),
                        remained(row.remained() == null ? "" : row.remained().toString()))
                .flatMap(fields -> fields);
    }

    /** In the order of the columns. */
    private List<String> differing(ResultRow row, JsonNode values) {
        return row.kind().equals(KindName.of(Kind.VALUE))
                ? compared.stream().filter(values::has).toList()
                : List.of();
    }

    private Stream<String> remained(String field) {
        return rechecked ? Stream.of(field) : Stream.empty();
    }

    /** A JSON array, as names may hold any character. */
    private static String names(List<String> columns) {
        return columns.isEmpty()
                ? ""
                : text(MAPPER.<JsonNode>valueToTree(columns).toString());
    }

    private static String field(JsonNode value) {
        if (value.isMissingNode() || value.isNull()) {
            return "";
        }
        return text(value.isContainerNode() ? value.toString() : value.asText());
    }

    private static String text(String text) {
        return text.isEmpty() || NEEDS_QUOTES.matcher(text).find() ? '"' + text.replace("\"", "\"\"") + '"' : text;
    }
}
