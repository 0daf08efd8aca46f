package io.parallax.api.datadiffs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.parallax.api.ServiceTest;
import io.parallax.contract.Codec;
import io.parallax.contract.Dataset;
import io.parallax.contract.DiffSpec;
import io.parallax.contract.EqualityRules;
import io.parallax.contract.EqualityRules.Tolerance;
import io.parallax.contract.ErrorType;
import io.parallax.contract.Failure;
import io.parallax.contract.Hints;
import io.parallax.contract.KeySearch;
import io.parallax.contract.Sampling;
import io.parallax.contract.TimeClip;
import io.parallax.contract.message.Report;
import io.parallax.contract.tally.Sides;
import io.parallax.contract.tally.Tally;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What clients send and read about diffs. */
@QuarkusTest
class DatadiffsTest extends ServiceTest {
    /** The body of the API's own document; its sources stand in for the two 1s. */
    private static final String EXAMPLE =
            """
            {
            "data_source1_id": %d, "data_source2_id": %d,
            "table1": ["DATABASE", "SCHEMA", "TABLE_1"],
            "table2": ["DATABASE", "SCHEMA", "TABLE_2"],
            "query1": null, "query2": null,
            "materialize_dataset1": false, "materialize_dataset2": false,
            "materialization_destination_id": null, "materialize_without_sampling": false,
            "pk_columns": ["PRIMARY_KEY"],
            "include_columns": null, "exclude_columns": null,
            "time_column": null, "time_aggregate": null,
            "filter1": null, "filter2": null,
            "time_travel_point1": null, "time_travel_point2": null,
            "time_interval_start": null, "time_interval_end": null,
            "sampling_tolerance": null, "sampling_confidence": null, "sampling_threshold": null,
            "diff_tolerances_per_column": null
            }""";

    /** Every field of the request, with its default. */
    private static final String DEFAULTS =
            """
            {"query1": null, "query2": null, "file1": null, "file2": null, "file1_options": null,
             "file2_options": null, "materialize_dataset1": false, "materialize_dataset2": false,
             "materialization_destination_id": null, "materialize_without_sampling": false, "infer_pk": false,
             "infer_pk_avoid_names": null, "infer_pk_avoid_types": null, "include_columns": [],
             "exclude_columns": [], "columns_to_compare": null, "column_mapping": null, "column_rules": null,
             "time_column": null, "time_aggregate": null, "time_interval_start": null, "time_interval_end": null,
             "time_travel_point1": null, "time_travel_point2": null, "filter1": null, "filter2": null,
             "sampling_tolerance": null, "sampling_confidence": null, "sampling_ratio": null,
             "sampling_max_rows": null, "sampling_threshold": null, "diff_tolerance": null, "tolerance_mode": null,
             "datetime_tolerance": null, "diff_tolerances_per_column": null, "table_modifiers": null,
             "compare_duplicates": null, "sort_array_columns": null, "per_column_diff_limit": null,
             "download_limit": null, "diff_threshold": null, "bisection_factor": null, "bisection_threshold": null,
             "tags": null, "archived": false, "purged": false, "run_profiles": false,
             "data_source1_session_parameters": null, "data_source2_session_parameters": null,
             "temp_schema_override": null, "webhook_ids": null, "execute_as_user": false, "snapshot": false, "recheck": null,
             "algorithm": "join", "algorithm_hint": null, "strategy": null, "status": "waiting", "source": "api", "done": false, "result": null,
             "result_statuses": null, "diff_stats": null, "affected_columns": null, "runtime": null,
             "finished_at": null, "ignored_fields": [], "notes": []}""";

    private static ValidatableResponse post(String body) {
        return client().body(body).post("/api/v1/datadiffs").then();
    }

    private static String minimal(long source, String more) {
        return """
                {"data_source1_id": %d, "data_source2_id": %d, "table1": ["a"], "table2": ["b"],
                 "pk_columns": ["id"] %s}"""
                .formatted(source, source, more);
    }

    @Test
    void answersTheExampleWithTheWholeObject() {
        long source = newSource("");
        Map<String, Object> answer = post(EXAMPLE.formatted(source, source))
                .statusCode(200)
                .body("created_at", matchesPattern("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}\\+00:00"))
                .extract()
                .jsonPath()
                .getMap("");
        assertThat(answer)
                .containsAllEntriesOf(new JsonPath(DEFAULTS).getMap(""))
                .containsEntry("table1", List.of("DATABASE", "SCHEMA", "TABLE_1"))
                .containsEntry("pk_columns", List.of("PRIMARY_KEY"))
                .containsEntry("data_source1_id", (int) source)
                .containsEntry("kind", "in_db")
                .containsEntry("user_id", 1)
                .containsKeys("id", "updated_at");
        // Nothing undocumented: the defaults, and the 9 that differ from request to request.
        assertThat(answer).hasSize(new JsonPath(DEFAULTS).getMap("").size() + 10);
    }

