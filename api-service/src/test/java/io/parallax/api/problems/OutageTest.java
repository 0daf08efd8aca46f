package io.parallax.api.problems;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.parallax.api.Management;
import io.parallax.api.ServiceTest;
import io.parallax.api.StoreForTests;
import io.parallax.api.messaging.Channels;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Kafka is away all the time, and the store for a while. */
@QuarkusTest
@TestProfile(OutageTest.Alone.class)
class OutageTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final List<String> FIGURES_OF_WORK = List.of(
            "parallax_work\\{kind=\"tasks\".*}",
            "parallax_work\\{kind=\"jobs\".*}",
            "parallax_slots\\{kind=\"tasks\".*}",
            "parallax_slots\\{kind=\"jobs\".*}",
            "parallax_workers(\\{.*})?");

    @Inject
    Pool store;

    private static Response post(String path, String body) {
        return given().header("Authorization", "Key " + StoreForTests.API_KEY)
                .contentType(ContentType.JSON)
                .body(body)
                .post("/api/v1/" + path);
    }

    private static Response get(String path) {
        return given().header("Authorization", "Key " + StoreForTests.API_KEY).get("/api/v1/" + path);
    }

    /** What appears with its first increase has not increased. */
    @BeforeEach
    void countersAreThereAndExplained() {
        String metrics = metrics();
        for (String counter : List.of(
                "parallax_dead_letters_total", "parallax_tasks_handed_back_total", "parallax_tasks_reissued_total")) {
            assertThat(metrics).containsPattern("(?m)^" + counter + "(\\{.*})? 0\\.0$");
        }
        assertThat(metrics.lines().filter(line -> line.startsWith("parallax_")).map(line -> line.split("[ {]")[0]))
                .contains("parallax_kafka_reachable")
                .allSatisfy(name -> assertThat(metrics)
                        .containsPattern("(?m)^# HELP " + name.replaceAll("_total$", "") + "(_total)? \\S"));
    }

    private static String metrics() {
        return Management.get("/q/metrics").asString();
    }

    @Test
    void takesDiffsWithoutKafkaAndSaysSoWithoutTheStore() throws IOException {
        // Given
        int source = post(
                        "data_sources",
                        "{\"name\": \"a\", \"type\": \"pg\","
                                + " \"options\": {\"host\": \"h\", \"user\": \"u\", \"dbname\": \"d\"}}")
                .then()
                .statusCode(200)
                .extract()
                .path("id");

        // When Kafka is away
        String body =
                """
                {"data_source1_id": %d, "data_source2_id": %d, "table1": ["a"], "table2": ["b"], "pk_columns": ["id"]}"""
                        .formatted(source, source);
        int diff = post("datadiffs", body)
                .then()
                .statusCode(200)
                .body("status", equalTo("waiting"))
                .extract()
                .path("id");

        // Then the planning job goes back to the pending ones, and has lost no attempt
        ServiceTest.await(() ->
                assertThat(planningJob(diff).getOffsetDateTime("issued_at")).isNotNull());
        awaitLong(() ->
                assertThat(planningJob(diff).getOffsetDateTime("issued_at")).isNull());
        assertThat(planningJob(diff).getInteger("attempt")).isEqualTo(1);
        assertThat(planningJob(diff).getOffsetDateTime("sent_at")).isNull();
        get("datadiffs/" + diff).then().statusCode(200).body("status", equalTo("waiting"));
        Management.get("/q/health/ready").then().statusCode(200);

        for (String figure : FIGURES_OF_WORK) {
            ServiceTest.await(() -> assertThat(metrics()).containsPattern(figure + " [0-9]"));
        }

        // When the store goes away
        StoreThatStops.stopServer();

        // Then
        for (Response response : new Response[] {get("datadiffs/" + diff), post("datadiffs", body)}) {
            response.then()
                    .statusCode(503)
                    .contentType("application/problem+json")
                    .header("Retry-After", "5")
                    .body("status", equalTo(503));
        }
        Management.get("/q/health/ready").then().statusCode(503);
        Management.get("/q/health/live").then().statusCode(200);
        for (String figure : FIGURES_OF_WORK) {
            awaitLong(() -> assertThat(metrics()).containsPattern(figure + " NaN"));
        }

        // When it is back, then so is everything
        StoreThatStops.startServer();
        awaitLong(() -> assertThat(get("datadiffs/" + diff).statusCode()).isEqualTo(200));
        post("datadiffs", body).then().statusCode(200);
    }

    private Row planningJob(int diff) {
        return store.preparedQuery("select issued_at, sent_at, attempt from ledger_task where diff = $1")
                .execute(Tuple.of((long) diff))
                .await()
                .atMost(PATIENCE)
                .iterator()
                .next();
    }

    /** Kafka's clients take their time to give up. */
    private static void awaitLong(Runnable check) {
        try {
            ServiceTest.await(check);
        } catch (AssertionError e) {
            ServiceTest.await(() -> ServiceTest.await(check));
        }
    }

    /** Keeps other tests' resources out. */
    public static final class Alone implements QuarkusTestProfile {
        @Override
        public boolean disableGlobalTestResources() {
            return true;
        }

        @Override
        public List<TestResourceEntry> testResources() {
            return List.of(new TestResourceEntry(StoreThatStops.class));
        }
    }

    /** A store whose server stops and starts, on one port, with the same data. */
    public static final class StoreThatStops implements QuarkusTestResourceLifecycleManager {
        private static EmbeddedPostgres server;
        private static Path data;
        private static int port;

        @Override
        public Map<String, String> start() {
            try {
                data = Files.createTempDirectory("store");
                startServer();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
            Map<String, String> settings = new HashMap<>();
            for (String channel :
                    new String[] {Channels.JOBS, Channels.TASKS, Channels.CONTROL, Channels.DEAD_LETTER, Channels.EVENTS
                    }) {
                settings.put("mp.messaging.outgoing." + channel + ".connector", "smallrye-kafka");
                settings.put("mp.messaging.outgoing." + channel + ".max.block.ms", "2000");
                settings.put("mp.messaging.outgoing." + channel + ".request.timeout.ms", "1000");
                settings.put("mp.messaging.outgoing." + channel + ".delivery.timeout.ms", "2000");
            }
            settings.put("mp.messaging.incoming." + Channels.RESULTS + ".connector", "smallrye-kafka");
            settings.put("mp.messaging.incoming." + Channels.REQUESTS + ".connector", "smallrye-kafka");
            settings.put("kafka.bootstrap.servers", "127.0.0.1:1");
            settings.put("parallax.store.port", Integer.toString(port));
            settings.put("parallax.store.database", "postgres");
            settings.put("parallax.store.user", "postgres");
            settings.put("parallax.sealing-key", StoreForTests.SEALING_KEY);
            settings.put("parallax.bootstrap-api-key", StoreForTests.API_KEY);
            settings.put("parallax.ledger.sweep-every", "off");
            // Nothing is sent to a Kafka that is known to be away; this is about what happens before it is known.
            settings.put("parallax.kafka-watch-every", "off");
            settings.put("quarkus.http.test-port", "0");
            settings.put("quarkus.management.test-port", "0");
            return settings;
        }

        static void startServer() throws IOException {
            server = EmbeddedPostgres.builder()
                    .setDataDirectory(data)
                    .setCleanDataDirectory(false)
                    .setPort(port)
                    .start();
            port = server.getPort();
        }

        static void stopServer() throws IOException {
            server.close();
        }

        @Override
        public void stop() {
            try {
                server.close();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }
}
