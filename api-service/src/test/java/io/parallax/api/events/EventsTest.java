package io.parallax.api.events;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.parallax.api.LedgerScenario;
import io.parallax.api.StoreForTests;
import io.parallax.api.messaging.Channels;
import io.parallax.contract.ErrorType;
import io.parallax.contract.message.CompareTask;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.reactive.messaging.kafka.api.IncomingKafkaRecordMetadata;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.junit.jupiter.api.Test;

/** What the outside is told about diffs. */
@QuarkusTest
class EventsTest extends LedgerScenario {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int OK = 200;

    @TestHTTPResource("/api/v1/datadiffs")
    URI datadiffs;

    @Inject
    EventPublisher publisher;

    private List<JsonNode> events(long diff) {
        publisher.sweep().await().atMost(PATIENCE);
        return List.copyOf(kafka.<byte[]>sink(Channels.EVENTS).received()).stream()
                .map(message -> json(message.getPayload()))
                .filter(event -> event.path("subject").asText().equals("datadiffs/" + diff))
                .toList();
    }

    private static JsonNode json(byte[] bytes) {
        try {
            return JSON.readTree(bytes);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static List<String> types(List<JsonNode> events) {
        return events.stream().map(event -> event.path("type").asText()).toList();
    }

    @Test
    void tellsWhatBecomesOfADiff() {
        long diff = newDiff();
        plan(diff, 4, "v");
        // Three at a time.
        List<CompareTask> first = issued(diff, 3);
        first.forEach(task -> report(done(task, rows(1))));
        report(done(issued(diff, 4).get(3), rows(1)));
        await(() -> assertThat(status(diff)).isEqualTo("done"));

        List<JsonNode> events = events(diff);
        assertThat(types(events))
                .containsExactly(
                        "io.parallax.diff.created",
                        "io.parallax.diff.progress",
                        "io.parallax.diff.progress",
                        "io.parallax.diff.progress",
                        "io.parallax.diff.finished");
        JsonNode last = events.get(4);
        assertThat(last.path("specversion").asText()).isEqualTo("1.0");
        assertThat(last.path("source").asText()).isEqualTo("/parallax");
        assertThat(last.at("/data/id").asLong()).isEqualTo(diff);
        assertThat(last.at("/data/status").asText()).isEqualTo("done");
        assertThat(last.at("/data/totals/total_rows").toString()).isEqualTo("[4,4]");
        assertThat(last.at("/data/totals/values_with_differences").asInt(-1)).isZero();
        assertThat(last.at("/data/totals/columns_with_differences").asInt(-1)).isZero();
        assertThat(last.at("/data/result").asText()).isEqualTo("identical");
        assertThat(last.at("/data/link").asText()).isEqualTo("/datadiffs/" + diff + "/overview");
        assertThat(events)
                .allSatisfy(
                        event -> assertThat(event.at("/data/table1").toString()).isEqualTo("[\"public\",\"a\"]"))
                .allSatisfy(
                        event -> assertThat(event.at("/data/table2").toString()).isEqualTo("[\"public\",\"b\"]"));
        assertThat(events.get(1).at("/data/progress/tenths").asInt()).isPositive();
        assertThat(events).extracting(event -> event.path("id").asText()).doesNotHaveDuplicates();
        // Told once, however often it is looked at.
        assertThat(events(diff)).hasSize(5);
    }

    @Test
    void tellsOfFailureAndCancelling() {
        long failing = newDiff();
        await(() -> assertThat(planningJobs(failing)).isNotEmpty());
        report(failed(planningJobs(failing).get(0).address(), 1, ErrorType.QUERY_ERROR));
        await(() -> assertThat(status(failing)).isEqualTo("failed"));
        List<JsonNode> events = events(failing);
        assertThat(types(events)).containsExactly("io.parallax.diff.created", "io.parallax.diff.failed");
        assertThat(events.get(1).at("/data/error/error_type").asText()).isEqualTo("QueryError");

        long cancelled = newDiff();
        client().post("/api/v1/datadiffs/" + cancelled + "/cancel").then().statusCode(OK);
        client().post("/api/v1/datadiffs/" + cancelled + "/cancel").then().statusCode(OK);
        assertThat(types(events(cancelled))).containsExactly("io.parallax.diff.created", "io.parallax.diff.cancelled");
    }

    /** Or it, and with it those that come later, would wait forever. */
    @Test
    void kafkaTakesTheLargestEvent() {
        String tag = "x".repeat(1_000_000);
        long diff = newDiff(Map.of("tags", List.of(tag))).extract().jsonPath().getLong("id");
        int most = ConfigProvider.getConfig()
                .getValue("mp.messaging.outgoing." + Channels.EVENTS + ".max.request.size", Integer.class);
        assertThat(events(diff)).isNotEmpty().allSatisfy(event -> assertThat(event.toString())
                .hasSizeBetween(1_000_000, most / 2));
    }

    @Test
    void makesOneDiffOfARepeatedRequest() {
        long source = newSource("");
        String body =
                "{\"data_source1_id\": %d, \"data_source2_id\": %d, \"table1\": [\"a\"], \"table2\": [\"b\"], \"pk_columns\": [\"id\"]}"
                        .formatted(source, source);
        String key = "key-" + System.nanoTime();
        int id = client().header("Idempotency-Key", key)
                .body(body)
                .post("/api/v1/datadiffs")
                .then()
                .statusCode(OK)
                .header("Idempotent-Replayed", nullValue())
                .extract()
                .jsonPath()
                .getInt("id");
        client().header("Idempotency-Key", key)
                .body(body)
                .post("/api/v1/datadiffs")
                .then()
                .statusCode(OK)
                .header("Idempotent-Replayed", "true")
                .body("id", equalTo(id));
        client().header("Idempotency-Key", key)
                .body(body.replace("\"a\"", "\"c\""))
                .post("/api/v1/datadiffs")
                .then()
                .statusCode(422)
                .body("detail[0].loc", equalTo(List.of("header", "Idempotency-Key")));
        client().header("Idempotency-Key", " ")
                .body(body)
                .post("/api/v1/datadiffs")
                .then()
                .statusCode(422);
        client().header("Idempotency-Key", "ä ö")
                .body(body)
                .post("/api/v1/datadiffs")
                .then()
                .statusCode(422);
        assertThat(one("select count(*) from diff where data_source1_id = $1", Tuple.of(source), Long.class))
                .isEqualTo(1);
    }

    @Test
    void makesOneDiffOfRequestsAtOnce() {
        long source = newSource("");
        String body =
                "{\"data_source1_id\": %d, \"data_source2_id\": %d, \"table1\": [\"a\"], \"table2\": [\"b\"], \"pk_columns\": [\"id\"]}"
                        .formatted(source, source);
        HttpClient http = HttpClient.newHttpClient();
        HttpRequest request = HttpRequest.newBuilder(datadiffs)
                .header("Authorization", "Key " + StoreForTests.API_KEY)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", "at-once-" + System.nanoTime())
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        List<CompletableFuture<HttpResponse<String>>> answers = IntStream.range(0, 8)
                .mapToObj(i -> http.sendAsync(request, HttpResponse.BodyHandlers.ofString()))
                .toList();
        assertThat(answers.stream().map(answer -> answer.join().statusCode()).distinct())
                .containsExactly(OK);
        assertThat(one("select count(*) from diff where data_source1_id = $1", Tuple.of(source), Long.class))
                .isEqualTo(1);
    }

    private CompletableFuture<HttpResponse<String>> listening(long diff, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(datadiffs + "/" + diff + "/events"))
                .header("Authorization", "Key " + StoreForTests.API_KEY)
                .header("Accept", "text/event-stream");
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HttpClient.newHttpClient().sendAsync(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static List<String> values(String stream, String field) {
        return stream.lines()
                .filter(line -> line.startsWith(field + ":"))
                .map(line -> line.substring(field.length() + 1))
                .toList();
    }

    @Test
    void streamsProgress() throws Exception {
        long diff = newDiff();
        CompletableFuture<HttpResponse<String>> answer = listening(diff);
        plan(diff, 1, "v");
        issued(diff, 1).forEach(task -> report(done(task, rows(1))));
        String stream = answer.get(10, TimeUnit.SECONDS).body();
        assertThat(answer.get().headers().firstValue("Content-Type")).contains("text/event-stream;charset=utf-8");
        List<String> data = values(stream, "data");
        assertThat(data).hasSizeBetween(1, 5);
        assertThat(data.get(data.size() - 1))
                .contains("\"status\":\"done\"")
                .contains("\"completed_steps\":2,\"total_steps\":2");
        assertThat(values(stream, "retry")).containsExactly("2000");
        List<String> ids = values(stream, "id");
        assertThat(ids).hasSameSizeAs(data).doesNotHaveDuplicates();

        // Whoever has not heard of the end hears of nothing else, and whoever has of nothing at all
        assertThat(values(
                        listening(diff, "Last-Event-ID", "of some time ago")
                                .get(10, TimeUnit.SECONDS)
                                .body(),
                        "id"))
                .containsExactly(ids.get(ids.size() - 1));
        HttpResponse<String> over =
                listening(diff, "Last-Event-ID", ids.get(ids.size() - 1)).get(10, TimeUnit.SECONDS);
        assertThat(over.statusCode()).isEqualTo(204);
        assertThat(over.body()).isEmpty();
        given().header("Authorization", "Key " + StoreForTests.API_KEY)
                .accept("text/event-stream, application/problem+json")
                .get("/api/v1/datadiffs/999999999/events")
                .then()
                .statusCode(404);
    }

    @Test
    void goesOnWhereAListenerHasLeft() throws Exception {
        long diff = newDiff();
        plan(diff, 2, "v");
        List<CompareTask> tasks = issued(diff, 2);
        // One who has heard of the state that it is in, and one who has not
        Iterator<String> known = lines(diff, "processing-1-3");
        Iterator<String> other = lines(diff, "processing-0-3");
        assertThat(known.next()).startsWith(":");
        assertThat(upTo(other, "id:processing-1-3")).doesNotContain("id:");
        tasks.forEach(task -> report(done(task, rows(1))));

        assertThat(upTo(known, "id:done-3-3")).doesNotContain("id:processing-1-3");
        assertThat(upTo(other, "id:done-3-3")).doesNotContain("id:processing-1-3");
    }

    private Iterator<String> lines(long diff, String last) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(datadiffs + "/" + diff + "/events"))
                .header("Authorization", "Key " + StoreForTests.API_KEY)
                .header("Accept", "text/event-stream")
                .header("Last-Event-ID", last)
                .timeout(PATIENCE)
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofLines())
                .body()
                .iterator();
    }

