package io.parallax.api.problems;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.parallax.api.Impatient;
import io.parallax.api.LedgerScenario;
import io.parallax.api.Management;
import io.parallax.api.messaging.Channels;
import io.parallax.contract.message.CompareTask;
import io.parallax.contract.message.Job;
import io.parallax.contract.message.Report;
import io.parallax.contract.message.TaskAddress;
import io.parallax.contract.tally.Effort;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.smallrye.mutiny.Multi;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** All connections to the store are taken, for longer than anybody waits for one, again and again. */
@QuarkusTest
@TestProfile(Impatient.class)
class BusyStoreTest extends LedgerScenario {
    /** Many times the patience, and longer than all tries that a bad message is worth. */
    private static final Duration FAULT = Duration.ofSeconds(5);

    private final List<SqlConnection> taken = new ArrayList<>();

    @AfterEach
    void giveBack() {
        taken.forEach(connection -> connection.close().await().atMost(PATIENCE));
        taken.clear();
    }

    /** As many as there are; others come and go meanwhile. */
    private void takeAll() {
        await(() -> {
            while (taken.size() < Impatient.CONNECTIONS) {
                SqlConnection next = store.getConnection()
                        .onFailure()
                        .recoverWithNull()
                        .await()
                        .atMost(PATIENCE);
                assertThat(next).isNotNull();
                taken.add(next);
            }
        });
    }

    private void leaveItSo() {
        Multi.createFrom()
                .ticks()
                .every(FAULT)
                .select()
                .first()
                .collect()
                .asList()
                .await()
                .indefinitely();
    }

    @Test
    void noReportIsLostAndNoDiffFails() {
        // Given diffs in all states
        long planned = newDiff();
        await(() -> assertThat(planningJobs(planned)).hasSize(1));
        long running = newDiff();
        plan(running, 2, "a");
        List<CompareTask> tasks = issued(running, 2);
        long source = newSource("");
        client().post("/api/v1/data_sources/" + source + "/test").then().statusCode(200);
        int letters = kafka.sink(Channels.DEAD_LETTER).received().size();

        // When
        takeAll();
        TaskAddress planning = planningJobs(planned).get(0).address();
        report(alive(planning, 1));
        report(new Report.PlanMade(planning, 1, "w1", planOf(0, "a"), Effort.NONE));
        report(new Report.TaskFailed(
                tasks.get(0).address(),
                1,
                "w1",
                new io.parallax.contract.Failure(io.parallax.contract.ErrorType.SOURCE_UNREACHABLE, "It went away.")));
        report(done(tasks.get(1), rows(7)));
        leaveItSo();
        giveBack();

        // Then
        await(() -> assertThat(status(planned)).isEqualTo("done"));
        await(() -> assertThat(tasks(running)).hasSize(3));
        assertThat(tasks(running).get(2).attempt()).isEqualTo(2);
        report(done(tasks(running).get(2), rows(3)));
        await(() -> assertThat(status(running)).isEqualTo("done"));
        summary(running).body("values.total_rows", equalTo(10));
        assertThat(kafka.sink(Channels.DEAD_LETTER).received()).hasSize(letters);
        assertThat(sent(Channels.JOBS, Job.class)).isNotEmpty();
    }

    @Test
    void aBadReportFailsItsDiffAllTheSame() {
        // Given
        long diff = newDiff();
        plan(diff, 1, "a");
        CompareTask task = issued(diff, 1).get(0);

        // When
        takeAll();
        report("{\"version\": 1, \"type\": \"task_done\", \"address\": {\"diff\": %d}}"
                .formatted(diff)
                .getBytes(StandardCharsets.UTF_8));
        report(done(task, rows(1)));
        leaveItSo();
        giveBack();

        // Then
        await(() -> assertThat(status(diff)).isEqualTo("failed"));
        summary(diff).body("error.error_type", equalTo("Internal"));
    }

    @Test
    void whoeverCallsIsSoonToldToComeAgain() {
        // Given
        long source = newSource("");
        long diff = newDiff(source, source);
        Map<String, Object> body = Map.of(
                "data_source1_id", source,
                "data_source2_id", source,
                "table1", List.of("a"),
                "table2", List.of("b"),
                "pk_columns", List.of("id"));

        // When
        takeAll();

        // Then
        for (String path : List.of(
                "datadiffs/" + diff,
                "datadiffs",
                "datadiffs/" + diff + "/results",
                "datadiffs/" + diff + "/summary_results",
                "data_sources/" + source,
                "api_keys")) {
            comeAgain(client().get("/api/v1/" + path));
        }
        comeAgain(client().body(body).post("/api/v1/datadiffs"));
        comeAgain(client().post("/api/v1/datadiffs/" + diff + "/cancel"));
        Management.get("/q/health/live").then().statusCode(200);

        // When
        giveBack();

        // Then
        await(() -> assertThat(status(diff)).isNotEqualTo("failed"));
        client().body(body).post("/api/v1/datadiffs").then().statusCode(200);
    }

    private static void comeAgain(Response answer) {
        answer.then()
                .statusCode(503)
                .contentType("application/problem+json")
                .header("Retry-After", "5")
                .body("status", equalTo(503));
        assertThat(answer.time()).isLessThan(FAULT.toMillis());
    }

    @Test
    void anIllValueIsNoOutage() {
        // Given what no text in the store can hold
        long diff = newDiff();
        plan(diff, 1, "a");
        CompareTask task = issued(diff, 1).get(0);

        // When
        report(new Report.TaskDone(task.address(), task.attempt(), "w\0", rows(1), new Effort(10, 1, 100, 5)));

        // Then it holds up nobody
        settled();
        await(() -> assertThat(status(diff)).isEqualTo("failed"));
    }

    @Test
    void aMessageWithoutAValueHoldsUpNobody() {
        int letters = kafka.sink(Channels.DEAD_LETTER).received().size();
        report(new byte[0]);
        settled();
        assertThat(kafka.sink(Channels.DEAD_LETTER).received()).hasSize(letters + 1);
    }
}