    @Test
    void takesWhatTheCommandLineToolSends() {
        long source = newSource("");
        long other = newSource("");
        post("""
                {"data_source1_id": %d, "data_source2_id": %d, "table1": ["public", "a"], "table2": ["public", "b"],
                 "pk_columns": ["id"], "filter1": null, "filter2": null, "include_columns": [],
                 "exclude_columns": null}"""
                        .formatted(source, other))
                .statusCode(200)
                .body("kind", equalTo("cross_db"))
                .body("include_columns", equalTo(List.of()));
    }

    @Test
    void keepsWhatItIsAsked() {
        long source = newSource("");
        int id =
                post("""
                {"data_source1_id": %d, "data_source2_id": %d, "query1": "select 1 as id", "table2": ["Ünï", "b'\\"c"],
                 "pk_columns": ["id", "Day"], "filter1": "id > 3", "filter2": "true",
                 "include_columns": ["x"], "exclude_columns": ["y"], "tags": ["nightly"]}"""
                                .formatted(source, source))
                        .statusCode(200)
                        .extract()
                        .jsonPath()
                        .getInt("id");
        diff(id).body("query1", equalTo("select 1 as id"))
                .body("table1", nullValue())
                .body("table2", equalTo(List.of("Ünï", "b'\"c")))
                .body("pk_columns", equalTo(List.of("id", "Day")))
                .body("filter1", equalTo("id > 3"))
                .body("include_columns", equalTo(List.of("x")))
                .body("exclude_columns", equalTo(List.of("y")))
                .body("tags", equalTo(List.of("nightly")));
        await(() -> assertThat(planningJobs(id)).hasSize(1));
        assertThat(planningJobs(id).get(0).spec())
                .satisfies(spec -> assertThat(spec.a().query()).isEqualTo("select 1 as id"))
                .satisfies(spec -> assertThat(spec.b().table()).containsExactly("Ünï", "b'\"c"))
                .satisfies(spec -> assertThat(spec.a().filter()).isEqualTo("id > 3"))
                .satisfies(spec -> assertThat(spec.b().filter()).isEqualTo("true"))
                .satisfies(spec -> assertThat(spec.include()).containsExactly("x"))
                .satisfies(spec -> assertThat(spec.exclude()).containsExactly("y"));
    }

    @Test
    void asksWorkersForSnapshotsWhereTheClientDoes() {
        long source = newSource("");
        int wished = post(minimal(source, ", \"snapshot\": true"))
                .statusCode(200)
                .extract()
                .jsonPath()
                .getInt("id");
        long other = newDiff(source, source);
        diff(wished).body("snapshot", equalTo(true));
        await(() -> assertThat(planningJobs(wished)).hasSize(1));
        await(() -> assertThat(planningJobs(other)).hasSize(1));
        assertThat(planningJobs(wished).get(0).spec().snapshot()).isTrue();
        assertThat(planningJobs(other).get(0).spec().snapshot()).isNull();
    }

    @Test
    void documentsTheFieldsOfItsOwn() {
        client().get("/q/openapi?format=json")
                .then()
                .body("components.schemas.DiffRequest.properties.snapshot.type", hasItems("boolean"))
                .body("components.schemas.DiffRequest.properties.recheck.maximum", equalTo(3600))
                .body(
                        "components.schemas.SummaryRecheck.properties.keySet()",
                        hasItems("after_seconds", "keys_rechecked", "keys_remaining", "by_kind", "complete"))
                .body("components.schemas.ResultRow.properties.keySet()", hasItems("remained"))
                .body("components.schemas.SummaryRead.properties.keySet()", hasItems("consistency", "from", "to"))
                .body("components.schemas.SummaryResults.properties.reads.type", equalTo("array"));
    }

    @Test
    void listsFieldsThatNobodyKnows() {
        post(minimal(newSource(""), ", \"colour\": \"red\", \"ci_run_id\": null"))
                .statusCode(200)
                .body("ignored_fields", equalTo(List.of("colour", "ci_run_id")));
    }

    static Stream<String> notYet() {
        return Stream.of("\"file1_options\": {\"x\": 1}", "\"file2_options\": {\"x\": 1}");
    }

    @ParameterizedTest
    @MethodSource
    void notYet(String field) {
        post(minimal(newSource(""), ", " + field))
                .statusCode(422)
                .body("detail", hasSize(1))
                .body("detail[0].loc[1]", equalTo(field.substring(1, field.indexOf("\":"))))
                .body("detail[0].msg", containsString("not supported yet"))
                .body("detail[0].type", equalTo("unsupported"));
    }