    /** What is told before that. */
    private static String upTo(Iterator<String> lines, String last) {
        StringBuilder before = new StringBuilder();
        for (String line = lines.next(); !line.equals(last); line = lines.next()) {
            before.append(line).append('\n');
        }
        return before.toString();
    }

    @Test
    void takesRequestsByMessage() {
        long source = newSource("");
        String body =
                "{\"data_source1_id\": %d, \"data_source2_id\": %d, \"table1\": [\"a\"], \"table2\": [\"b\"], \"pk_columns\": [\"id\"]}"
                        .formatted(source, source);
        String id = "m-" + System.nanoTime();
        send(id, body);
        send(id, body);
        send(id + "x", body.replace("\"id\"", "5"));
        send(id + "y", "no json");
        await(() -> assertThat(answers(id)).hasSize(2));
        assertThat(answers(id).get(0).path("type").asText()).isEqualTo("io.parallax.request.accepted");
        assertThat(answers(id).get(0).path("data")).isEqualTo(answers(id).get(1).path("data"));
        assertThat(one("select count(*) from diff where data_source1_id = $1", Tuple.of(source), Long.class))
                .isEqualTo(1);
        await(() -> assertThat(answers(id + "y")).hasSize(1));
        assertThat(answers(id + "x").get(0).path("type").asText()).isEqualTo("io.parallax.request.refused");
        assertThat(answers(id + "x").get(0).at("/data/detail/0/loc/1").asText()).isEqualTo("pk_columns");
    }

