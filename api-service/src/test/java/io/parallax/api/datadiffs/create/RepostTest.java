package io.parallax.api.datadiffs.create;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parallax.api.ApiDocument;
import io.parallax.api.ServiceTest;
import io.parallax.contract.Codec;
import io.parallax.contract.DiffSpec;
import io.parallax.contract.ErrorType;
import io.parallax.contract.Failure;
import io.parallax.contract.message.Report;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A diff as it is answered can be sent again, whatever has become of it, and asks for the same. */
@QuarkusTest
class RepostTest extends ServiceTest {
    private static final String DIFFS = "/api/v1/datadiffs";
    private static final Pattern RANDOM_PREFIX = Pattern.compile("parallax_[0-9a-f]{16}_");

    /** What tells of one diff alone, or of what has become of it. */
    private static final Set<String> OWN = Set.of(
            "id",
            "status",
            "done",
            "result",
            "result_statuses",
            "diff_stats",
            "affected_columns",
            "strategy",
            "runtime",
            "created_at",
            "updated_at",
            "finished_at",
            "ignored_fields",
            "diff_progress",
            "notes");

    /** Fields of a request besides sources, tables and key; "A" and "B" are sources. */
    static Stream<String> wishes() {
        return Stream.of(
                "{}",
                "{'data_source2_id': 'B', 'algorithm': 'hash'}",
                "{'algorithm': 'fetch_and_compare', 'bisection_factor': 3, 'bisection_threshold': 7}",
                "{'algorithm': 'hashdiff'}",
                "{'algorithm': 'join'}",
                "{'algorithm': 'auto', 'colour': 'red', 'ci_run_id': null}",
                "{'table1': null, 'query1': 'select 1 as id', 'filter1': 'id > 3', 'filter2': 'true'}",
                "{'infer_pk': true, 'pk_columns': null, 'infer_pk_avoid_names': ['A'], 'infer_pk_avoid_types': ['db:int4']}",
                "{'columns_to_compare': ['a', 'b'], 'exclude_columns': ['x'], 'column_mapping': [['a', 'A'], ['id', 'ID']]}",
                "{'include_columns': ['a', 'b'], 'compare_duplicates': false, 'run_profiles': true, 'snapshot': true}",
                "{'time_column': 't', 'time_interval_start': '2026-01-01', 'time_interval_end': '2026-02-01 03:04:05.678+01:30'}",
                "{'time_column': 't', 'time_aggregate': 'week', 'tags': ['a,b', 'c']}",
                "{'sampling_tolerance': 0.00001, 'sampling_confidence': 99.5, 'sampling_max_rows': 10, 'sampling_threshold': 0}",
                "{'sampling_ratio': 1e-7}",
                "{'diff_tolerance': 1e-9, 'tolerance_mode': 'relative', 'datetime_tolerance': 0, 'diff_tolerances_per_column':"
                        + " [{'column_name': 'a', 'tolerance_value': 0.10}, {'column_name': 'b', 'tolerance_value': 5,"
                        + " 'tolerance_mode': 'relative'}]}",
                "{'table_modifiers': ['case_insensitive_strings'], 'sort_array_columns': true, 'compare_duplicates': true}",
                "{'sort_array_columns': ['l'], 'recheck': 0, 'webhook_ids': []}",
                "{'diff_threshold': 5, 'per_column_diff_limit': 6, 'download_limit': 7, 'archived': true}",
                "{'data_source1_session_parameters': {'work_mem': '64MB', 'geqo': false, 'random_page_cost': 1.5}}",
                "{'materialize_dataset1': true, 'materialize_dataset2': true, 'temp_schema_override': 'sales.\"a.b\"'}",
                "{'materialization_destination_id': 'B', 'materialize_without_sampling': true}",
                "{'file1_options': {}, 'column_rules': [], 'time_travel_point1': '', 'execute_as_user': false}");
    }

    @ParameterizedTest
    @MethodSource
    void wishes(String wish) {
        ObjectNode body = body(wish);
        long first = post(body);
        JsonNode answer = diff(first, "");
        assertSame(first, answer);
        assertSame(first, withoutNulls(answer));
        assertSame(first, listed(first));
    }

    @Test
    void takesDiffsInEveryState() {
        for (String wish : List.of("{}", "{'infer_pk': true, 'pk_columns': null}")) {
            long diff = post(body(wish));
            assertSame(diff, diff(diff, ""));
            plan(diff, 1, "v");
            await(() -> assertThat(tasks(diff)).hasSize(1));
            assertSame(diff, diff(diff, ""));
            report(done(tasks(diff).get(0), rows(10)));
            await(() -> assertThat(status(diff)).isEqualTo("done"));
            assertSame(diff, diff(diff, ""));
            JsonNode purged = ApiDocument.parse(client().body("{\"archived\": true, \"purged\": true}")
                    .patch(DIFFS + "/" + diff)
                    .asString());
            assertThat(purged.path("purged").booleanValue()).isTrue();
            assertSame(diff, purged);
        }
    }

