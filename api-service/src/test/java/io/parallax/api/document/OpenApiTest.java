package io.parallax.api.document;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parallax.api.ApiDocument;
import io.parallax.api.ApiDocument.Call;
import io.parallax.api.ServiceTest;
import io.parallax.api.datadiffs.SeedTest;
import io.parallax.api.messaging.Channels;
import io.parallax.contract.message.Job;
import io.parallax.contract.message.Report;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The API document is whole, and what it says is what the service does. */
@QuarkusTest
class OpenApiTest extends ServiceTest {
    private static final AtomicInteger NAMES = new AtomicInteger();

    private ApiDocument document;

    @BeforeEach
    void read() {
        document = ApiDocument.served();
    }

    @Test
    void everyOperationHasANameASummaryAndATag() {
        assertThat(document.calls()).hasSizeGreaterThan(20).allSatisfy(call -> {
            assertThat(call.name()).as(call.path()).isNotBlank();
            assertThat(call.operation().path("summary").asText())
                    .as(call.name())
                    .isNotBlank();
            assertThat(call.operation().path("tags")).as(call.name()).hasSize(1);
        });
        assertThat(document.calls()).extracting(Call::name).doesNotHaveDuplicates();
    }

    /** Generators for TypeScript call the parameters of an operation by its name, and Request. */
    @Test
    void noSchemaIsCalledAsTheParametersOfAnOperation() {
        assertThat(document.calls())
                .extracting(call -> call.name().substring(0, 1).toUpperCase(Locale.ROOT)
                        + call.name().substring(1) + "Request")
                .doesNotContainAnyElementsOf(() -> document.schemas().fieldNames());
    }

    @Test
    void everySuccessHasASchemaAndExamplesOfIt() {
        assertThat(document.calls()).allSatisfy(call -> {
            // A listener may learn that there is nothing more to come.
            assertThat(call.successes()).as(call.name()).hasSize(call.name().equals("watchDataDiff") ? 2 : 1);
            call.successes().filter(success -> !success.getKey().equals("204")).forEach(success -> {
                JsonNode content = success.getValue().path("content");
                JsonNode json = content.has("application/json")
                        ? content.path("application/json")
                        : content.elements().next();
                assertThat(json.path("schema")).as(call.name()).isNotEmpty();
                assertThat(ApiDocument.examples(json))
                        .as(call.name())
                        .isNotEmpty()
                        .allSatisfy(example -> assertThat(document.faults(json.path("schema"), example))
                                .isEmpty());
            });
        });
    }

    @Test
    void everyBodyHasASchemaAndExamplesOfIt() {
        assertThat(document.calls())
                .filteredOn(call -> call.operation().has("requestBody"))
                .hasSize(11)
                .allSatisfy(call -> {
                    JsonNode body = call.operation().path("requestBody");
                    JsonNode schema =
                            body.path("content").path("application/json").path("schema");
                    assertThat(body.path("required").asBoolean())
                            .as(call.name())
                            .isTrue();
                    assertThat(call.bodies()).as(call.name()).isNotEmpty().allSatisfy(example -> assertThat(
                                    document.faults(schema, example))
                            .isEmpty());
                });
    }

    @Test
    void everyProblemIsOne() {
        assertThat(document.calls()).allSatisfy(call -> {
            JsonNode responses = call.operation().path("responses");
            assertThat(responses.properties())
                    .as(call.name())
                    .filteredOn(response -> !response.getKey().startsWith("2"))
                    .extracting(response -> response.getKey())
                    .contains("401", "503", "default");
            responses.properties().stream()
                    .filter(response -> !response.getKey().startsWith("2"))
                    .map(response -> document.resolved(response.getValue()))
                    .forEach(response -> {
                        JsonNode problem = response.path("content").path("application/problem+json");
                        assertThat(ApiDocument.examples(problem)).isNotEmpty().allSatisfy(example -> assertThat(
                                        document.faults(problem.path("schema"), example))
                                .isEmpty());
                    });
        });
    }

