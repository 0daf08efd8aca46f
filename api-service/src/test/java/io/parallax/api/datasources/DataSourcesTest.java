package io.parallax.api.datasources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.MAP;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.parallax.api.ServiceTest;
import io.parallax.api.StoreForTests;
import io.parallax.api.messaging.Channels;
import io.parallax.contract.ErrorType;
import io.parallax.contract.Failure;
import io.parallax.contract.KeySearch;
import io.parallax.contract.message.Job;
import io.parallax.contract.message.Report;
import io.parallax.contract.message.SealedSource;
import io.parallax.contract.message.SourceQuestion;
import io.parallax.contract.message.TestStep;
import io.parallax.contract.seal.Seal;
import io.parallax.contract.seal.SealingKey;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients send and read about data sources. */
@QuarkusTest
class DataSourcesTest extends ServiceTest {
    @Inject
    SourceTests tests;

    private static ValidatableResponse post(String body) {
        return client().body(body).post("/api/v1/data_sources").then();
    }

    @Test
    void keepsSecretsToItself() {
        // When
        String answer =
                post("""
                {"name": "with a secret", "type": "postgres_aurora", "max_allowed_connections": 4, "colour": "red",
                 "options": {"host": "db", "user": "reader", "password": "pass'wörd", "dbname": "sales"}}""")
                        .statusCode(200)
                        .body("name", equalTo("with a secret"))
                        .body("type", equalTo("postgres_aurora"))
                        .body("max_allowed_connections", equalTo(4))
                        .body("is_paused", equalTo(false))
                        .body("temp_schema", nullValue())
                        .body("float_tolerance", nullValue())
                        .body("ignored_fields", equalTo(List.of("colour")))
                        .body(
                                "options",
                                equalTo(Map.of(
                                        "host",
                                        "db",
                                        "port",
                                        5432,
                                        "user",
                                        "reader",
                                        "dbname",
                                        "sales",
                                        "sslmode",
                                        "prefer",
                                        "idle_connection_seconds",
                                        2)))
                        .extract()
                        .asString();

        // Then
        assertThat(answer).doesNotContain("pass'wörd").doesNotContain("password");
        long id = new JsonPath(answer).getLong("id");
        client().get("/api/v1/data_sources/" + id).then().statusCode(200).body("id", equalTo((int) id));
        client().get("/api/v1/data_sources")
                .then()
                .statusCode(200)
                .body("id", hasItem((int) id))
                .body(not(containsString("pass'wörd")));
        String row = one("select row_to_json(s)::text from data_source s where id = $1", Tuple.of(id), String.class);
        assertThat(row).doesNotContain("pass'wörd");
        String sealed = one("select sealed from data_source where id = $1", Tuple.of(id), String.class);
        byte[] details =
                new Seal(SealingKey.fromBase64(StoreForTests.SEALING_KEY)).open(sealed, SealedSource.context(id));
        assertThat(new JsonPath(new String(details, StandardCharsets.UTF_8)).getString("options.password"))
                .isEqualTo("pass'wörd");
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                arguments("{}", List.of("name", "type", "options")),
                arguments("{\"name\": \"a\", \"type\": \"snowflake\", \"options\": {}}", List.of("type")),
                arguments("{\"name\": \"a\", \"type\": 5, \"options\": []}", List.of("type", "options")),
                arguments("{\"name\": \"a\", \"type\": \"pg\", \"options\": {}}", List.of("host", "user", "dbname")),
                arguments(
                        "{\"name\": \" \", \"type\": \"pg\", \"options\": {\"host\": \"\", \"user\": \"a\\u0000\","
                                + " \"dbname\": \"d\", \"port\": 65536, \"sslmode\": \"no\", \"sslcert\": \"x\","
                                + " \"idle_connection_seconds\": 61}}",
                        List.of("name", "host", "port", "user", "sslmode", "idle_connection_seconds", "sslcert")),
                arguments(
                        "{\"name\": \"a\", \"type\": \"pg\", \"options\": {\"host\": \"h\", \"user\": \"u\","
                                + " \"dbname\": \"d\", \"port\": \"5432\"}, \"max_allowed_connections\": 0,"
                                + " \"is_paused\": \"no\", \"temp_schema\": 5, \"float_tolerance\": -0.1}",
                        List.of("port", "max_allowed_connections", "is_paused", "temp_schema", "float_tolerance")));
    }

    @ParameterizedTest
    @MethodSource
    void refused(String body, List<String> fields) {
        List<List<String>> places = post(body)
                .statusCode(422)
                .contentType("application/problem+json")
                .extract()
                .jsonPath()
                .getList("detail.loc");
        assertThat(places).extracting(place -> place.get(place.size() - 1)).containsExactlyInAnyOrderElementsOf(fields);
    }

    @Test
    void namesAreUnique() {
        String body = "{\"name\": \"twice\", \"type\": \"pg\","
                + " \"options\": {\"host\": \"h\", \"user\": \"u\", \"dbname\": \"d\"}}";
        post(body).statusCode(200);
        post(body).statusCode(409).contentType("application/problem+json").body("detail", containsString("name"));
    }

    @Test
    void showsItsTypes() {
        client().get("/api/v1/data_sources/types")
                .then()
                .statusCode(200)
                .body("type", hasItem("pg"))
                .body("[0].configuration_schema.required", equalTo(List.of("host", "user", "dbname")))
                .body("[0].configuration_schema.secret", equalTo(List.of("password")))
                .body("[0].configuration_schema.properties.port.default", equalTo(5432))
                .body("[0].configuration_schema.properties.idle_connection_seconds.default", equalTo(2))
                .body("[0].configuration_schema.properties.sslmode.enum", hasSize(4));
    }

    /** An existing client asks for each option by its title, and hides what it is told is a password. */
    @Test
    void saysOfEveryOptionHowToAskForIt() {
        List<Map<String, Object>> types =
                client().get("/api/v1/data_sources/types").jsonPath().getList("configuration_schema");
        assertThat(types).isNotEmpty().allSatisfy(type -> {
            Object secret = type.get("secret");
            assertThat(type.get("properties")).asInstanceOf(MAP).isNotEmpty().allSatisfy((name, property) -> {
                assertThat(property)
                        .asInstanceOf(MAP)
                        .extractingByKey("title")
                        .asString()
                        .isNotBlank();
                assertThat(property).asInstanceOf(MAP).extractingByKey("type").isIn("string", "integer", "boolean");
                boolean isSecret = secret instanceof List<?> secrets && secrets.contains(name);
                assertThat(property)
                        .asInstanceOf(MAP)
                        .extractingByKey("format")
                        .isEqualTo(isSecret ? "password" : null);
            });
        });
    }

    @Test
    void tellsAFailedStepFromItsKind() {
        long id = startTest(newSource(""));
        report(new Report.SourceTested(
                id,
                "w1",
                List.of(
                        new TestStep("connection", TestStep.Outcome.SUCCESS, "ok", "Connected."),
                        new TestStep("schema_download", TestStep.Outcome.FAILED, "Unsupported", "No catalog."))));
        await(() -> test(id).body("status", equalTo("failed")));
        test(id).body(
                        "results[1].result",
                        equalTo(Map.of(
                                "code",
                                "error",
                                "error_type",
                                "Unsupported",
                                "message",
                                "No catalog.",
                                "outcome",
                                "failed")));
    }

    private long startTest(long source) {
        return client().post("/api/v1/data_sources/" + source + "/test")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getLong("job_id");
    }

    private static ValidatableResponse test(long id) {
        return client().get("/api/v1/data_sources/test/" + id).then().statusCode(200);
    }

    private List<Job> jobs(long test) {
        return sent(Channels.JOBS, Job.class).stream()
                .filter(job -> job instanceof Job.TestSource source && source.job() == test)
                .toList();
    }

    @Test
    void hasAWorkerTryASource() {
        // Given
        long id = startTest(newSource(""));
        await(() -> assertThat(jobs(id)).hasSize(1));
        test(id).body("status", equalTo("waiting")).body("results", hasSize(0));

        // When
        report(new Report.SourceTested(
                id,
                "w1",
                List.of(
                        new TestStep("connection", TestStep.Outcome.SUCCESS, "ok", "Connected."),
                        new TestStep("temp_schema", TestStep.Outcome.SKIPPED, "skipped", "None is set."))));

        // Then
        await(() -> test(id).body("status", equalTo("done")));
        test(id).body("results.step", equalTo(List.of("connection", "temp_schema")))
                .body("results[0].result.outcome", equalTo("success"))
                .body("results.result.code", equalTo(List.of("ok", "skip")))
                .body("results.result.error_type", equalTo(Arrays.asList(null, null)));

        // When another answer comes, then the first one stays
        report(new Report.SourceTested(id, "w2", List.of()));
        tests.sendPending().await().atMost(Duration.ofSeconds(10));
        test(id).body("status", equalTo("done"));
        assertThat(jobs(id)).hasSize(1);
    }

    @Test
    void aTestThatNobodyAnswersFails() {
        long id = startTest(newSource(""));
        execute("update source_test set created_at = now() - interval '61 seconds' where id = $1", id);

        // When nobody is there, it waits for the first worker
        tests.sendPending().await().atMost(Duration.ofSeconds(10));
        test(id).body("status", equalTo("waiting"));

        // When somebody is
        report(Report.Alive.worker("w1", new Report.Slots(2, 4), false));
        await(() -> {
            tests.sendPending().await().atMost(Duration.ofSeconds(10));
            test(id).body("status", equalTo("failed"));
        });

        // Then
        test(id).body("results.step", equalTo(List.of("connection", "temp_schema", "schema_download")))
                .body("results.result.code", equalTo(List.of("error", "skip", "skip")))
                .body("results[0].result.error_type", equalTo("WorkerLost"))
                .body("results[0].result.message", containsString("No worker answered"));
        report(Report.Alive.worker("w1", new Report.Slots(2, 4), true));
    }

    @Test
    void filtersByName() {
        long id = newSource("");
        newSource("");
        String name = client().get("/api/v1/data_sources/" + id).jsonPath().getString("name");
        client().queryParam("name", name).get("/api/v1/data_sources").then().body("id", equalTo(List.of((int) id)));
        for (String other : List.of("", "no such", name + " ", "\0", "%", "' or 1=1")) {
            client().queryParam("name", other)
                    .get("/api/v1/data_sources")
                    .then()
                    .statusCode(200)
                    .body("", hasSize(0));
        }
        client().queryParam("name", name, name)
                .get("/api/v1/data_sources")
                .then()
                .statusCode(422);
        client().queryParam("nam", name)
                .get("/api/v1/data_sources")
                .then()
                .statusCode(422)
                .body("detail[0].msg", containsString("name"));
    }

    @Test
    void knowsWhichSourcesThereAre() {
        client().get("/api/v1/data_sources/999999").then().statusCode(404);
        client().get("/api/v1/data_sources/x").then().statusCode(422);
        client().post("/api/v1/data_sources/999999/test").then().statusCode(404);
        client().get("/api/v1/data_sources/test/999999").then().statusCode(404);
    }

    @Test
    void changesWhatIsGivenAndKeepsSecrets() {
        long id = newSource("");
        client().body("{\"max_allowed_connections\": 6, \"is_paused\": true}")
                .patch("/api/v1/data_sources/" + id)
                .then()
                .statusCode(200)
                .body("max_allowed_connections", equalTo(6))
                .body("is_paused", equalTo(true))
                .body("options.host", equalTo("db"));
        client().body(
                        """
                        {"name": "moved %d", "max_allowed_connections": null,
                         "options": {"user": "other", "password": ""}}"""
                                .formatted(id))
                .patch("/api/v1/data_sources/" + id)
                .then()
                .statusCode(200)
                .body("name", equalTo("moved " + id))
                .body("max_allowed_connections", nullValue())
                .body("is_paused", equalTo(true))
                .body("options", not(org.hamcrest.Matchers.hasKey("password")));
        assertThat(opened(id).getString("options.user")).isEqualTo("other");
        assertThat(opened(id).getString("options.host")).isEqualTo("db");
        assertThat(opened(id).getString("options.password")).isEqualTo("very-secret");
        client().body("{\"options\": {\"password\": \"next\"}}")
                .patch("/api/v1/data_sources/" + id)
                .then()
                .statusCode(200);
        assertThat(opened(id).getString("options.password")).isEqualTo("next");
        client().body(
                        "{\"options\": {\"host\": \"new\", \"user\": \"reader\", \"dbname\": \"sales\", \"password\": \"other\"}}")
                .patch("/api/v1/data_sources/" + id)
                .then()
                .statusCode(200);
        assertThat(opened(id).getString("options.password")).isEqualTo("other");
    }

    static Stream<Arguments> tempSchemas() {
        return Stream.of(
                arguments("\"scratch\"", "sales.scratch"),
                arguments("\"sales.scratch\"", "sales.scratch"),
                arguments("[\"scratch\"]", "sales.scratch"),
                arguments("[\"sales\", \"scratch\"]", "sales.scratch"),
                arguments("\"\\\"sales\\\".\\\"My Scratch\\\"\"", "sales.My Scratch"),
                arguments("\"sales.\\\"my.scratch\\\"\"", "sales.\"my.scratch\""),
                arguments("[\"my.scratch\"]", "sales.\"my.scratch\""),
                arguments("[]", null),
                arguments("\"\"", null));
    }

    @ParameterizedTest
    @MethodSource
    void tempSchemas(String given, @Nullable String shown) {
        long id = newSource(", \"temp_schema\": " + given);
        client().get("/api/v1/data_sources/" + id).then().body("temp_schema", equalTo(shown));
        // What is shown may be sent again, and stays when other fields change.
        Map<String, Object> same = new HashMap<>();
        same.put("temp_schema", shown);
        for (Map<String, Object> change : List.of(same, Map.<String, Object>of("is_paused", true))) {
            client().body(change)
                    .patch("/api/v1/data_sources/" + id)
                    .then()
                    .statusCode(200)
                    .body("temp_schema", equalTo(shown));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"other.scratch\"",
                "[\"other\", \"scratch\"]",
                "\"a.b.c\"",
                "\"sales.\"",
                "\"\\\"sales.scratch\"",
                "[1]",
                "5"
            })
    void refusesSchemasThatCannotBe(String given) {
        long id = newSource("");
        client().body("{\"temp_schema\": " + given + "}")
                .patch("/api/v1/data_sources/" + id)
                .then()
                .statusCode(422)
                .body("detail", hasSize(1))
                .body("detail[0].loc[1]", equalTo("temp_schema"));
    }

    @Test
    void saysThatThereIsNoOtherDatabase() {
        client().body("{\"temp_schema\": \"other.scratch\"}")
                .patch("/api/v1/data_sources/" + newSource(""))
                .then()
                .body(
                        "detail[0].msg",
                        equalTo("The data source is connected to the database sales, and can write to no other one."));
    }

    private SourceQuestion asked(long source) {
        await(() -> assertThat(sent(Channels.JOBS, Job.class))
                .anyMatch(
                        job -> job instanceof Job.AskSource ask && ask.source().id() == source));
        return sent(Channels.JOBS, Job.class).stream()
                .filter(Job.AskSource.class::isInstance)
                .map(Job.AskSource.class::cast)
                .filter(job -> job.source().id() == source)
                .findFirst()
                .orElseThrow()
                .question();
    }

    @Test
    void asksForFewKeys() {
        long source = newSource("");
        CompletableFuture<Response> answer = CompletableFuture.supplyAsync(() -> client().body(
                        """
                        {"table": ["t"], "candidates": 1, "avoid_names": ["Id"], "avoid_types": ["db:int4"]}""")
                .post("/api/v1/data_sources/" + source + "/guess_pk"));
        assertThat(asked(source))
                .isEqualTo(new SourceQuestion.Keys(
                        List.of("t"), null, 10_000, 1, new KeySearch(List.of("Id"), List.of("db:int4"))));
        answer.cancel(true);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"candidates\": 0",
                "\"candidates\": 1.5",
                "\"candidates\": true",
                "\"candidates\": {}",
                "\"candidates\": 1.0",
                "\"candidates\": \"1\"",
                "\"candidates\": [1]",
                "\"avoid_names\": \"id\"",
                "\"avoid_types\": [null]"
            })
    void refusesGuessesThatCannotBe(String field) {
        client().body("{\"table\": [\"t\"], " + field + "}")
                .post("/api/v1/data_sources/" + newSource("") + "/guess_pk")
                .then()
                .statusCode(422)
                .body("detail", hasSize(1))
                .body("detail[0].loc[1]", equalTo(field.substring(1, field.indexOf("\":"))));
    }

    @Test
    void saysWhyThereIsNoSchema() {
        long source = newSource("");
        String task = "/api/v1/data_sources/" + source + "/dataset_schema/"
                + client().body("{\"table\": [\"t\"]}")
                        .post("/api/v1/data_sources/" + source + "/dataset_schema")
                        .jsonPath()
                        .getLong("task_id");
        assertThat(asked(source)).isEqualTo(new SourceQuestion.TableSchema(List.of("t")));
        long job = Long.parseLong(task.substring(task.lastIndexOf('/') + 1));
        report(new Report.SourceAnswered(
                job, "w1", null, new Failure(ErrorType.NO_SUCH_TABLE, "There is no table t.")));
        await(() -> client().get(task)
                .then()
                .body("status", equalTo("failed"))
                .body("result", equalTo(Map.of("error", "There is no table t.")))
                .body("error", equalTo("There is no table t.")));
    }

    /** Whoever may change a source is not to learn its password by having it sent elsewhere. */
    @Test
    void sendsNoSecretToWhereNobodyHasGivenItFor() {
        long id = newSource("");
        for (String change : List.of("\"host\": \"evil\"", "\"port\": 6666", "\"sslmode\": \"require\"")) {
            for (String secret : List.of("", ", \"password\": null", ", \"password\": \"\"")) {
                client().body("{\"options\": {" + change + secret + "}}")
                        .patch("/api/v1/data_sources/" + id)
                        .then()
                        .statusCode(422)
                        .body("detail[0].loc", equalTo(List.of("body", "options", "password")))
                        .body("detail[0].msg", containsString("given again"));
            }
        }
        assertThat(opened(id).getString("options.host")).isEqualTo("db");
    }

    private JsonPath opened(long id) {
        String sealed = one("select sealed from data_source where id = $1", Tuple.of(id), String.class);
        return new JsonPath(new String(
                new Seal(SealingKey.fromBase64(StoreForTests.SEALING_KEY)).open(sealed, SealedSource.context(id)),
                StandardCharsets.UTF_8));
    }

    @Test
    void refusesChangesThatCannotBe() {
        long id = newSource("");
        long other = newSource("");
        String name = client().get("/api/v1/data_sources/" + other).jsonPath().getString("name");
        client().body("{\"name\": \"" + name + "\"}")
                .patch("/api/v1/data_sources/" + id)
                .then()
                .statusCode(409);
        client().body("{\"type\": \"postgres_aurora\"}")
                .patch("/api/v1/data_sources/" + id)
                .then()
                .statusCode(422)
                .body("detail[0].loc", equalTo(List.of("body", "type")));
        client().body("{\"name\": null, \"options\": {\"port\": 0, \"password\": \"x\"}}")
                .patch("/api/v1/data_sources/" + id)
                .then()
                .statusCode(422)
                .body("detail.type", equalTo(List.of("missing", "out_of_range")));
        client().body("{}").patch("/api/v1/data_sources/999999").then().statusCode(404);
    }

    @Test
    void leavesSourcesInUseAlone() {
        long id = newSource("");
        long diff = newDiff(id, id);
        String elsewhere = "{\"options\": {\"host\": \"x\", \"password\": \"y\"}}";
        client().body(elsewhere).patch("/api/v1/data_sources/" + id).then().statusCode(409);
        client().delete("/api/v1/data_sources/" + id).then().statusCode(409);
        client().body("{\"is_paused\": false}")
                .patch("/api/v1/data_sources/" + id)
                .then()
                .statusCode(200)
                .body("options.host", equalTo("db"));
        client().post("/api/v1/datadiffs/" + diff + "/cancel").then().statusCode(200);
        client().body(elsewhere).patch("/api/v1/data_sources/" + id).then().statusCode(200);
    }

    @Test
    void deletesASourceAndItsSecrets() {
        long id = newSource("");
        long diff = newDiff(id, id);
        client().post("/api/v1/datadiffs/" + diff + "/cancel").then().statusCode(200);
        String name = client().get("/api/v1/data_sources/" + id + "/summary")
                .then()
                .statusCode(200)
                .body("type", equalTo("pg"))
                .body("id", equalTo((int) id))
                .extract()
                .jsonPath()
                .getString("name");
        client().delete("/api/v1/data_sources/" + id).then().statusCode(204);

        for (String path : List.of("", "/summary")) {
            client().get("/api/v1/data_sources/" + id + path).then().statusCode(404);
        }
        client().delete("/api/v1/data_sources/" + id).then().statusCode(404);
        client().post("/api/v1/data_sources/" + id + "/test").then().statusCode(404);
        client().get("/api/v1/data_sources").then().body("id", not(hasItem((int) id)));
        client().body(
                        """
                        {"data_source1_id": %1$d, "data_source2_id": %1$d, "table1": ["a"], "table2": ["b"],
                         "pk_columns": ["id"]}"""
                                .formatted(id))
                .post("/api/v1/datadiffs")
                .then()
                .statusCode(422)
                .body("detail.type", equalTo(List.of("unknown", "unknown")));
        assertThat(one("select sealed from data_source where id = $1", Tuple.of(id), String.class))
                .isEmpty();
        client().get("/api/v1/datadiffs/" + diff + "/summary")
                .then()
                .statusCode(200)
                .body("data_source1_name", equalTo(name));
        // Its name is free again.
        post("""
                {"name": "%s", "type": "pg", "options": {"host": "db", "user": "reader", "dbname": "sales"}}"""
                        .formatted(name))
                .statusCode(200);
    }

    @Test
    void mendsASourceWhoseSecretsCannotBeOpened() {
        long id = newSource("");
        execute("update data_source set sealed = 'AAAA' where id = $1", id);
        client().body("{\"is_paused\": true}")
                .patch("/api/v1/data_sources/" + id)
                .then()
                .statusCode(200);
        String without = "{\"options\": {\"host\": \"db\", \"user\": \"reader\", \"dbname\": \"sales\"}}";
        client().body(without)
                .patch("/api/v1/data_sources/" + id)
                .then()
                .statusCode(409)
                .body("detail", containsString("secrets included"));
        client().body(without.replace("\"dbname\"", "\"password\": \"new\", \"dbname\""))
                .patch("/api/v1/data_sources/" + id)
                .then()
                .statusCode(200);
        assertThat(opened(id).getString("options.password")).isEqualTo("new");
    }

    @Test
    void keepsANameThatIsTakenWhateverElseChanges() {
        long id = newSource("");
        String name =
                client().get("/api/v1/data_sources/" + newSource("")).jsonPath().getString("name");
        client().body("{\"name\": \"" + name + "\", \"options\": {\"host\": \"x\", \"password\": \"y\"}}")
                .patch("/api/v1/data_sources/" + id)
                .then()
                .statusCode(409);
    }
}