    @Test
    void refusesFieldsThatDoNotGoTogether() {
        long source = newSource("");
        long other = newSource("");
        String both = minimal(source, "");
        assertFaults(both, ", \"infer_pk\": true", "pk_columns conflict");
        assertFaults(
                both, ", \"include_columns\": [\"a\"], \"columns_to_compare\": [\"b\"]", "columns_to_compare conflict");
        assertFaults(both, ", \"time_interval_start\": \"2026-01-01\"", "time_column missing");
        assertFaults(both, ", \"sampling_tolerance\": 0.1", "sampling_confidence missing");
        assertFaults(both, ", \"time_aggregate\": \"day\"", "time_column missing");
        assertFaults(both, ", \"diff_threshold\": 5, \"sampling_ratio\": 0.5", "diff_threshold conflict");
        assertFaults(both, ", \"download_limit\": 5, \"recheck\": 5", "recheck conflict");
        assertFaults(
                both,
                ", \"time_column\": \"t\", \"time_aggregate\": \"day\", \"sampling_ratio\": 0.5",
                "time_aggregate conflict");
        assertFaults(both, ", \"time_column\": \"t\", \"time_aggregate\": \"decade\"", "time_aggregate enum");
        assertFaults(
                both,
                ", \"time_column\": \"t\", \"time_interval_start\": \"yesterday\", \"time_interval_end\": \"2026-13-01\"",
                "time_interval_start datetime_parsing",
                "time_interval_end datetime_parsing");
        assertFaults(
                both,
                ", \"time_column\": \"t\", \"time_interval_start\": \"2026-01-01T01:00:00+01:00\","
                        + " \"time_interval_end\": \"2026-01-01\"",
                "time_interval_end out_of_range");
        assertFaults(
                minimal(source, "").replace("\"data_source2_id\": " + source, "\"data_source2_id\": " + other),
                ", \"algorithm\": \"joindiff\"",
                "algorithm conflict");
        assertFaults(
                minimal(source, "").replace("\"data_source2_id\": " + source, "\"data_source2_id\": " + other),
                ", \"algorithm\": \"join\"",
                "algorithm conflict");
        assertFaults(both, ", \"algorithm\": \"join\", \"algorithm_hint\": \"hash\"", "algorithm_hint conflict");
        assertFaults(
                both,
                ", \"diff_tolerances_per_column\": [{\"column_name\": \"a\", \"tolerance_value\": 1},"
                        + " {\"column_name\": \"a\", \"tolerance_value\": 2}]",
                "diff_tolerances_per_column duplicate");
    }

    private static void assertFaults(String body, String more, String... faults) {
        JsonPath answer = post(body.substring(0, body.lastIndexOf('}')) + more + "}")
                .statusCode(422)
                .extract()
                .jsonPath();
        List<List<Object>> places = answer.getList("detail.loc");
        List<String> types = answer.getList("detail.type");
        assertThat(IntStream.range(0, types.size()).mapToObj(i -> places.get(i).get(1) + " " + types.get(i)))
                .containsExactlyInAnyOrder(faults);
    }

    @Test
    void refusesToWriteWhereThereIsNoPlace() {
        String both = minimal(newSource(""), "");
        long bare = newSource("");
        long roomy = newSource(", \"temp_schema\": \"scratch\"");
        assertFaults(both, ", \"materialize_dataset1\": true", "materialize_dataset1 missing");
        assertFaults(both, ", \"materialize_dataset2\": 1", "materialize_dataset2 bool_type");
        assertFaults(both, ", \"materialize_without_sampling\": true", "materialization_destination_id missing");
        assertFaults(both, ", \"materialization_destination_id\": 999999999", "materialization_destination_id unknown");
        assertFaults(both, ", \"materialization_destination_id\": " + bare, "materialization_destination_id missing");
        assertFaults(both, ", \"temp_schema_override\": [\"tmp\"]", "temp_schema_override conflict");
        assertFaults(
                both,
                ", \"temp_schema_override\": [\"shop\", \"tmp\"], \"materialize_dataset1\": true",
                "temp_schema_override conflict");
        assertFaults(
                both,
                ", \"temp_schema_override\": [\"a\", \"b\", \"c\"], \"materialize_dataset1\": true",
                "temp_schema_override too_long");
        assertFaults(
                both,
                ", \"recheck\": 1, \"sampling_ratio\": 0.5, \"materialization_destination_id\": " + roomy,
                "recheck conflict",
                "sampling_ratio conflict");
        assertFaults(both, ", \"column_rules\": [{}]", "column_rules unsupported");
    }

    @Test
    void toleratesOfFloatsWhatItsSourcesDo() {
        long strict = newSource(", \"float_tolerance\": 0.001");
        long lax = newSource(", \"float_tolerance\": 0.25");
        String both = minimal(strict, "").replace("\"data_source2_id\": " + strict, "\"data_source2_id\": " + lax);
        int id = post(both)
                .statusCode(200)
                .body("diff_tolerance", equalTo(0.25f))
                .extract()
                .jsonPath()
                .getInt("id");
        await(() -> assertThat(planningJobs(id)).hasSize(1));
        assertThat(planningJobs(id).get(0).spec().rules().floats())
                .isEqualTo(new Tolerance(new BigDecimal("0.25"), false));
        post(both.substring(0, both.lastIndexOf('}')) + ", \"diff_tolerance\": 0}")
                .statusCode(200)
                .body("diff_tolerance", equalTo(0));
    }

