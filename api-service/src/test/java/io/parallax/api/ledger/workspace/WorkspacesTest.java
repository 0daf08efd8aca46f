package io.parallax.api.ledger.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.parallax.api.LedgerScenario;
import io.parallax.api.ledger.retention.Retention;
import io.parallax.api.messaging.Channels;
import io.parallax.contract.ErrorType;
import io.parallax.contract.Failure;
import io.parallax.contract.Workspace;
import io.parallax.contract.message.CompareTask;
import io.parallax.contract.message.Job;
import io.parallax.contract.message.Report;
import io.parallax.contract.message.TaskAddress;
import io.parallax.contract.tally.Effort;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What becomes of the tables that diffs write. */
@QuarkusTest
class WorkspacesTest extends LedgerScenario {
    @Inject
    TempTableCleanup cleanup;

    @Inject
    Retention retention;

    private record Writing(long diff, long destination, Workspace workspace) {}

    private Writing writing(Map<String, Object> more) {
        long destination = newSource(", \"temp_schema\": \"results\"");
        long source = newSource(", \"temp_schema\": \"scratch\"");
        Map<String, Object> body = new HashMap<>(Map.of(
                "data_source1_id",
                source,
                "data_source2_id",
                source,
                "table1",
                List.of("a"),
                "table2",
                List.of("b"),
                "pk_columns",
                List.of("id"),
                "materialize_dataset1",
                true,
                "materialization_destination_id",
                destination));
        body.putAll(more);
        long diff = client().body(body)
                .post("/api/v1/datadiffs")
                .then()
                .statusCode(200)
                .body("materialization_destination_id", equalTo((int) destination))
                .extract()
                .jsonPath()
                .getLong("id");
        await(() -> assertThat(planningJobs(diff)).isNotEmpty());
        Job.PlanDiff job = planningJobs(diff).get(0);
        assertThat(Objects.requireNonNull(job.destination()).id()).isEqualTo(destination);
        return new Writing(diff, destination, Objects.requireNonNull(job.spec().workspace()));
    }

    @Test
    void asksForWhatTheClientWishes() {
        Workspace workspace =
                writing(Map.of("materialize_without_sampling", true)).workspace();
        assertThat(workspace.schemaA()).isEqualTo("scratch");
        assertThat(workspace.schemaB()).isNull();
        assertThat(workspace.results()).isEqualTo(new Workspace.Results("results", true));

        Workspace overridden = writing(
                        Map.of("temp_schema_override", List.of("sales", "Other"), "materialize_dataset2", true))
                .workspace();
        assertThat(overridden.schemaA()).isEqualTo("Other");
        assertThat(overridden.schemaB()).isEqualTo("Other");
        assertThat(overridden.results()).isEqualTo(new Workspace.Results("Other", false));
        assertThat(overridden.prefix()).isNotEqualTo(workspace.prefix());
        assertThat(writing(Map.of("temp_schema_override", "sales.\"The.Other\""))
                        .workspace()
                        .schemaA())
                .isEqualTo("The.Other");
    }

    @Test
    void publishesTheBatchesThatCountAndThenTidiesUp() {
        Writing writing = writing(Map.of());
        long diff = writing.diff();
        plan(diff, 2, "v");
        List<CompareTask> tasks = issued(diff, 2);
        assertThat(Objects.requireNonNull(tasks.get(0).destination()).id()).isEqualTo(writing.destination());
        report(wrote(tasks.get(0), "first"));
        report(wrote(tasks.get(0), "again"));
        report(wrote(tasks.get(1), null));

        CompareTask publish = issued(diff, 3).get(2);
        assertThat(publish.body().toString()).isEqualTo("{\"kind\":\"publish\",\"batches\":[\"first\"]}");
        summary(diff).body("status", equalTo("running"));
        report(done(publish, rows(0)));

        await(() -> assertThat(status(diff)).isEqualTo("done"));
        summary(diff)
                .body("values.total_rows", equalTo(2))
                .body("materialized_results.diff[0].data_source_id", equalTo((int) writing.destination()))
                .body(
                        "materialized_results.duplicates2[0].path",
                        equalTo(List.of("results", writing.workspace().prefix() + "duplicates2")))
                .body("materialized_results.exclusives[0].is_sampled", equalTo(false));
        assertThat(dropped(writing))
                .containsExactlyInAnyOrder(
                        "results " + writing.workspace().prefix() + "tmp_",
                        "scratch " + writing.workspace().prefix() + "tmp_");

        client().body(Map.of("purged", true))
                .patch("/api/v1/datadiffs/" + diff)
                .then()
                .statusCode(200);
        assertThat(dropped(writing)).contains("results " + writing.workspace().prefix());
        summary(diff).body("materialized_results.diff", nullValue());
    }

