package io.parallax.endtoend.requests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parallax.oracle.Column;
import io.parallax.oracle.Family;
import io.parallax.oracle.Figures;
import io.parallax.oracle.Forgiveness;
import io.parallax.oracle.Oracle;
import io.parallax.oracle.Relation;
import io.parallax.oracle.TimeUnit;
import io.parallax.oracle.Type;
import io.parallax.oracle.Wishes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A test of the test: no wrong figure of an answer is overlooked. */
class SummaryCheckTest {
    private static final String ANSWER =
            """
            {"status": "success",
             "pks": {"total_rows": [5, 4], "nulls": [1, 0], "dupes": [0, 2], "exclusives": [1, 0], "distincts": [4, 3]},
             "values": {"total_rows": 2, "rows_with_differences": 1, "total_values": 4, "values_with_differences": 1,
                        "compared_columns": 2, "columns_with_differences": 1,
                        "columns_diff_stats": [{"column_name": "t", "match": 100.0, "values_different": 0},
                                               {"column_name": "v", "match": 50.0, "values_different": 1}]},
             "schema": {"columns_mismatched": [2, 2], "column_type_mismatches": 1, "column_reorders": 1,
                        "column_counts": [5, 5], "column_type_differs": ["w"], "exclusive_columns": [["a"], ["b"]]},
             "timeline": {"time_aggregate": "day", "buckets": [
                {"start": "2024-01-01T00:00:00.000000+00:00", "compared_rows": 2, "exclusives": [0, 0],
                 "columns": [{"column_name": "v", "values_different": 1, "share": 0.5}]},
                {"start": null, "compared_rows": 0, "exclusives": [1, 0], "columns": []}]}}""";

    private static final Wishes BY_DAY =
            new Wishes(Map.of(), Forgiveness.NONE, Map.of(), null, new Wishes.Times("t", TimeUnit.DAY), false, false);

    private final ObjectNode answer = (ObjectNode) BadValue.json(ANSWER);

    private static final Column K = new Column("k", Type.of("integer", Family.NUMBER));
    private static final Column T = new Column("t", Type.of("timestamp", Family.TIMESTAMP));
    private static final Column V = new Column("v", Type.of("text", Family.TEXT));
    private static final Column W = new Column("w", Type.of("text", Family.TEXT));

    private static Figures expected() {
        Relation a = new Relation(
                List.of(K, T, V, W, new Column("a", V.type())),
                List.of(
                        row("1", "2024-01-01 10:00:00", "same", null, null),
                        row("2", "2024-01-01 11:00:00", "a", null, null),
                        row("3", null, "only a", null, null),
                        row("4", "2024-01-02 00:00:00", "twice in b", null, null),
                        row(null, null, null, null, null)));
        Relation b = new Relation(
                List.of(T, K, V, new Column("w", K.type()), new Column("b", V.type())),
                List.of(
                        row("2024-01-01 10:00:00", "1", "same", null, null),
                        row("2024-01-01 11:00:00", "2", "b", null, null),
                        row(null, "4", null, null, null),
                        row(null, "4", null, null, null)));
        return Oracle.compare(a, b, List.of("k"), List.of(), List.of(), BY_DAY);
    }

    private static List<String> row(String... values) {
        return Arrays.asList(values);
    }

    private static List<String> mismatches(JsonNode summary) {
        ObjectNode body = (ObjectNode) BadValue.json("{\"time_aggregate\": \"day\"}");
        Combination combination =
                new Combination(body, null, null, List.of("k"), List.of(), List.of(), List.of(), BY_DAY, null);
        Mismatches mismatches = new Mismatches();
        try {
            new SummaryCheck(mismatches, combination, expected()).check(summary);
        } catch (IllegalArgumentException e) {
            return List.of(e.toString());
        }
        return mismatches.found();
    }

    @Test
    void acceptsTheRightAnswer() {
        assertThat(mismatches(answer)).isEmpty();
    }

    @Test
    void overlooksNoNumber() {
        List<Consumer<Integer>> numbers = numbers(answer).toList();
        assertThat(numbers).hasSize(34);
        for (int i = 0; i < numbers.size(); i++) {
            numbers.get(i).accept(1);
            assertThat(mismatches(answer)).as("number %d of %s", i, answer).isNotEmpty();
            numbers.get(i).accept(-1);
        }
    }

    @Test
    void overlooksNoName() {
        for (String name : List.of("\"t\"", "\"v\"", "\"w\"", "\"a\"", "\"b\"", "\"day\"", "\"2024-01-01")) {
            JsonNode other =
                    BadValue.json(ANSWER.replace(name, name.equals("\"2024-01-01") ? "\"2024-01-02" : "\"x\""));
            assertThat(mismatches(other)).as(name).isNotEmpty();
        }
    }

    /** Each adds to a number somewhere in it. */
    private static Stream<Consumer<Integer>> numbers(JsonNode node) {
        List<Consumer<Integer>> numbers = new ArrayList<>();
        if (node instanceof ObjectNode object) {
            object.fieldNames().forEachRemaining(name -> {
                if (object.get(name).isNumber()) {
                    numbers.add(more -> add(object, name, more));
                }
            });
        }
        if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                int index = i;
                if (array.get(i).isNumber()) {
                    numbers.add(more -> array.set(index, array.get(index).asInt() + more));
                }
            }
        }
        List<Stream<Consumer<Integer>>> inner = new ArrayList<>();
        node.forEach(child -> inner.add(numbers(child)));
        return Stream.concat(numbers.stream(), inner.stream().flatMap(all -> all));
    }

    private static void add(ObjectNode object, String name, int more) {
        if (object.get(name).isIntegralNumber()) {
            object.put(name, object.get(name).asLong() + more);
        } else {
            object.put(name, object.get(name).asDouble() + more);
        }
    }
}