    @Test
    void everyFieldAndParameterIsExplained() {
        assertThat(document.schemas().properties()).allSatisfy(schema -> assertThat(
                        schema.getValue().path("properties").properties())
                .as(schema.getKey())
                .allSatisfy(property -> assertThat(
                                property.getValue().path("description").asText())
                        .as(property.getKey())
                        .isNotBlank()));
        assertThat(document.calls())
                .allSatisfy(call -> assertThat(call.operation().path("parameters"))
                        .as(call.name())
                        .allSatisfy(parameter -> assertThat(
                                        parameter.path("description").asText())
                                .as(parameter.path("name").asText())
                                .isNotBlank()));
    }

    @Test
    void diffsCanBeAskedForAsInTheExamples() {
        long[] sources = {newSource(""), newSource("")};
        assertThat(document.call("createDataDiff").bodies()).allSatisfy(example -> {
            ObjectNode body = (ObjectNode) example;
            for (String field : List.of("data_source1_id", "data_source2_id")) {
                body.put(field, sources[body.path(field).asInt() - 1]);
            }
            Response answer = client().body(body.toString()).post("/api/v1/datadiffs");
            assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(200);
            assertAsDocumented("createDataDiff", answer);
            assertThat(answer.jsonPath().getList("ignored_fields")).isEmpty();
        });
    }

    @Test
    void diffsCanBeChangedAsInTheExamples() {
        long source = newSource("");
        assertThat(document.call("changeDataDiff").bodies()).allSatisfy(example -> {
            long diff = newDiff(source, source);
            assertAsDocumented("cancelDataDiff", client().post("/api/v1/datadiffs/" + diff + "/cancel"));
            assertAsDocumented(
                    "changeDataDiff", client().body(example.toString()).patch("/api/v1/datadiffs/" + diff));
        });
    }

    @Test
    void dataSourcesCanBeMadeAndChangedAsInTheExamples() {
        assertThat(document.call("createDataSource").bodies()).allSatisfy(example -> {
            ObjectNode body = (ObjectNode) example;
            body.put("name", body.path("name").asText() + " " + NAMES.incrementAndGet() + " " + System.nanoTime());
            Response answer = client().body(body.toString()).post("/api/v1/data_sources");
            assertAsDocumented("createDataSource", answer);
            assertThat(answer.jsonPath().getList("ignored_fields")).isEmpty();
        });
        long source = newSource("");
        assertThat(document.call("changeDataSource").bodies())
                .allSatisfy(example -> assertAsDocumented(
                        "changeDataSource", client().body(example.toString()).patch("/api/v1/data_sources/" + source)));
    }

    @Test
    void keysCanBeMadeAsInTheExamples() {
        assertThat(document.call("createApiKey").bodies()).allSatisfy(example -> {
            Response answer = client().body(example.toString()).post("/api/v1/api_keys");
            assertAsDocumented("createApiKey", answer);
            assertThat(document.call("changeApiKey").bodies())
                    .allSatisfy(change -> assertAsDocumented(
                            "changeApiKey",
                            client().body(change.toString())
                                    .patch("/api/v1/api_keys/"
                                            + answer.jsonPath().getLong("id"))));
            client().accept("application/problem+json")
                    .delete("/api/v1/api_keys/" + answer.jsonPath().getLong("id"))
                    .then()
                    .statusCode(204);
        });
        assertAsDocumented("listApiKeys", client().get("/api/v1/api_keys"));
    }

    @Test
    void sourcesCanBeAskedAsInTheExamples() {
        for (String name : List.of("queryDataSource", "guessPrimaryKey")) {
            Call call = document.call(name);
            JsonNode answer = ApiDocument.examples(call.operation().at("/responses/200/content/application~1json"))
                    .get(0);
            assertThat(call.bodies())
                    .allSatisfy(body -> assertAsDocumented(name, answered(call, newSource(""), body, answer)));
        }
        Call call = document.call("askDatasetSchema");
        assertThat(call.bodies()).allSatisfy(body -> {
            long source = newSource("");
            Response task = client().body(body.toString()).post(call.path().replace("{id}", Long.toString(source)));
            assertAsDocumented("askDatasetSchema", task);
            assertAsDocumented(
                    "datasetSchema",
                    client().get("/api/v1/data_sources/" + source + "/dataset_schema/"
                            + task.jsonPath().getLong("task_id")));
        });
    }