    private void send(String id, String body) {
        ConsumerRecord<String, byte[]> record =
                new ConsumerRecord<>("parallax.requests", 0, 0, null, body.getBytes(StandardCharsets.UTF_8));
        record.headers().add("ce_id", id.getBytes(StandardCharsets.UTF_8));
        kafka.<Message<byte[]>>source(Channels.REQUESTS)
                .send(Message.of(body.getBytes(StandardCharsets.UTF_8))
                        .addMetadata(new IncomingKafkaRecordMetadata<>(record, Channels.REQUESTS)));
    }

    private List<JsonNode> answers(String id) {
        return List.copyOf(kafka.<byte[]>sink(Channels.EVENTS).received()).stream()
                .map(message -> json(message.getPayload()))
                .filter(event -> event.path("id").asText().equals("answer:" + id))
                .toList();
    }

    @Test
    void putsChangesOnRecord() {
        long diff = newDiff();
        client().post("/api/v1/datadiffs/" + diff + "/cancel").then().statusCode(OK);
        client().get("/api/v1/audit?page_size=1")
                .then()
                .statusCode(OK)
                .body("results[0].path", equalTo("/api/v1/datadiffs/" + diff + "/cancel"))
                .body("results[0].method", equalTo("POST"))
                .body("results[0].status", equalTo(OK))
                .body("results[0].user_id", equalTo(1));
    }
}