    @Test
    void takesDiffsThatFailedOrWereCancelled() {
        long failed = post(body("{}"));
        await(() -> assertThat(planningJobs(failed)).hasSize(1));
        report(new Report.TaskFailed(
                planningJobs(failed).get(0).address(), 1, "w1", new Failure(ErrorType.QUERY_ERROR, "No.")));
        await(() -> assertThat(status(failed)).isEqualTo("failed"));
        assertSame(failed, diff(failed, ""));
        long cancelled = post(body("{}"));
        client().post(DIFFS + "/" + cancelled + "/cancel").then().statusCode(200);
        assertSame(cancelled, diff(cancelled, ""));
    }

    @Test
    void takesTheDocumentedOnes() {
        ApiDocument document = ApiDocument.served();
        long source = newSource("");
        Stream.of("dataDiff", "createDataDiff", "changeDataDiff")
                .flatMap(
                        name -> ApiDocument.examples(
                                document.call(name).operation().at("/responses/200/content/application~1json"))
                                .stream())
                .forEach(example -> {
                    ObjectNode body = example.deepCopy();
                    body.put("data_source1_id", source).put("data_source2_id", source);
                    assertThat(diff(post(body), "").path("ignored_fields")).isEmpty();
                });
    }

    /** Known fields are never ignored. */
    @Test
    void takesWhatWasChangedInAnAnswer() {
        ObjectNode answer = (ObjectNode) diff(post(body("{}")), "");
        for (String word : List.of("hash", "hashdiff", "fetch_and_compare", "auto")) {
            assertThat(diff(post(answer.put("algorithm", word)), "")
                            .path("algorithm_hint")
                            .asText())
                    .isEqualTo(word);
        }
        client().body(answer.put("algorithm", "fast").toString())
                .post(DIFFS)
                .then()
                .statusCode(422)
                .body("detail[0].loc[1]", equalTo("algorithm"));
    }

    /** Where the floats of its sources are tolerated, that is shown as if the request had said so. */
    @Test
    void keepsWhatItsSourcesTolerated() {
        long lax = newSource(", \"float_tolerance\": 0.25");
        ObjectNode body = body("{}");
        body.put("data_source1_id", lax);
        long first = post(body);
        client().body("{\"float_tolerance\": null}")
                .patch("/api/v1/data_sources/" + lax)
                .then()
                .statusCode(200);
        assertSame(first, diff(first, ""));
    }

    private static ObjectNode body(String wish) {
        ObjectNode body = (ObjectNode)
                ApiDocument.parse(
                        """
                {"data_source1_id": "A", "data_source2_id": "A", "table1": ["a"], "table2": ["public", "b"],
                 "pk_columns": ["id"]}""");
        body.setAll((ObjectNode) ApiDocument.parse(wish.replace('\'', '"').replace("\"a.b\"", "\\\"a.b\\\"")));
        long a = newSource("");
        long b = newSource(", \"temp_schema\": \"scratch\"");
        body.properties().forEach(field -> {
            if (field.getKey().endsWith("_id") && field.getValue().isTextual()) {
                body.put(field.getKey(), field.getValue().textValue().equals("A") ? a : b);
            }
        });
        return body;
    }

    private static long post(JsonNode body) {
        Response answer = client().body(body.toString()).post(DIFFS);
        assertThat(answer.statusCode()).as(body + " " + answer.asString()).isEqualTo(200);
        return answer.jsonPath().getLong("id");
    }

    private static JsonNode diff(long id, String query) {
        return ApiDocument.parse(client().get(DIFFS + "/" + id + query).asString());
    }

    private static JsonNode listed(long id) {
        return ApiDocument.parse(client().get(DIFFS + "?id=" + id).asString())
                .path("results")
                .get(0);
    }

    private static JsonNode withoutNulls(JsonNode diff) {
        ObjectNode fewer = diff.deepCopy();
        diff.properties().stream()
                .filter(field -> field.getValue().isNull())
                .forEach(field -> fewer.remove(field.getKey()));
        return fewer;
    }

    /** An answer of a diff, sent again, makes one that is the same but for what has become of it. */
    private void assertSame(long first, JsonNode answer) {
        long second = post(answer);
        JsonNode again = diff(second, "");
        assertThat(again.path("ignored_fields")).isEmpty();
        assertThat(asked(again)).isEqualTo(asked(diff(first, "")));
        assertThat(spec(second)).isEqualTo(spec(first));
    }

    private static JsonNode asked(JsonNode diff) {
        ObjectNode asked = ((ObjectNode) diff.deepCopy()).without(OWN);
        // Which key was found, and that rows are gone, is no wish.
        asked.remove("purged");
        asked.remove("archived");
        return asked.path("infer_pk").asBoolean() ? asked.without("pk_columns") : asked;
    }

    private String spec(long diff) {
        await(() -> assertThat(planningJobs(diff)).isNotEmpty());
        DiffSpec spec = Objects.requireNonNull(planningJobs(diff).get(0).spec());
        return RANDOM_PREFIX.matcher(Codec.text(spec)).replaceAll("");
    }
}