    @Test
    void asksWorkersForAllThatTheClientWishes() {
        long source = newSource("");
        int id = post(minimal(
                        source,
                        """
                        , "exclude_columns": ["x"], "columns_to_compare": ["a", "b"],
                        "column_mapping": [["id", "Key"], ["a", "A"]], "time_column": "t",
                        "time_interval_start": "2026-01-01", "time_interval_end": "2026-01-02T00:00:00.5+02:00",
                        "diff_tolerance": 0.5, "tolerance_mode": "relative", "datetime_tolerance": 3,
                        "diff_tolerances_per_column": [{"column_name": "a", "tolerance_value": 0.10},
                          {"column_name": "b", "tolerance_value": 1e-3, "tolerance_mode": "relative"}],
                        "table_modifiers": ["case_insensitive_strings"], "sort_array_columns": ["l"], "bisection_factor": 32,
                        "bisection_threshold": 500, "algorithm": "hashdiff",
                        "sampling_tolerance": 0.001, "sampling_confidence": 99, "sampling_max_rows": 10000,
                        "sampling_threshold": 5, "compare_duplicates": true,
                        "data_source1_session_parameters": {"work_mem": "64MB", "geqo": false},
                        "archived": true"""))
                .statusCode(200)
                .body("archived", equalTo(true))
                .body("time_interval_start", equalTo("2026-01-01T00:00Z"))
                .body("column_mapping", equalTo(List.of(List.of("id", "Key"), List.of("a", "A"))))
                .body("diff_tolerances_per_column[1].tolerance_mode", equalTo("relative"))
                .body("data_source1_session_parameters.geqo", equalTo("false"))
                .extract()
                .jsonPath()
                .getInt("id");
        await(() -> assertThat(planningJobs(id)).hasSize(1));
        DiffSpec spec = planningJobs(id).get(0).spec();
        assertThat(spec)
                .isEqualTo(DiffSpec.draft(
                                new Dataset(List.of("a"), null, null, Map.of("work_mem", "64MB", "geqo", "false")),
                                new Dataset(List.of("b"), null, null),
                                List.of("id"),
                                List.of("a", "b"),
                                List.of("x"))
                        .mapping(Map.of("id", "Key", "a", "A"))
                        .rules(new EqualityRules(
                                Map.of(
                                        "a",
                                        new Tolerance(new BigDecimal("0.1"), false),
                                        "b",
                                        new Tolerance(new BigDecimal("0.001"), true)),
                                new Tolerance(new BigDecimal("0.5"), true),
                                3,
                                true,
                                false,
                                List.of("l")))
                        .clip(new TimeClip("t", "2026-01-01T00:00Z", "2026-01-01T22:00:00.500Z"))
                        .hints(new Hints(500L, 32, Hints.Search.FINGERPRINTS))
                        .sampling(new Sampling(0.001, 99, null, 10_000L, 5))
                        .compareDuplicates(true)
                        .spec());
    }

    @Test
    void showsTheKeyThatWasFound() {
        long source = newSource("");
        int id = post(minimal(source, "")
                        .replace(
                                "\"pk_columns\": [\"id\"]",
                                "\"infer_pk\": true, \"infer_pk_avoid_types\": [\"float8\"]"))
                .statusCode(200)
                .body("pk_columns", equalTo(List.of()))
                .extract()
                .jsonPath()
                .getInt("id");
        await(() -> assertThat(planningJobs(id)).hasSize(1));
        assertThat(planningJobs(id).get(0).spec().keySearch()).isEqualTo(new KeySearch(List.of(), List.of("float8")));
        plan(id, 1, "v");
        diff(id).body("pk_columns", equalTo(List.of("id"))).body("infer_pk", equalTo(true));
    }

    @Test
    void filtersAndOrdersTheList() {
        long one = newSource("");
        long other = newSource("");
        int first = (int) newDiff(one, one);
        int second = (int) newDiff(one, other);
        int third = post(minimal(one, ", \"tags\": [\"it's\", \"b\"], \"archived\": true"))
                .extract()
                .jsonPath()
                .getInt("id");
        client().post("/api/v1/datadiffs/" + second + "/cancel").then().statusCode(200);
        String created =
                diff(second).extract().jsonPath().getString("created_at").replace("+00:00", "Z");
        String mine = "data_source1_id=" + one;
        assertListed(mine, first, second, third);
        assertListed(mine + "&sort_order=desc", third, second, first);
        assertListed(mine + "&accessible_only=true", first, second, third);
        assertListed(mine + "&status=cancelled,failed", second);
        assertListed(mine + "&kind=cross_db", second);
        assertListed(mine + "&archived=false", first, second);
        assertListed(mine + "&tags=it's", third);
        assertListed(mine + "&tags=nobody", new int[0]);
        assertListed("data_source2_id=" + other, second);
        assertListed("id=" + first + "," + third + "&order_by=created_at", first, third);
        assertListed(mine + "&created_at=<" + created, first);
        assertListed(mine + "&created_at=>" + created, third);
        assertListed(mine + "&created_at=2000-01-01<<" + created, first);
        assertListed(mine + "&finished_at=>2000-01-01", second);
        assertListed(mine + "&finished_at=null&sort_order=desc", third, first);
        assertListed(mine + "&order_by=finished_at&sort_order=desc&page_size=1", second);
        for (int length : new int[] {"2026-01-01".length(), "2026-01-01T00:00".length()}) {
            String period = created.substring(0, length);
            assertListed(mine + "&created_at=" + period, createdIn(period, first, second, third));
        }
        assertListed(mine + "&id=>" + first + "&order_by=kind", second, third);
        assertListed(mine + "&id=" + first + "<<" + third, first, second);
    }