    /** Asks, and answers in the place of a worker. */
    private Response answered(Call call, long source, JsonNode body, JsonNode answer) {
        CompletableFuture<Response> response = CompletableFuture.supplyAsync(
                () -> client().body(body.toString()).post(call.path().replace("{id}", Long.toString(source))));
        await(() -> assertThat(questions(source)).isNotEmpty());
        report(new Report.SourceAnswered(questions(source).get(0).job(), "w1", answer, null));
        return response.join();
    }

    private List<Job.AskSource> questions(long source) {
        return sent(Channels.JOBS, Job.class).stream()
                .filter(Job.AskSource.class::isInstance)
                .map(Job.AskSource.class::cast)
                .filter(job -> job.source().id() == source)
                .toList();
    }

    @Test
    void answersAreAsDocumented() {
        long source = newSource(", \"max_allowed_connections\": 3");
        long diff = newDiff(source, source);
        String address = "/api/v1/datadiffs/" + diff;
        assertAsDocumented("dataDiff", client().get(address));
        assertAsDocumented("dataDiffSummaryResults", client().get(address + "/summary_results"));
        assertAsDocumented("dataDiffSummary", client().get(address + "/summary"));

        plan(diff, 1, "price");
        await(() -> assertThat(tasks(diff)).hasSize(1));
        report(done(tasks(diff).get(0), rows(10)));
        await(() -> assertThat(status(diff)).isEqualTo("done"));

        assertAsDocumented("dataDiff", client().get(address));
        assertAsDocumented("dataDiffSummaryResults", client().get(address + "/summary_results"));
        assertAsDocumented("dataDiffSummary", client().get(address + "/summary"));
        assertAsDocumented("dataDiffResults", client().get(address + "/results"));
        assertAsDocumented("cancelDataDiff", client().post(address + "/cancel"));
        assertAsDocumented("organizationMeta", client().get("/api/v1/organization/meta"));
        assertAsDocumented("listDataSourceTypes", client().get("/api/v1/data_sources/types"));
        assertAsDocumented("listDataSources", client().get("/api/v1/data_sources"));
        assertAsDocumented("dataSource", client().get("/api/v1/data_sources/" + source));
        assertAsDocumented("dataSourceSummary", client().get("/api/v1/data_sources/" + source + "/summary"));
        Response test = client().post("/api/v1/data_sources/" + source + "/test");
        assertAsDocumented("testDataSource", test);
        assertAsDocumented(
                "dataSourceTest",
                client().get("/api/v1/data_sources/test/" + test.jsonPath().getLong("job_id")));
    }

    @Test
    void webhooksAreAsInTheExamples() {
        assertThat(document.call("createWebhook").bodies()).allSatisfy(example -> {
            Response made = client().body(example.toString()).post("/api/v1/webhooks");
            assertAsDocumented("createWebhook", made);
            assertAsDocumented("listWebhooks", client().get("/api/v1/webhooks"));
            String address = "/api/v1/webhooks/" + made.jsonPath().getLong("id");
            assertThat(document.call("changeWebhookSecret").bodies())
                    .allSatisfy(body -> assertAsDocumented(
                            "changeWebhookSecret",
                            client().body(body.toString()).post(address + "/secret")));
            long source = newSource("");
            newDiff(source, source);
            execute(
                    "update webhook set url = 'http://127.0.0.9/' where id = $1",
                    made.jsonPath().getLong("id"));
            assertAsDocumented("testWebhook", client().post(address + "/test"));
            assertAsDocumented("listWebhookDeliveries", client().get(address + "/deliveries?status=waiting"));
            client().accept("*/*").delete(address).then().statusCode(204);
        });
    }

    @Test
    void problemsAreAsDocumented() {
        assertAsDocumented("dataDiff", 404, client().get("/api/v1/datadiffs/999999999"));
        assertAsDocumented("dataDiff", 422, client().get("/api/v1/datadiffs/x"));
        assertAsDocumented("listDataDiffs", 401, given().get("/api/v1/datadiffs"));
        assertAsDocumented("createDataDiff", 422, client().body("{}").post("/api/v1/datadiffs"));
        long source = newSource("");
        newDiff(source, source);
        assertAsDocumented("deleteDataSource", 409, client().delete("/api/v1/data_sources/" + source));
    }

