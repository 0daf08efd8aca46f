package io.parallax.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.parallax.api.messaging.Channels;
import io.parallax.contract.Codec;
import io.parallax.contract.UnreadableMessageException;
import io.parallax.contract.message.CompareTask;
import io.parallax.contract.message.Control;
import io.parallax.contract.message.Job;
import io.parallax.contract.message.Plan;
import io.parallax.contract.message.Report;
import io.parallax.contract.message.SchemaComparison;
import io.parallax.contract.message.TaskAddress;
import io.parallax.contract.tally.Effort;
import io.parallax.contract.tally.Sides;
import io.parallax.contract.tally.Tally;
import io.quarkus.test.common.QuarkusTestResource;
import io.restassured.config.LogConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import io.smallrye.reactive.messaging.memory.InMemoryConnector;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.inject.Any;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.eclipse.microprofile.reactive.messaging.Message;

/** What tests of the running service share: a client in front, and the part of the workers behind. */
@QuarkusTestResource(StoreForTests.class)
public abstract class ServiceTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final AtomicInteger NAMES = new AtomicInteger();
    private static final AtomicInteger UNACKNOWLEDGED = new AtomicInteger();

    @Inject
    @Any
    protected InMemoryConnector kafka;

    @Inject
    protected Pool store;

    /** What failed is said as it was: making it pretty takes longer than all else, for each call. */
    private static final RestAssuredConfig PLAIN = RestAssuredConfig.config()
            .logConfig(LogConfig.logConfig()
                    .enablePrettyPrinting(false)
                    .enableLoggingOfRequestAndResponseIfValidationFails());

    public static RequestSpecification client() {
        return given().config(PLAIN)
                .header("Authorization", "Key " + StoreForTests.API_KEY)
                .contentType(ContentType.JSON);
    }

    public static long newSource(String more) {
        return client().body(
                        """
                        {"name": "source %d %d", "type": "pg", "options": {"host": "db", "user": "reader",
                         "password": "very-secret", "dbname": "sales"} %s}"""
                                .formatted(NAMES.incrementAndGet(), System.nanoTime(), more))
                .post("/api/v1/data_sources")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getLong("id");
    }

    public static long newDiff(long source1, long source2) {
        return client().body(Map.of(
                        "data_source1_id", source1,
                        "data_source2_id", source2,
                        "table1", List.of("public", "a"),
                        "table2", List.of("public", "b"),
                        "pk_columns", List.of("id")))
                .post("/api/v1/datadiffs")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getLong("id");
    }

    /** A diff of two tables of one new source, with these fields besides. */
    public static ValidatableResponse newDiff(Map<String, Object> more) {
        long source = newSource("");
        Map<String, Object> body = new HashMap<>(Map.of(
                "data_source1_id", source,
                "data_source2_id", source,
                "table1", List.of("a"),
                "table2", List.of("b"),
                "pk_columns", List.of("id")));
        body.putAll(more);
        return client().body(body).post("/api/v1/datadiffs").then().statusCode(200);
    }

    public static ValidatableResponse diff(long id) {
        return client().get("/api/v1/datadiffs/" + id).then().statusCode(200);
    }

    public static String status(long id) {
        return diff(id).extract().jsonPath().getString("status");
    }

    public static ValidatableResponse summary(long id) {
        return client().get("/api/v1/datadiffs/" + id + "/summary_results")
                .then()
                .statusCode(200);
    }

    /** The planning jobs sent for a diff so far. */
    public List<Job.PlanDiff> planningJobs(long diff) {
        return sent(Channels.JOBS, Job.class).stream()
                .filter(Job.PlanDiff.class::isInstance)
                .map(Job.PlanDiff.class::cast)
                .filter(job -> job.address().diff() == diff)
                .toList();
    }

    /** The jobs about later stages sent for a diff so far. */
    public List<Job.NextStage> stageJobs(long diff) {
        return sent(Channels.JOBS, Job.class).stream()
                .filter(Job.NextStage.class::isInstance)
                .map(Job.NextStage.class::cast)
                .filter(job -> job.address().diff() == diff)
                .toList();
    }

    /** The tasks sent for a diff so far. */
    public List<CompareTask> tasks(long diff) {
        return sent(Channels.TASKS, CompareTask.class).stream()
                .filter(task -> task.address().diff() == diff)
                .toList();
    }

    public List<Control> controls(long diff) {
        return sent(Channels.CONTROL, Control.class).stream()
                .filter(control -> control instanceof Control.StopDiff stop
                        ? stop.diff() == diff
                        : ((Control.StopTask) control).address().diff() == diff)
                .toList();
    }

    public <T> List<T> sent(String channel, Class<T> type) {
        return List.copyOf(kafka.<byte[]>sink(channel).received()).stream()
                .map(message -> decode(message, type))
                .toList();
    }

    public static <T> T decode(Message<byte[]> message, Class<T> type) {
        try {
            return Codec.decode(message.getPayload(), type);
        } catch (UnreadableMessageException e) {
            throw new AssertionError(e);
        }
    }

    public void report(Report report) {
        report(Codec.encode(report));
    }

    public void report(byte[] record) {
        UNACKNOWLEDGED.incrementAndGet();
        kafka.<Message<byte[]>>source(Channels.RESULTS).send(Message.of(record, () -> {
            UNACKNOWLEDGED.decrementAndGet();
            return CompletableFuture.completedFuture(null);
        }));
    }

    /** Passes once every report that was sent before has been taken in. */
    public static void awaitReports() {
        await(() -> assertThat(UNACKNOWLEDGED).hasValue(0));
    }

    /** Waits for the planning job of a diff and answers it. */
    public TaskAddress plan(long diff, int tasks, String... columns) {
        await(() -> assertThat(planningJobs(diff)).isNotEmpty());
        TaskAddress address = planningJobs(diff).get(0).address();
        report(new Report.PlanMade(address, 1, "w1", planOf(tasks, columns), Effort.NONE));
        await(() -> assertThat(status(diff)).isIn("processing", "done"));
        return address;
    }

    public static Plan planOf(int tasks, String... columns) {
        return new Plan(
                new SchemaComparison(
                        Sides.of(columns.length + 1, columns.length + 1),
                        Sides.ZERO,
                        List.of(),
                        0,
                        List.of(),
                        List.of()),
                List.of("id"),
                List.of(columns),
                "segments",
                Codec.toJson(Map.of("shared", true)),
                IntStream.range(0, tasks)
                        .mapToObj(i -> Codec.toJson(Map.of("part", i)))
                        .toList(),
                Tally.zero(columns.length));
    }

    public static Report.TaskDone done(CompareTask task, Tally tally) {
        return new Report.TaskDone(task.address(), task.attempt(), "w1", tally, new Effort(10, 1, 100, 5));
    }

    /** Equal rows of one compared column. */
    public static Tally rows(long rows) {
        return new Tally(
                Sides.of(rows, rows), Sides.ZERO, Sides.ZERO, Sides.of(rows, rows), Sides.ZERO, rows, 0, List.of(0L));
    }

    public <T> T one(String sql, Tuple parameters, Class<T> type) {
        Row row = store.preparedQuery(sql)
                .execute(parameters)
                .await()
                .atMost(PATIENCE)
                .iterator()
                .next();
        return row.get(type, 0);
    }

    public void execute(String sql, Object... parameters) {
        store.preparedQuery(sql).execute(Tuple.from(parameters)).await().atMost(PATIENCE);
    }

    /** Waits until the check passes. */
    public static void await(Runnable check) {
        Instant end = Instant.now().plus(PATIENCE);
        while (true) {
            try {
                check.run();
                return;
            } catch (AssertionError e) {
                if (Instant.now().isAfter(end)) {
                    throw e;
                }
                Thread.yield();
            }
        }
    }

    /** A busy machine takes its time for much. */
    public static void awaitLong(Runnable check) {
        Instant end = Instant.now().plusSeconds(90);
        while (true) {
            try {
                await(check);
                return;
            } catch (AssertionError e) {
                if (Instant.now().isAfter(end)) {
                    throw e;
                }
            }
        }
    }
}