    /** Which of these diffs were created in this day or minute: a new one may begin between two of them. */
    private static int[] createdIn(String period, int... ids) {
        return IntStream.of(ids)
                .filter(id ->
                        diff(id).extract().jsonPath().getString("created_at").startsWith(period))
                .toArray();
    }

    private static void assertListed(String query, int... ids) {
        Map<String, String> parameters = new java.util.LinkedHashMap<>();
        for (String parameter : query.split("&", -1)) {
            parameters.put(
                    parameter.substring(0, parameter.indexOf('=')), parameter.substring(parameter.indexOf('=') + 1));
        }
        client().queryParams(parameters)
                .get("/api/v1/datadiffs")
                .then()
                .statusCode(200)
                .body("results.id", equalTo(IntStream.of(ids).boxed().toList()));
    }

    @ParameterizedTest
    @org.junit.jupiter.params.provider.ValueSource(
            strings = {
                "order_by=secret",
                "sort_order=up",
                "kind=x",
                "archived=maybe",
                "id=x",
                "id=1,,2",
                "created_at=yesterday",
                "created_at=<x",
                "created_at=2026-01-01<<x",
                "created_at=<+999999-01-01",
                "tags=a\u0000b",
                "id=<",
                "id=1<<x",
                "runtime=fast",
                "runtime=1e999999999",
                "snapshot=1",
                "accessible_only=1",
                "result=equal",
                "algorithm=hashdiff",
                "filter1=a\u0000b",
                "time_interval_start=then",
                "table1=a",
                "colour=red"
            })
    void refusesFiltersThatCannotBe(String query) {
        client().queryParam(query.substring(0, query.indexOf('=')), query.substring(query.indexOf('=') + 1))
                .get("/api/v1/datadiffs")
                .then()
                .statusCode(422)
                .body("detail[0].loc", equalTo(List.of("query", query.substring(0, query.indexOf('=')))));
    }

    @Test
    void archivesAndPurges() {
        long source = newSource("");
        long id = newDiff(source, source);
        diff(id).body("archived", equalTo(false));
        summary(id).body("status", not(equalTo("failed")));
        client().body("{\"archived\": true}")
                .patch("/api/v1/datadiffs/" + id)
                .then()
                .statusCode(200)
                .body("archived", equalTo(true))
                .body("purged", equalTo(false));
        client().body("{\"purged\": true}")
                .patch("/api/v1/datadiffs/" + id)
                .then()
                .statusCode(409);
        diff(id).body("archived", equalTo(true)).body("status", not(equalTo("cancelled")));
        client().post("/api/v1/datadiffs/" + id + "/cancel").then().statusCode(200);
        diff(id).body("status", equalTo("cancelled"));
        summary(id).body("status", equalTo("failed")).body("error.error_type", notNullValue());
        client().body("{\"purged\": true, \"archived\": null}")
                .patch("/api/v1/datadiffs/" + id)
                .then()
                .statusCode(200)
                .body("archived", equalTo(true))
                .body("purged", equalTo(true));
        diff(id).body("purged", equalTo(true));
        client().body("{\"purged\": false, \"archived\": 1, \"status\": \"done\"}")
                .patch("/api/v1/datadiffs/" + id)
                .then()
                .statusCode(422)
                .body("detail.type", equalTo(List.of("bool_type", "unknown", "enum")));
        client().body("{}").patch("/api/v1/datadiffs/999999").then().statusCode(404);
        client().body("[]").patch("/api/v1/datadiffs/" + id).then().statusCode(422);
    }

    @Test
    void summarisesInPlainWords() {
        long source = newSource("");
        long id = newDiff(source, source);
        client().get("/api/v1/datadiffs/" + id + "/summary")
                .then()
                .statusCode(200)
                .body("status", matchesPattern("waiting|queued"))
                .body("table1", equalTo(List.of("public", "a")))
                .body("data_source1_name", startsWith("source "))
                .body("error", nullValue())
                .body("feedback", equalTo("The diff waits for a worker."));
        plan(id, 1, "v");
        await(() -> assertThat(tasks(id)).hasSize(1));
        report(done(
                tasks(id).get(0),
                new Tally(
                        Sides.of(10, 12),
                        Sides.of(0, 1),
                        Sides.of(0, 2),
                        Sides.of(10, 10),
                        Sides.of(1, 1),
                        8,
                        1,
                        List.of(1L))));
        await(() -> assertThat(status(id)).isEqualTo("done"));
        client().get("/api/v1/datadiffs/" + id + "/summary")
                .then()
                .body("result", equalTo("bad-pks"))
                .body("diff_stats.rows_added", equalTo(1))
                .body(
                        "feedback",
                        equalTo(
                                "1 key is on side A only and 1 key on side B only. Of 8 compared rows, 1 differs, in v."
                                        + " 1 row with a NULL in the key matched nothing."
                                        + " 2 rows with a key that occurs more than once were left out of the comparison of values."));
    }

