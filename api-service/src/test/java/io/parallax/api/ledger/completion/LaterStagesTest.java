package io.parallax.api.ledger.completion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.parallax.api.LedgerScenario;
import io.parallax.contract.Codec;
import io.parallax.contract.ErrorType;
import io.parallax.contract.message.CompareTask;
import io.parallax.contract.message.Job;
import io.parallax.contract.message.Report;
import io.parallax.contract.message.TaskAddress;
import io.parallax.contract.tally.Effort;
import io.parallax.contract.tally.Residue;
import io.parallax.contract.tally.Residue.Figure;
import io.parallax.contract.tally.Tally;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Stages that leave a residue, and the stages that look into it. */
@QuarkusTest
class LaterStagesTest extends LedgerScenario {
    private static final int BUCKETS = 4;

    @Test
    void sumsAStagesResiduesAndAsksAWorkerWhatToDoAboutThem() {
        // Given a stage of three tasks, of which two leave a residue
        long diff = newDiff();
        plan(diff, 3, "a");
        List<CompareTask> tasks = issued(diff, 3);
        report(leaving(tasks.get(0), residue(BUCKETS, 1, 5)));
        report(done(tasks.get(1), rows(10)));
        settled();
        assertThat(stageJobs(diff)).isEmpty();

        // When
        report(leaving(tasks.get(2), residue(BUCKETS, 3, -7)));

        // Then
        Job.NextStage job = stageJob(diff, 1);
        assertThat(job.address()).isEqualTo(new TaskAddress(diff, 1, 2, 0));
        assertThat(job.attempt()).isEqualTo(1);
        assertThat(job.common()).isEqualTo(Codec.toJson(Map.of("shared", true)));
        assertThat(job.residue()).isEqualTo(residue(BUCKETS, 1, 5).plus(residue(BUCKETS, 3, -7)));
        diff(diff)
                .body("status", equalTo("processing"))
                .body("diff_progress.completed_steps", equalTo(4))
                .body("diff_progress.total_steps", equalTo(5));

        // When
        report(made(job, rows(2), 2));

        // Then
        List<CompareTask> later = issued(diff, 5).subList(3, 5).stream()
                .sorted(Comparator.comparing(task -> task.address().task()))
                .toList();
        assertThat(later)
                .extracting(CompareTask::address)
                .containsExactly(new TaskAddress(diff, 1, 3, 0), new TaskAddress(diff, 1, 3, 1));
        assertThat(later.get(1).body()).isEqualTo(Codec.toJson(Map.of("later", 1)));
        diff(diff).body("diff_progress.total_steps", equalTo(7));

        // When
        later.forEach(task -> report(done(task, rows(100))));

        // Then everything adds up
        await(() -> assertThat(status(diff)).isEqualTo("done"));
        summary(diff).body("values.total_rows", equalTo(212));
        diff(diff).body("diff_progress.completed_steps", equalTo(7));
    }

    @Test
    void goesAsDeepAsResiduesAreLeft() {
        // Given
        long diff = newDiff();
        plan(diff, 1, "a");
        report(leaving(issued(diff, 1).get(0), residue(BUCKETS, 0, 1)));
        report(made(stageJob(diff, 1), rows(1), 1));

        // When the later stage leaves one, too, of other buckets
        report(leaving(issued(diff, 2).get(1), residue(9, 8, 3)));

        // Then
        Job.NextStage job = stageJob(diff, 2);
        assertThat(job.address()).isEqualTo(new TaskAddress(diff, 1, 4, 0));
        assertThat(job.residue()).isEqualTo(residue(9, 8, 3));
        report(made(job, rows(5), 0));
        await(() -> assertThat(status(diff)).isEqualTo("done"));
        summary(diff).body("values.total_rows", equalTo(6));
    }

    @Test
    void acceptsAStageOnce() {
        // Given
        long diff = newDiff();
        plan(diff, 1, "a");
        report(leaving(issued(diff, 1).get(0), residue(BUCKETS, 0, 1)));
        Job.NextStage job = stageJob(diff, 1);

        // When
        report(made(job, rows(2), 1));
        report(made(job, rows(30), 3));
        settled();

        // Then
        report(done(issued(diff, 2).get(1), rows(4)));
        await(() -> assertThat(status(diff)).isEqualTo("done"));
        summary(diff).body("values.total_rows", equalTo(6));
        diff(diff).body("diff_progress.total_steps", equalTo(4));
    }