    @Test
    void dropsEverythingOfADiffThatFails() {
        Writing writing = writing(Map.of());
        TaskAddress planning = planningJobs(writing.diff()).get(0).address();
        report(failed(planning, 1, ErrorType.QUERY_ERROR));
        await(() -> assertThat(status(writing.diff())).isEqualTo("failed"));
        assertThat(dropped(writing))
                .containsExactlyInAnyOrder(
                        "results " + writing.workspace().prefix(),
                        "scratch " + writing.workspace().prefix() + "tmp_");
    }

    @Test
    void dropsAgainWhatComesLate() {
        Writing writing = writing(Map.of());
        client().post("/api/v1/datadiffs/" + writing.diff() + "/cancel").then().statusCode(200);
        assertThat(dropped(writing)).hasSize(2);
        jobs(writing).forEach(job -> report(new Report.TablesDropped(job.job(), "w1", null)));
        settled();
        assertThat(due(writing)).isZero();
        assertThat(left(writing)).isEqualTo(2);

        report(new Report.PlanMade(
                planningJobs(writing.diff()).get(0).address(), 1, "w1", planOf(1, "v"), Effort.NONE));
        settled();
        assertThat(due(writing)).isEqualTo(2);
    }

    @Test
    void triesUntilItSucceedsAndOnceMoreAfterThat() {
        Writing writing = writing(Map.of());
        client().post("/api/v1/datadiffs/" + writing.diff() + "/cancel").then().statusCode(200);
        dropped(writing);
        List<Job.DropTables> jobs = jobs(writing);
        report(new Report.TablesDropped(jobs.get(0).job(), "w1", new Failure(ErrorType.TIMEOUT, "Locked.")));
        report(new Report.TablesDropped(jobs.get(1).job(), "w1", null));
        settled();
        execute("update tidying set due_at = now() where diff = $1", writing.diff());
        cleanup.sendDue().await().atMost(PATIENCE);
        await(() -> assertThat(jobs(writing)).hasSize(4));

        jobs.forEach(job -> report(new Report.TablesDropped(job.job(), "w1", null)));
        settled();
        assertThat(left(writing)).isEqualTo(1);
    }

    @Test
    void deletesADiffOnceWhatItLeftIsDropped() {
        Writing writing = writing(Map.of());
        plan(writing.diff(), 0, "v");
        report(done(issued(writing.diff(), 1).get(0), rows(0)));
        await(() -> assertThat(status(writing.diff())).isEqualTo("done"));
        execute("update diff set finished_at = now() - interval '1 year' where id = $1", writing.diff());
        for (int time = 0; time < 2; time++) {
            retention.once().await().atMost(PATIENCE);
            client().get("/api/v1/datadiffs/" + writing.diff()).then().statusCode(200);
            execute("update tidying set due_at = now() where diff = $1", writing.diff());
            // Never what was made for the caller.
            assertThat(dropped(writing))
                    .doesNotContain("results " + writing.workspace().prefix());
            jobs(writing).forEach(job -> report(new Report.TablesDropped(job.job(), "w1", null)));
            settled();
        }
        retention.once().await().atMost(PATIENCE);
        client().get("/api/v1/datadiffs/" + writing.diff()).then().statusCode(404);
    }

    private static Report.TaskDone wrote(CompareTask task, String batch) {
        return Report.TaskDone.draft(task.address(), task.attempt(), "w1", rows(1), Effort.NONE)
                .batch(batch)
                .report();
    }

    /** What workers are told to drop, as schema and prefix. */
    private List<String> dropped(Writing writing) {
        cleanup.sendDue().await().atMost(PATIENCE);
        return jobs(writing).stream()
                .map(job -> job.schema() + " " + job.prefix())
                .toList();
    }

    private List<Job.DropTables> jobs(Writing writing) {
        return sent(Channels.JOBS, Job.class).stream()
                .filter(Job.DropTables.class::isInstance)
                .map(Job.DropTables.class::cast)
                .filter(job -> job.prefix().startsWith(writing.workspace().prefix()))
                .toList();
    }

    private long due(Writing writing) {
        return one(
                "select count(*) from tidying where diff = $1 and due_at <= now()",
                Tuple.of(writing.diff()),
                Long.class);
    }

    private long left(Writing writing) {
        return one("select count(*) from tidying where diff = $1", Tuple.of(writing.diff()), Long.class);
    }
}