    @Test
    void saysInOneSentenceWhyADiffFailed() {
        long source = newSource("");
        long id = newDiff(source, source);
        await(() -> assertThat(planningJobs(id)).hasSize(1));
        report(new Report.TaskFailed(
                planningJobs(id).get(0).address(),
                1,
                "w1",
                new Failure(ErrorType.NO_SUCH_TABLE, "There is no table public.b.")));
        await(() -> assertThat(status(id)).isEqualTo("failed"));
        client().get("/api/v1/datadiffs/" + id + "/summary")
                .then()
                .body("error", equalTo("There is no table public.b."));
    }

    static Stream<Arguments> algorithms() {
        return Stream.of(
                arguments("join", Hints.Search.KEYS, "join", null),
                arguments("joindiff", Hints.Search.KEYS, "join", null),
                arguments("hash", Hints.Search.FINGERPRINTS, "join", "hash"),
                arguments("hash_v2_alpha", Hints.Search.FINGERPRINTS, "join", "hash"),
                arguments("hashdiff", Hints.Search.FINGERPRINTS, "join", "hash"),
                arguments("fetch_and_join", Hints.Search.ROWS, "join", "fetch_and_join"),
                arguments("fetch_and_compare", Hints.Search.ROWS, "join", "fetch_and_join"),
                arguments("auto", null, "join", "fetch_and_join"));
    }

    @ParameterizedTest
    @MethodSource
    void algorithms(String word, Hints.@Nullable Search search, String alone, @Nullable String across) {
        long source = newSource("");
        String body = minimal(source, ", \"algorithm\": \"" + word + "\"");
        assertAlgorithm(body, search, alone, word);
        if (across != null) {
            String both = body.replace("\"data_source2_id\": " + source, "\"data_source2_id\": " + newSource(""));
            assertAlgorithm(both, search, across, word);
        }
    }

    private void assertAlgorithm(String body, Hints.@Nullable Search search, String algorithm, String hint) {
        int id = post(body)
                .statusCode(200)
                .body("algorithm", equalTo(algorithm))
                .body("algorithm_hint", equalTo(hint))
                .body("strategy", nullValue())
                .extract()
                .jsonPath()
                .getInt("id");
        await(() -> assertThat(planningJobs(id)).hasSize(1));
        Hints hints = planningJobs(id).get(0).spec().hints();
        assertThat(hints == null ? null : hints.search()).isEqualTo(search);
        plan(id, 1, "v");
        diff(id).body("algorithm", equalTo(algorithm)).body("strategy", equalTo("segments"));
    }

    @Test
    void tellsAllFaultsAtOnce() {
        List<List<Object>> places =
                post("""
                {"data_source1_id": "1", "table1": ["a", 5, " "], "query1": "select 1", "pk_columns": [],
                 "filter1": 7, "include_columns": {"x": 1}, "time_column": "t", "tags": "x"}""")
                        .statusCode(422)
                        .contentType("application/problem+json")
                        .body("status", equalTo(422))
                        .body("instance", equalTo("/api/v1/datadiffs"))
                        .extract()
                        .jsonPath()
                        .getList("detail.loc");
        assertThat(places)
                .containsExactlyInAnyOrder(
                        List.of("body", "data_source1_id"),
                        List.of("body", "data_source2_id"),
                        List.of("body", "table1"),
                        List.of("body", "table1", 1),
                        List.of("body", "table1", 2),
                        List.of("body", "table2"),
                        List.of("body", "pk_columns"),
                        List.of("body", "filter1"),
                        List.of("body", "include_columns"),
                        List.of("body", "tags"),
                        List.of("body", "time_column"));
    }

    @Test
    void refusesSourcesThatAreUnknownOrPaused() {
        long paused = newSource(", \"is_paused\": true");
        post("""
                {"data_source1_id": %d, "data_source2_id": 999999, "table1": ["a"], "table2": ["b"],
                 "pk_columns": ["id"], "execute_as_user": true}"""
                        .formatted(paused))
                .statusCode(422)
                .body("detail.type", equalTo(List.of("unsupported", "paused", "unknown")))
                .body("detail[2].loc", equalTo(List.of("body", "data_source2_id")));
    }