    @Test
    void listsTakeTheParametersThatAreDocumented() {
        for (String name : List.of("listDataDiffs", "dataDiffResults")) {
            Call call = document.call(name);
            long source = newSource("");
            long diff = newDiff(source, source);
            plan(diff, 0, "price");
            await(() -> assertThat(status(diff)).isEqualTo("done"));
            String path = call.path().replace("{id}", Long.toString(diff));
            assertThat(call.operation().path("parameters")).isNotEmpty().allSatisfy(parameter -> {
                String given = parameter.path("name").asText();
                JsonNode schema = parameter.path("schema");
                JsonNode value = parameter.has("example") ? parameter.path("example") : schema.path("default");
                if (!given.equals("cursor")) {
                    assertAsDocumented(
                            name, client().queryParam(given, value.asText()).get(path));
                }
                schema.path("enum").forEach(word -> client().queryParam(given, word.asText())
                        .get(path)
                        .then()
                        .statusCode(200));
            });
        }
    }

    /** A filter with a slip of the pen does not answer everything. */
    @Test
    void callsTakeNoOtherParametersThanThoseThatAreDocumented() {
        assertThat(document.calls()).allSatisfy(call -> {
            List<String> documented = StreamSupport.stream(
                            call.operation().path("parameters").spliterator(), false)
                    .filter(parameter -> parameter.path("in").asText().equals("query"))
                    .map(parameter -> parameter.path("name").asText())
                    .toList();
            String path = call.path().replaceAll("\\{[a-z_]+}", "999999999");
            Response answer = client().accept("*/*")
                    .body("{}")
                    .queryParam("no_such", "1")
                    .request(call.method().toUpperCase(Locale.ROOT), path);
            assertThat(answer.statusCode()).as(call.name() + answer.asString()).isIn(404, 422);
            if (!call.name().equals("dataDiffResults")) {
                answer.then().statusCode(422).body("detail[0].loc", equalTo(List.of("query", "no_such")));
                String said = answer.jsonPath().getString("detail[0].msg");
                documented.forEach(name -> assertThat(said).contains(name));
            }
        });
    }

    /** The service's own document had this example before there was anything else. */
    @Test
    void showsTheFirstExample() {
        assertThat(document.call("createDataDiff").bodies())
                .anySatisfy(
                        example -> assertThat(example.toString())
                                .isEqualTo(
                                        """
                                {"data_source1_id":1,"data_source2_id":1,"table1":["DATABASE","SCHEMA","TABLE_1"],\
                                "table2":["DATABASE","SCHEMA","TABLE_2"],"query1":null,"query2":null,\
                                "materialize_dataset1":false,"materialize_dataset2":false,\
                                "materialization_destination_id":null,"materialize_without_sampling":false,\
                                "pk_columns":["PRIMARY_KEY"],"include_columns":null,"exclude_columns":null,\
                                "time_column":null,"time_aggregate":null,"filter1":null,"filter2":null,\
                                "time_travel_point1":null,"time_travel_point2":null,"time_interval_start":null,\
                                "time_interval_end":null,"sampling_tolerance":null,"sampling_confidence":null,\
                                "sampling_threshold":null,"diff_tolerances_per_column":null}"""));
        JsonNode seed = ApiDocument.parse(SeedTest.EXAMPLE);
        assertThat(ApiDocument.examples(document.call("dataDiffSummaryResults")
                        .operation()
                        .at("/responses/200/content/application~1json")))
                .anySatisfy(example -> assertThat(fewer(example, seed)).isEqualTo(seed));
    }

    /** Without the fields that the other one does not have. */
    private static JsonNode fewer(JsonNode example, JsonNode other) {
        if (!(example instanceof ObjectNode object)) {
            return example;
        }
        Set<String> names = Set.copyOf(StreamSupport.stream(((Iterable<String>) other::fieldNames).spliterator(), false)
                .toList());
        ObjectNode shown = object.deepCopy().retain(names);
        names.stream().filter(shown::has).forEach(name -> shown.set(name, fewer(shown.get(name), other.get(name))));
        return shown;
    }

    private void assertAsDocumented(String name, Response answer) {
        assertAsDocumented(name, 200, answer);
    }

    private void assertAsDocumented(String name, int status, Response answer) {
        assertThat(answer.statusCode()).as(name + ": " + answer.asString()).isEqualTo(status);
        assertThat(document.faults(document.call(name), status, ApiDocument.parse(answer.asString())))
                .as(name + ": " + answer.asString())
                .isEmpty();
    }
}
