package io.parallax.api.ledger.leases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;

import io.parallax.api.Impatient;
import io.parallax.api.LedgerScenario;
import io.parallax.api.Management;
import io.parallax.contract.message.CompareTask;
import io.parallax.contract.message.Report;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is known of who is there to work, and of how much there is to do for them. */
@QuarkusTest
@TestProfile(Impatient.class)
class WorkforceTest extends LedgerScenario {
    @Inject
    Workforce workforce;

    @BeforeEach
    void nobody() {
        execute("delete from worker");
    }

    @Test
    void theWindowFollowsTheSlotsOfThoseWhoAreThere() {
        // When nobody has told of slots, as older ones do not
        assertThat(window(null)).isEqualTo(16);

        // When
        come("w1", 2);
        come("w2", 5);
        come("w2", 3);

        // Then
        awaitWorkers(2);
        await(() -> assertThat(window(null)).isEqualTo(15));
        assertThat(window(4)).isEqualTo(4);
        assertThat(window(0)).isEqualTo(1);

        // When one leaves, and another one falls silent
        report(Report.Alive.worker("w2", new Report.Slots(3, 4), true));
        await(() -> assertThat(window(null)).isEqualTo(6));
        execute("update worker set seen_at = now() - interval '31 seconds'");
        assertThat(window(null)).isEqualTo(16);
        come("w3", 0);
        awaitWorkers(1);
        assertThat(window(null)).isEqualTo(1);
    }

    @Test
    void thoseWhoWereNotHeardOfForLongAreForgotten() {
        execute("insert into worker values ('old', 2, 4, now() - interval '2 hours'), ('new', 2, 4, now())");
        workforce.forget().await().atMost(PATIENCE);
        assertThat(one("select string_agg(name, ',') from worker", Tuple.tuple(), String.class))
                .isEqualTo("new");
    }

    @Test
    void whatThereIsToDoIsCountedWhetherOrNotItIsOnItsWay() {
        // Given
        long tasks = work("tasks");
        long jobs = work("jobs");
        long source = newSource("");

        // When there is a plan to be made, and a question
        long diff = newDiff(source, source);
        execute(
                "insert into source_question (source, question) values ($1, '{\"kind\": \"table_schema\", \"table\": [\"t\"]}')",
                source);
        execute("insert into source_test (source, created_at) values ($1, now())", source);
        assertThat(work("jobs")).isEqualTo(jobs + 3);
        assertThat(work("tasks")).isEqualTo(tasks);

        // When there are many more tasks than may be in flight, and what is kept for them
        planned(diff, 1, planOf(40, "a"), true);
        settled();
        assertThat(issued(diff, 3)).hasSize(3);
        assertThat(work("jobs")).isEqualTo(jobs + 2);
        assertThat(work("tasks")).isEqualTo(tasks + 40);

        // When one is in hand, and another one done
        List<CompareTask> issued = issued(diff, 3);
        report(alive(issued.get(0).address(), 1));
        report(done(issued.get(1), rows(1)));
        settled();
        assertThat(work("tasks")).isEqualTo(tasks + 39);

        // When nothing is left
        execute("update source_question set answer = '{}' where source = $1", source);
        execute("update source_test set steps = '[]' where source = $1", source);
        client().post("/api/v1/datadiffs/" + diff + "/cancel").then().statusCode(200);
        assertThat(work("jobs")).isEqualTo(jobs);
        assertThat(work("tasks")).isEqualTo(tasks);
    }

    @Test
    void noMoreThanASourceAllowsIsToBeDoneAtATime() {
        long tasks = work("tasks");
        long source = newSource(", \"max_allowed_connections\": 6");
        for (int time = 0; time < 2; time++) {
            long diff = newDiff(source, source);
            execute(
                    "insert into ledger_task (diff, plan, stage, task, body) select $1, 1, 1, g, '{}' from generate_series(0, 19) g",
                    diff);
        }
        assertThat(work("tasks")).isEqualTo(tasks + 6);
        execute("update diff set status = 'cancelled', finished_at = now() where data_source1_id = $1", source);
    }

    @Test
    void theMetricsSayHowMuchThereIsForHowMany() {
        // Given
        long source = newSource("");
        long diff = newDiff(source, source);
        await(() -> assertThat(metrics())
                .contains(
                        "parallax_workers 0.0", "parallax_slots{kind=\"tasks\"} 0.0", "parallax_work{kind=\"jobs\"} "));
        await(() -> assertThat(metrics()).doesNotContain("parallax_work{kind=\"jobs\"} 0.0"));

        // When
        come("w1", 2);

        // Then
        await(() -> assertThat(metrics())
                .contains(
                        "parallax_workers 1.0",
                        "parallax_slots{kind=\"tasks\"} 2.0",
                        "parallax_slots{kind=\"jobs\"} 4.0"));
        client().post("/api/v1/datadiffs/" + diff + "/cancel").then().statusCode(200);
    }

    @Test
    void aQuestionThatNobodyIsThereForIsToBeAskedAgain() {
        long source = newSource("");
        Response nobody = ask(source);
        nobody.then()
                .statusCode(503)
                .header("Retry-After", "5")
                .body("detail", containsString("No worker is there yet"));
        assertThat(one(
                        "select count(*) from source_question where source = $1 and failure is null",
                        Tuple.of(source),
                        Long.class))
                .isEqualTo(1);

        come("w1", 2);
        awaitWorkers(1);
        ask(source).then().statusCode(504).body("detail", containsString("No worker answered within"));
    }

    private static Response ask(long source) {
        return client().body(Map.of("query", "select 1 as one", "timeout_seconds", 1))
                .post("/api/v1/data_sources/" + source + "/query");
    }

    private void come(String worker, int tasks) {
        report(Report.Alive.worker(worker, new Report.Slots(tasks, 4), false));
    }

    private void awaitWorkers(int count) {
        await(() -> assertThat(one("select count(*) from live_worker", Tuple.tuple(), Long.class))
                .isEqualTo(count));
    }

    private int window(Integer told) {
        return one("select task_window($1)", Tuple.of(told), Integer.class);
    }

    private long work(String kind) {
        return one("select " + kind + " from pending_work", Tuple.tuple(), Long.class);
    }

    private static String metrics() {
        return Management.get("/q/metrics").asString();
    }
}