    static Stream<Arguments> hostile() {
        return Stream.of(
                arguments("", "missing"),
                arguments("{", "json_invalid"),
                arguments("[]", "object_type"),
                arguments("null", "object_type"),
                arguments("\"x\"", "object_type"),
                arguments("{} {}", "json_invalid"),
                arguments("{\"tags\": [], \"tags\": []}", "json_invalid"),
                arguments("{\"x\": " + "[".repeat(5000) + "]".repeat(5000) + "}", "json_invalid"),
                arguments("{\"data_source1_id\": 1" + "0".repeat(5000) + "}", "json_invalid"),
                arguments("{\"x\": NaN}", "json_invalid"));
    }

    @ParameterizedTest
    @MethodSource
    void hostile(String body, String type) {
        post(body)
                .statusCode(422)
                .contentType("application/problem+json")
                .body("detail", hasSize(1))
                .body("detail[0].loc", equalTo(List.of("body")))
                .body("detail[0].type", equalTo(type));
    }

    static Stream<Arguments> hostileFields() {
        return Stream.of(
                arguments("\"data_source1_id\": 99999999999999999999999", "out_of_range"),
                arguments("\"data_source1_id\": 9223372036854775807", "unknown"),
                arguments("\"data_source1_id\": 0", "out_of_range"),
                arguments("\"data_source1_id\": 1.5", "int_type"),
                arguments("\"data_source1_id\": 1e400", "int_type"),
                arguments("\"data_source1_id\": true", "int_type"),
                arguments("\"data_source1_id\": null", "missing"),
                arguments("\"table1\": [\"a\\u0000b\"]", "nul_character"),
                arguments("\"table1\": \"a\"", "list_type"),
                arguments("\"table1\": [\"a\", \"b\", \"c\", \"d\"]", "too_long"),
                arguments("\"table1\": []", "missing"),
                arguments("\"filter1\": \"a = '\\u0000'\"", "nul_character"),
                arguments("\"\\u0000x\": 1", "nul_character"),
                arguments("\"filter1\": \"a = '\\ud800'\"", "lone_surrogate"),
                arguments("\"filter1\": \"  \"", "blank"),
                arguments("\"pk_columns\": [\"id\", \"id\"]", "duplicate"),
                arguments("\"pk_columns\": \"id\"", "list_type"),
                arguments("\"pk_columns\": {}", "list_type"),
                arguments("\"pk_columns\": []", "missing"),
                arguments("\"pk_columns\": null", "missing"),
                arguments("\"pk_columns\": [\"\"]", "blank"),
                arguments("\"tags\": [null]", "string_type"),
                arguments("\"tags\": {}", "list_type"),
                arguments("\"diff_tolerances_per_column\": {}", "list_type"),
                arguments("\"time_travel_point1\": []", "scalar_type"),
                arguments("\"webhook_ids\": [0]", "out_of_range"),
                arguments("\"recheck\": 1.0", "int_type"),
                arguments("\"snapshot\": \"yes\"", "bool_type"),
                arguments("\"snapshot\": 1", "bool_type"),
                arguments("\"recheck\": -1", "out_of_range"),
                arguments("\"recheck\": 3601", "out_of_range"),
                arguments("\"recheck\": 1.5", "int_type"),
                arguments("\"recheck\": \"5\"", "int_type"),
                arguments("\"recheck\": true", "int_type"),
                arguments("\"time_travel_point1\": -5", "unsupported"),
                arguments("\"execute_as_user\": true", "unsupported"),
                arguments("\"purged\": true", "unsupported"),
                arguments("\"archived\": \"yes\"", "bool_type"),
                arguments("\"algorithm\": \"merge\"", "enum"),
                arguments("\"algorithm_hint\": \"merge\"", "enum"),
                arguments("\"algorithm\": 5", "string_type"),
                arguments("\"bisection_factor\": 0", "out_of_range"),
                arguments("\"bisection_threshold\": 0", "out_of_range"),
                arguments("\"infer_pk_avoid_names\": [\"a\"]", "conflict"),
                arguments("\"infer_pk_avoid_types\": [\"text\"]", "conflict"),
                arguments("\"infer_pk\": 1", "bool_type"),
                arguments("\"columns_to_compare\": \"a\"", "list_type"),
                arguments("\"column_mapping\": [\"a\"]", "list_type"),
                arguments("\"column_mapping\": [[\"a\", \"b\", \"c\"]]", "list_type"),
                arguments("\"column_mapping\": [[\"a\", 1]]", "string_type"),
                arguments("\"column_mapping\": [[\"a\", \"b\"], [\"a\", \"c\"]]", "duplicate"),
                arguments("\"column_mapping\": [[\"a\", \"c\"], [\"b\", \"c\"]]", "duplicate"),
                arguments("\"time_column\": \"t\"", "missing"),
                arguments("\"compare_duplicates\": \"all\"", "bool_type"),
                arguments("\"sort_array_columns\": 5", "list_type"),
                arguments("\"diff_threshold\": 0", "out_of_range"),
                arguments("\"per_column_diff_limit\": \"many\"", "int_type"),
                arguments("\"download_limit\": -1", "out_of_range"),
                arguments("\"sampling_confidence\": 99", "conflict"),
                arguments("\"sampling_threshold\": 0", "conflict"),
                arguments("\"sampling_ratio\": 0", "out_of_range"),
                arguments("\"sampling_ratio\": 1", "out_of_range"),
                arguments("\"sampling_ratio\": \"half\"", "float_type"),
                arguments("\"sampling_max_rows\": 0", "out_of_range"),
                arguments("\"diff_tolerance\": -0.1", "out_of_range"),
                arguments("\"diff_tolerance\": 1e999999999", "out_of_range"),
                arguments("\"diff_tolerance\": \"0.1\"", "float_type"),
                arguments("\"tolerance_mode\": \"absolute\"", "missing"),
                arguments("\"datetime_tolerance\": 7", "out_of_range"),
                arguments("\"table_modifiers\": [\"case_insensitive_strings\", \"x\"]", "enum"),
                arguments("\"diff_tolerances_per_column\": {\"a\": 1}", "list_type"),
                arguments("\"diff_tolerances_per_column\": [1]", "object_type"),
                arguments("\"diff_tolerances_per_column\": [{\"column_name\": \"a\"}]", "missing"),
                arguments(
                        "\"diff_tolerances_per_column\": [{\"column_name\": \"a\", \"tolerance_value\": -1}]",
                        "out_of_range"),
                arguments(
                        "\"diff_tolerances_per_column\":"
                                + " [{\"column_name\": \"a\", \"tolerance_value\": 1, \"tolerance_mode\": \"x\"}]",
                        "enum"),
                arguments(
                        "\"diff_tolerances_per_column\": [{\"column_name\": \"a\", \"tolerance_value\": 1, \"x\": 1}]",
                        "unknown"),
                arguments("\"data_source1_session_parameters\": [1]", "object_type"),
                arguments("\"data_source1_session_parameters\": {\"a\": null}", "scalar_type"),
                arguments("\"data_source1_session_parameters\": {\"a b\": 1}", "unknown"),
                arguments("\"data_source1_session_parameters\": {\"jit\": \"on\"}", "unsupported"),
                arguments("\"data_source2_session_parameters\": {\"role\": \"postgres\"}", "unsupported"));
    }

