package io.parallax.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

/** One diff, spread over two workers; then the same with one of them killed on the way; then with one that was away. */
@ExtendWith(InstallationExtension.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DistributedDiffIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int FEWEST_SEGMENTS = 40;

    /** Buckets of 1000 rows of either side in a task. */
    private static final int BUCKETS = 30;

    /** Reports of one worker that may be on their way at one time, and some more. */
    private static final int IN_FLIGHT = 6;

    private static long source;
    private static JsonNode expected;

    @BeforeAll
    static void createTables(Installation installation) throws Exception {
        RatingTables.create(installation);
        source = installation.register("ratings", installation.sourceOptions());
        try (Connection connection = installation.source()) {
            expected = BruteForce.figures(connection, RatingTables.A, RatingTables.B, "id", RatingTables.COMPARED);
        }
        assertThat(expected.path("values").path("rows_with_differences").asInt())
                .isBetween(100, 1000);
    }

    @Test
    @Order(1)
    void spreadsOneDiffOverBothWorkers(Installation installation) throws Exception {
        long diff = start(installation);
        assertFigures(installation.api().finished(diff, PATIENCE));
        assertThat(workersOf(installation, diff)).containsExactly("worker-1", "worker-2");
        assertThat(segments(installation, diff)).isGreaterThanOrEqualTo(FEWEST_SEGMENTS);
    }

    @Test
    @Order(1)
    void leavesOneTraceFromEachRequestToItsEnd(Installation installation) throws Exception {
        List<String> traces = List.of("0af7651916cd43dd8448eb211c80319c", "4bf92f3577b34da6a3ce929d0e0e4736");
        Map<String, Long> diffs = new HashMap<>();
        ExecutorService together = Executors.newFixedThreadPool(traces.size());
        try {
            Map<String, Future<JsonNode>> posted = new HashMap<>();
            for (String trace : traces) {
                posted.put(trace, together.submit(() -> installation
                        .api()
                        .postWithin("00-" + trace + "-b7ad6b7169203331-01", "/datadiffs", request())));
            }
            for (String trace : traces) {
                diffs.put(trace, posted.get(trace).get().path("id").asLong());
            }
        } finally {
            together.shutdownNow();
        }
        for (String trace : traces) {
            assertFigures(installation.api().finished(diffs.get(trace), PATIENCE));
            long segments = segments(installation, diffs.get(trace));
            String diff = diffs.get(trace).toString();
            await("all spans")
                    .atMost(PATIENCE)
                    .untilAsserted(() -> assertWhole(installation.traces().spans(trace), diff, segments));
        }
    }

    /** A message that came twice has two spans. */
    private static void assertWhole(List<TraceCollector.Span> spans, String diff, long segments) {
        assertThat(spans).extracting(TraceCollector.Span::name).contains("POST /api/v1/datadiffs", "plan diff");
        assertThat(spans.stream()
                        .filter(span -> span.name().equals("compare"))
                        .map(span -> span.attributes().get("parallax.task"))
                        .distinct())
                .hasSize((int) segments);
        assertThat(spans.stream()
                        .map(span -> span.attributes().getOrDefault("parallax.diff", diff))
                        .distinct())
                .containsExactly(diff);
        Set<String> ids = spans.stream().map(TraceCollector.Span::id).collect(Collectors.toSet());
        assertThat(spans).allMatch(span -> span.parent().equals("b7ad6b7169203331") || ids.contains(span.parent()));
    }

    @Test
    @Order(2)
    void countsTheSameWhenAWorkerIsKilled(Installation installation) throws Exception {
        ServiceProcess victim = installation.worker("worker-2");
        long diff = startAndFreezeWithTasksInHand(installation, victim);
        long inHand = inHandOf(installation, diff, "worker-2");
        long done = doneBy(installation, diff, "worker-2");
        victim.kill();
        await("its end").atMost(PATIENCE).until(() -> !victim.alive());
        assertThat(Api.isOver(installation.api().get("/datadiffs/" + diff + "/summary_results")))
                .isFalse();

        assertFigures(installation.api().finished(diff, PATIENCE));

        assertThat(workersOf(installation, diff)).contains("worker-1");
        // By a new attempt when the lease ran out, or by the old message when Kafka gave it away first.
        assertThat(inHand).isPositive();
        assertThat(doneBy(installation, diff, "worker-2")).isEqualTo(done);
    }

    @Test
    @Order(3)
    void givesWorkToAWorkerThatWasAwayForLongerThanItsSession(Installation installation) throws Exception {
        ServiceProcess back = installation.startWorker("worker-2").awaitReady();
        try (Admin kafka = Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, installation.kafka().bootstrapServers()))) {
            await("both at work").atMost(PATIENCE).until(() -> members(kafka), List.of(2, 2)::equals);
            back.freeze();
            await("one at work").atMost(PATIENCE).until(() -> members(kafka), List.of(1, 1)::equals);
            back.thaw();
            await("both at work again").atMost(PATIENCE).until(() -> members(kafka), List.of(2, 2)::equals);
            installation.worker("worker-1").kill();
            try {
                long diff = start(installation);
                assertFigures(installation.api().finished(diff, PATIENCE));
                assertThat(workersOf(installation, diff)).containsExactly("worker-2");
            } finally {
                installation.startWorker("worker-1").awaitReady();
            }
        }
    }

    /** Workers that Kafka gives jobs, and tasks. */
    private static List<Integer> members(Admin kafka) throws Exception {
        List<String> groups = List.of("parallax-diff-worker-jobs", "parallax-diff-worker-tasks");
        Map<String, ConsumerGroupDescription> found =
                kafka.describeConsumerGroups(groups).all().get(1, TimeUnit.MINUTES);
        return groups.stream().map(group -> found.get(group).members().size()).toList();
    }

    private static long start(Installation installation) throws IOException, InterruptedException {
        return installation.api().post("/datadiffs", request()).path("id").asLong();
    }

    private static ObjectNode request() {
        ObjectNode body = Api.object().put("data_source1_id", source).put("data_source2_id", source);
        body.putArray("table1").add("public").add(RatingTables.A);
        body.putArray("table2").add("public").add(RatingTables.B);
        body.putArray("pk_columns").add("id");
        return body.put("bisection_factor", BUCKETS);
    }

    private static void assertFigures(JsonNode summary) {
        assertThat(summary.path("status").asText()).as(summary.toString()).isEqualTo("success");
        assertThat(BruteForce.reported(summary)).isEqualTo(expected);
    }

    /** Another diff where one is over too soon. */
    private static long startAndFreezeWithTasksInHand(Installation installation, ServiceProcess worker)
            throws Exception {
        long diff;
        do {
            diff = start(installation);
        } while (!freezeWithTasksInHand(installation, diff, worker));
        return diff;
    }

    /**
     * Half way through the diff, at a moment when the worker has taken tasks up and not reported on them; false when the
     * diff was over before there was one.
     */
    private static boolean freezeWithTasksInHand(Installation installation, long diff, ServiceProcess worker)
            throws Exception {
        do {
            worker.thaw();
            long done = doneBy(installation, diff, "worker-2");
            await("worker-2 at work")
                    .pollInterval(Duration.ofMillis(20))
                    .atMost(PATIENCE)
                    .until(() -> isOver(installation, diff) || doneBy(installation, diff, "worker-2") > done);
            worker.freeze();
            // Reports on one diff come in order: what worker-2 still said is counted once worker-1 is heard of tasks
            // that it began later. A worker goes on while a few of its reports are on their way.
            long others = doneBy(installation, diff, "worker-1");
            await("worker-1 going on")
                    .pollInterval(Duration.ofMillis(20))
                    .atMost(PATIENCE)
                    .until(() ->
                            isOver(installation, diff) || doneBy(installation, diff, "worker-1") > others + IN_FLIGHT);
        } while (!isOver(installation, diff) && inHandOf(installation, diff, "worker-2") == 0);
        if (isOver(installation, diff)) {
            worker.thaw();
            return false;
        }
        return true;
    }

    private static boolean isOver(Installation installation, long diff) throws IOException, InterruptedException {
        return Api.isOver(installation.api().get("/datadiffs/" + diff + "/summary_results"));
    }

    private static long doneBy(Installation installation, long diff, String worker) throws SQLException {
        return count(
                installation,
                "select count(*) from ledger_result where diff = %d and stage > 0 and worker = '%s'"
                        .formatted(diff, worker));
    }

    private static long inHandOf(Installation installation, long diff, String worker) throws SQLException {
        return count(
                installation,
                """
                select count(*) from ledger_task t
                where diff = %d and stage > 0 and worker = '%s' and lease_until is not null and not exists (
                    select from ledger_result r
                    where (r.diff, r.plan, r.stage, r.task) = (t.diff, t.plan, t.stage, t.task))
                """
                        .formatted(diff, worker));
    }

    private static long segments(Installation installation, long diff) throws SQLException {
        return count(installation, "select count(*) from ledger_result where stage > 0 and diff = " + diff);
    }

    private static List<String> workersOf(Installation installation, long diff) throws SQLException {
        List<String> workers = new ArrayList<>();
        try (Connection connection = installation.store();
                Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery("select distinct worker from ledger_result where stage > 0 and diff = "
                                + diff + " order by 1")) {
            while (rows.next()) {
                workers.add(rows.getString(1));
            }
        }
        return workers;
    }

    private static long count(Installation installation, String sql) throws SQLException {
        try (Connection connection = installation.store()) {
            return Installation.number(connection, sql);
        }
    }
}
