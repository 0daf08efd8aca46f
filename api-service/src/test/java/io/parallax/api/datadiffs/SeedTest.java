package io.parallax.api.datadiffs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parallax.api.ServiceTest;
import io.parallax.contract.message.CompareTask;
import io.parallax.contract.tally.Sides;
import io.parallax.contract.tally.Tally;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The example of the API's own document, through REST, ledger and messages. */
@QuarkusTest
public class SeedTest extends ServiceTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    public static final String EXAMPLE =
            """
            {
            "status": "success",
            "pks": {
            "total_rows": [1509, 1761],
            "nulls": [0, 0],
            "dupes": [0, 303],
            "exclusives": [0, 5],
            "distincts": [1509, 1514]
            },
            "values": {
            "total_rows": 1453,
            "rows_with_differences": 0,
            "total_values": 10171,
            "values_with_differences": 0,
            "compared_columns": 7,
            "columns_with_differences": 0
            },
            "dependencies": {
            "deps": {}
            },
            "schema": {
            "columns_mismatched": [0, 0],
            "column_type_mismatches": 0,
            "column_reorders": 0,
            "column_counts": [8, 8]
            }
            }""";

    private static final String COLUMNS = Stream.of("a", "b", "c", "d", "e", "f", "g")
            .map(name -> "{\"column_name\": \"%s\", \"match\": 100.0, \"values_different\": 0}".formatted(name))
            .toList()
            .toString();

    @Test
    public void answersTheExampleFieldByField() throws Exception {
        // Given a diff whose plan has two tasks
        long source = newSource("");
        long diff = newDiff(source, source);
        summary(diff).body(equalTo("{\"status\":\"waiting\"}"));
        plan(diff, 2, "a", "b", "c", "d", "e", "f", "g");
        await(() -> assertThat(tasks(diff)).hasSize(2));
        summary(diff).body(equalTo("{\"status\":\"running\"}"));

        // When both are done
        List<CompareTask> tasks = tasks(diff);
        report(done(
                tasks.get(0), part(Sides.of(1000, 1252), Sides.of(0, 303), Sides.of(1000, 1005), Sides.of(0, 5), 944)));
        report(done(tasks.get(1), part(Sides.of(509, 509), Sides.ZERO, Sides.of(509, 509), Sides.ZERO, 509)));

        // Then
        await(() -> assertThat(status(diff)).isEqualTo("done"));
        JsonNode answer = MAPPER.readTree(summary(diff).extract().asString());
        assertThat(((ObjectNode) answer.get("values")).remove("columns_diff_stats"))
                .isEqualTo(MAPPER.readTree(COLUMNS));
        assertThat(((ObjectNode) answer.get("schema")).remove("column_type_differs"))
                .isEmpty();
        assertThat(((ObjectNode) answer.get("schema")).remove("exclusive_columns"))
                .isEqualTo(MAPPER.readTree("[[], []]"));
        assertThat(answer).isEqualTo(MAPPER.readTree(EXAMPLE));
    }

    private static Tally part(Sides rows, Sides dupes, Sides distincts, Sides exclusives, long compared) {
        return new Tally(
                rows, Sides.ZERO, dupes, distincts, exclusives, compared, 0, List.of(0L, 0L, 0L, 0L, 0L, 0L, 0L));
    }
}