    @ParameterizedTest
    @MethodSource
    void hostileFields(String field, String type) {
        String name = field.substring(1, field.indexOf("\":"));
        Map<String, Object> body = new JsonPath(minimal(newSource(""), "")).getMap("");
        String others = body.entrySet().stream()
                .filter(entry -> !entry.getKey().equals(name))
                .map(entry -> "\"" + entry.getKey() + "\": " + Codec.toJson(entry.getValue()))
                .collect(java.util.stream.Collectors.joining(", "));
        post("{" + others + ", " + field + "}")
                .statusCode(422)
                .body("detail", hasSize(1))
                .body("detail[0].loc[1]", equalTo(name.replace("\\u0000", "\0")))
                .body("detail[0].type", equalTo(type));
    }

    @Test
    void pagesThroughTheList() {
        long source = newSource("");
        int first = (int) newDiff(source, source);
        int second = (int) newDiff(source, source);
        ValidatableResponse page =
                client().get("/api/v1/datadiffs?page_size=1&sort_order=desc").then();
        page.statusCode(200)
                .body("page", equalTo(1))
                .body("page_size", equalTo(1))
                .body("results.id", equalTo(List.of(second)))
                .body("results[0].containsKey('diff_progress')", equalTo(false));
        assertThat(page.extract().jsonPath().getInt("total_pages"))
                .isEqualTo(page.extract().jsonPath().getInt("count"))
                .isGreaterThanOrEqualTo(2);
        client().get("/api/v1/datadiffs?page=2&page_size=1&sort_order=desc")
                .then()
                .body("results.id", equalTo(List.of(first)));
        client().get("/api/v1/datadiffs?page=1000000&page_size=1000").then().body("results", hasSize(0));
    }

    @ParameterizedTest
    @org.junit.jupiter.params.provider.ValueSource(
            strings = {"page=0", "page=-1", "page=x", "page=", "page_size=1001", "page_size=99999999999", "status=over"
            })
    void refusesPagesThatCannotBe(String query) {
        client().get("/api/v1/datadiffs?" + query)
                .then()
                .statusCode(422)
                .body("detail[0].loc", equalTo(List.of("query", query.substring(0, query.indexOf('=')))));
    }

    @Test
    void knowsWhichDiffsThereAre() {
        for (String path : List.of("", "/summary_results")) {
            client().get("/api/v1/datadiffs/999999" + path)
                    .then()
                    .statusCode(404)
                    .contentType("application/problem+json")
                    .body("detail", containsString("999999"));
            client().get("/api/v1/datadiffs/99999999999999999999999" + path)
                    .then()
                    .statusCode(404);
            client().get("/api/v1/datadiffs/-1" + path).then().statusCode(404);
            client().get("/api/v1/datadiffs/x" + path)
                    .then()
                    .statusCode(422)
                    .body("detail[0].loc", equalTo(List.of("path", "id")));
        }
        client().post("/api/v1/datadiffs/999999/cancel").then().statusCode(404);
    }
}
