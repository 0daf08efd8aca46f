package io.parallax.api.ledger.issue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.parallax.api.LedgerScenario;
import io.parallax.contract.Codec;
import io.parallax.contract.message.Plan;
import io.parallax.contract.message.Report;
import io.parallax.contract.message.TaskAddress;
import io.parallax.contract.tally.Effort;
import io.parallax.contract.tally.Residue;
import io.parallax.contract.tally.Sides;
import io.parallax.contract.tally.Tally;
import io.parallax.contract.tally.Timeline;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Diffs of which everything is large; that no event loop stands still meanwhile is the watch's to find out. */
@QuarkusTest
class LargeDiffsTest extends LedgerScenario {
    private static final int TASKS = 250;
    private static final int BUCKETS = 4900;
    private static final int COLUMNS = 20;

    private static String[] columns(int count) {
        return IntStream.range(0, count).mapToObj(i -> "column_" + i).toArray(String[]::new);
    }

    private static Tally tally(int columns) {
        return new Tally(
                Sides.of(2, 2),
                Sides.ZERO,
                Sides.ZERO,
                Sides.of(2, 2),
                Sides.ZERO,
                2,
                1,
                Collections.nCopies(columns, 1L));
    }

    /** With differing values of one column in {@code share} buckets. */
    private static Timeline timeline(int columns, int share) {
        return new Timeline(LongStream.range(0, BUCKETS)
                .mapToObj(bucket -> new Timeline.Bucket(
                        bucket * 86_400, 2, 0, 0, bucket % share > 0 ? List.of() : Collections.nCopies(columns, 1L)))
                .toList());
    }

    /** As if all tasks but the last had been done, each with what the first one had. */
    private void doTheOthers(long diff, int tasks) {
        await(() -> assertThat(one(
                        "select count(*) from ledger_result where diff = $1 and stage = 1", Tuple.of(diff), Long.class))
                .isEqualTo(1));
        execute(
                """
                insert into ledger_result (diff, plan, stage, task, attempt, worker, tally, buckets, dirty_buckets, rows_fetched,
                                           milliseconds, residue, timeline)
                select r.diff, r.plan, r.stage, t, 1, 'w', r.tally, 0, 0, 0, 0, r.residue, r.timeline
                from ledger_result r, generate_series(1, $2::int - 2) t
                where r.diff = $1 and r.stage = 1 and r.task = 0""",
                diff,
                tasks);
    }

    private static Report.TaskDone done(
            long diff, int task, Tally tally, @Nullable Residue residue, @Nullable Timeline timeline) {
        return Report.TaskDone.draft(new TaskAddress(diff, 1, 1, task), 1, "w1", tally, Effort.NONE)
                .residue(residue)
                .timeline(timeline)
                .report();
    }

    @Test
    void aTimelineOfManyTasksAddsUp() {
        // Given
        long diff = newDiff(Map.of("time_column", "at", "time_aggregate", "day"))
                .extract()
                .jsonPath()
                .getLong("id");
        plan(diff, TASKS, columns(COLUMNS));
        report(done(diff, 0, tally(COLUMNS), null, timeline(COLUMNS, 7)));
        doTheOthers(diff, TASKS);

        // When
        report(done(diff, TASKS - 1, tally(COLUMNS), null, timeline(COLUMNS, 7)));

        // Then
        awaitLong(() -> assertThat(status(diff)).isEqualTo("done"));
        summary(diff)
                .body("timeline.buckets", hasSize(BUCKETS))
                .body("timeline.buckets[0].columns", hasSize(COLUMNS))
                .body("timeline.buckets[0].compared_rows", equalTo(2 * TASKS))
                .body("timeline.buckets[0].columns[0].values_different", equalTo(TASKS))
                .body("timeline.buckets[1].columns", hasSize(0));
    }

    @Test
    void aTimelineOfMoreFiguresThanThereIsRoomForEndsTheDiff() {
        int columns = 150;
        long diff = newDiff(Map.of("time_column", "at", "time_aggregate", "day"))
                .extract()
                .jsonPath()
                .getLong("id");
        plan(diff, 1, columns(columns));
        report(done(diff, 0, tally(columns), null, timeline(columns, 1)));
        awaitLong(() -> assertThat(status(diff)).isEqualTo("failed"));
        summary(diff).body("error.error_value", equalTo(Timeline.TOO_MANY_FIGURES));
    }

    @Test
    void residuesOfManyPiecesAddUp() {
        // Given
        int pieces = 600;
        int buckets = 4096;
        long diff = newDiff();
        plan(diff, pieces, columns(1));
        Residue residue = Residue.zero(buckets, JsonNodeFactory.instance.objectNode());
        for (int bucket = 0; bucket < buckets; bucket++) {
            residue.add(Residue.Figure.ROWS_A, bucket, bucket);
            residue.add(Residue.Figure.CHECKSUMS, bucket, bucket * 0x9E3779B97F4A7C15L);
        }
        report(done(diff, 0, tally(1), residue, null));
        doTheOthers(diff, pieces);

        // When
        report(done(diff, pieces - 1, tally(1), residue, null));

        // Then
        awaitLong(() -> assertThat(stageJobs(diff)).hasSize(1));
        assertThat(stageJobs(diff).get(0).residue().figure(Residue.Figure.ROWS_A, 7))
                .isEqualTo(7L * pieces);
    }

    @Test
    void aPlanAsLargeAsAMessageIsTaken() {
        // Given
        int tasks = 5000;
        long diff = newDiff();
        await(() -> assertThat(planningJobs(diff)).hasSize(1));
        Plan plan = planOf(0, columns(1));
        List<JsonNode> bodies = IntStream.range(0, tasks)
                .<JsonNode>mapToObj(i -> Codec.toJson(Map.of("bound", "x".repeat(1400), "part", i)))
                .toList();

        // When
        report(new Report.PlanMade(
                planningJobs(diff).get(0).address(),
                1,
                "w1",
                new Plan(
                        plan.schema(),
                        plan.key(),
                        plan.comparedColumns(),
                        plan.algorithm(),
                        plan.common(),
                        bodies,
                        plan.settled()),
                Effort.NONE));

        // Then
        awaitLong(() -> assertThat(tasks(diff)).hasSize(3));
        diff(diff).body("diff_progress.total_steps", equalTo(1 + tasks));
    }
}
