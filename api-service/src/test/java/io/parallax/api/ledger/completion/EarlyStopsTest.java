package io.parallax.api.ledger.completion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.parallax.api.LedgerScenario;
import io.parallax.contract.message.Control;
import io.parallax.contract.message.Report;
import io.parallax.contract.tally.Effort;
import io.parallax.contract.tally.Sides;
import io.parallax.contract.tally.Tally;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Diffs that end once they have found as much as their client wants to know. */
@QuarkusTest
class EarlyStopsTest extends LedgerScenario {
    /** Ten rows, of which two differ in one column of two and one is in A only; they were fetched. */
    private static final Tally FOUND =
            new Tally(Sides.of(10, 9), Sides.ZERO, Sides.ZERO, Sides.of(10, 9), Sides.of(1, 0), 9, 2, List.of(2L, 1L));

    private static long limited(String field, long limit) {
        return newDiff(Map.of(field, limit))
                .body(field, equalTo((int) limit))
                .extract()
                .jsonPath()
                .getLong("id");
    }

    private void reportDone(long diff, int task) {
        await(() -> assertThat(tasks(diff)).hasSizeGreaterThan(task));
        report(new Report.TaskDone(tasks(diff).get(task).address(), 1, "w1", FOUND, new Effort(10, 1, 19, 5)));
    }

    @ParameterizedTest
    @CsvSource({"diff_threshold, 6", "per_column_diff_limit, 4", "download_limit, 38"})
    void endsWhenEnoughIsFound(String field, long limit) {
        long diff = limited(field, limit);
        await(() -> assertThat(planningJobs(diff)).hasSize(1));
        assertThat(planningJobs(diff).get(0).spec().stepwise()).isTrue();
        plan(diff, 4, "v", "w");
        reportDone(diff, 0);
        await(() -> assertThat(diff(diff).extract().jsonPath().getInt("diff_progress.completed_steps"))
                .isEqualTo(2));
        assertThat(status(diff)).isEqualTo("processing");
        reportDone(diff, 1);
        await(() -> assertThat(status(diff)).isEqualTo("done"));

        summary(diff)
                .body("partial.reason", equalTo(field))
                .body("partial.tasks_done", equalTo(2))
                .body("partial.tasks", equalTo(4))
                .body("partial.coverage", equalTo(0.5f))
                .body("pks.total_rows", equalTo(List.of(20, 18)))
                .body("values.rows_with_differences", equalTo(4));
        client().get("/api/v1/datadiffs/" + diff + "/results").then().body("complete", equalTo(false));
        client().get("/api/v1/datadiffs/" + diff + "/summary")
                .then()
                .body("feedback", startsWith("The diff ended early, by " + field + ", when 2 of 4 tasks were done"));
        // Workers that are at the others stop, and what they say all the same is not counted.
        await(() -> assertThat(controls(diff)).contains(new Control.StopDiff(diff, 1)));
        reportDone(diff, 2);
        long sentinel = newDiff(newSource(""), newSource(""));
        plan(sentinel, 0, "v");
        await(() -> assertThat(status(sentinel)).isEqualTo("done"));
        summary(diff).body("pks.total_rows", equalTo(List.of(20, 18)));
    }

    /** A part that is the same says nothing about the rest. */
    @Test
    void isNotIdenticalWhereAPartIs() {
        long diff = limited("download_limit", 19);
        plan(diff, 4, "v", "w");
        Tally same = new Tally(
                Sides.of(10, 10), Sides.ZERO, Sides.ZERO, Sides.of(10, 10), Sides.ZERO, 10, 0, List.of(0L, 0L));
        await(() -> assertThat(tasks(diff)).isNotEmpty());
        report(new Report.TaskDone(tasks(diff).get(0).address(), 1, "w1", same, new Effort(10, 1, 19, 5)));
        await(() -> assertThat(status(diff)).isEqualTo("done"));

        summary(diff).body("partial.coverage", equalTo(0.25f));
        diff(diff)
                .body("result", nullValue())
                .body("result_statuses.schema", equalTo("identical"))
                .body("result_statuses.pks", nullValue())
                .body("result_statuses.values", nullValue());
    }

    @Test
    void comparesAllWhereTheLimitIsNotReached() {
        long diff = limited("diff_threshold", 7);
        plan(diff, 2, "v", "w");
        reportDone(diff, 0);
        reportDone(diff, 1);
        await(() -> assertThat(status(diff)).isEqualTo("done"));
        summary(diff).body("partial", nullValue()).body("pks.total_rows", equalTo(List.of(20, 18)));
    }

    @Test
    void isNotPartialWhenTheLastTaskReachesTheLimit() {
        long diff = limited("diff_threshold", 6);
        plan(diff, 2, "v", "w");
        reportDone(diff, 0);
        reportDone(diff, 1);
        await(() -> assertThat(status(diff)).isEqualTo("done"));
        summary(diff).body("partial", nullValue());
    }
}