    @Test
    void aStageWithoutTasksFinishesTheDiff() {
        // Given
        long diff = newDiff();
        plan(diff, 1, "a");
        report(leaving(issued(diff, 1).get(0), Residue.zero(BUCKETS, JsonNodeFactory.instance.objectNode())));

        // When
        report(made(stageJob(diff, 1), rows(8), 0));

        // Then
        await(() -> assertThat(status(diff)).isEqualTo("done"));
        summary(diff).body("values.total_rows", equalTo(8));
        assertThat(tasks(diff)).hasSize(1);
    }

    @Test
    void residuesOfOtherBucketsFailTheDiff() {
        // Given
        long diff = newDiff();
        plan(diff, 2, "a");
        List<CompareTask> tasks = issued(diff, 2);

        // When
        report(leaving(tasks.get(0), residue(BUCKETS, 0, 1)));
        report(leaving(tasks.get(1), residue(BUCKETS + 1, 0, 1)));

        // Then
        await(() -> assertThat(status(diff)).isEqualTo("failed"));
        summary(diff).body("error.error_type", equalTo("Internal"));
    }

    @Test
    void aJobWhoseWorkerFellSilentIsSentAgainWithItsResidue() {
        // Given
        long diff = newDiff();
        plan(diff, 1, "a");
        report(leaving(issued(diff, 1).get(0), residue(BUCKETS, 2, 6)));
        Job.NextStage job = stageJob(diff, 1);
        report(alive(job.address(), 1));
        settled();

        // When
        expire(job.address());
        sweep();

        // Then
        assertThat(stageJob(diff, 2).attempt()).isEqualTo(2);
        assertThat(stageJob(diff, 2).residue()).isEqualTo(residue(BUCKETS, 2, 6));
    }

    @Test
    void aJobOfALaterStageHasAsManyAttemptsAsATask() {
        // Given
        long diff = newDiff();
        plan(diff, 1, "a");
        report(leaving(issued(diff, 1).get(0), residue(BUCKETS, 2, 6)));
        TaskAddress job = stageJob(diff, 1).address();

        // When
        report(failed(job, 1, ErrorType.TIMEOUT));
        stageJobAfterSweep(diff, 2);
        report(failed(job, 2, ErrorType.TIMEOUT));
        stageJobAfterSweep(diff, 3);
        assertThat(status(diff)).isEqualTo("processing");
        report(failed(job, 3, ErrorType.TIMEOUT));

        // Then
        await(() -> assertThat(status(diff)).isEqualTo("failed"));
        summary(diff).body("error.error_type", equalTo("Timeout"));
    }

    private void stageJobAfterSweep(long diff, int count) {
        settled();
        sweep();
        stageJob(diff, count);
    }

    /** The last of that many jobs. */
    private Job.NextStage stageJob(long diff, int count) {
        await(() -> assertThat(stageJobs(diff)).hasSize(count));
        return stageJobs(diff).get(count - 1);
    }

    private static Report.StageMade made(Job.NextStage job, Tally settled, int tasks) {
        List<JsonNode> bodies = IntStream.range(0, tasks)
                .mapToObj(i -> Codec.toJson(Map.of("later", i)))
                .toList();
        return new Report.StageMade(job.address(), job.attempt(), "w1", settled, bodies, Effort.NONE);
    }

    private static Report.TaskDone leaving(CompareTask task, Residue residue) {
        return Report.TaskDone.draft(task.address(), task.attempt(), "w1", rows(0), Effort.NONE)
                .residue(residue)
                .report();
    }

    private static Residue residue(int buckets, int bucket, long checksum) {
        Residue residue = Residue.zero(buckets, JsonNodeFactory.instance.objectNode());
        residue.add(Figure.CHECKSUMS, bucket, checksum);
        residue.add(Figure.ROWS_A, bucket, 1);
        return residue;
    }
}
