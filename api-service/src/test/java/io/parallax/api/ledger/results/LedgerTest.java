package io.parallax.api.ledger.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.parallax.api.LedgerScenario;
import io.parallax.api.messaging.Channels;
import io.parallax.contract.Codec;
import io.parallax.contract.ErrorType;
import io.parallax.contract.Failure;
import io.parallax.contract.Topics;
import io.parallax.contract.message.CompareTask;
import io.parallax.contract.message.Control;
import io.parallax.contract.message.Plan;
import io.parallax.contract.message.Report;
import io.parallax.contract.message.TaskAddress;
import io.parallax.contract.tally.Effort;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The rules of the ledger, with the test as all workers. */
@QuarkusTest
class LedgerTest extends LedgerScenario {
    @Inject
    Results results;

    @Test
    void sendsThePlanningJobWithSealedDetails() {
        // When
        long diff = newDiff();

        // Then
        await(() -> assertThat(planningJobs(diff)).hasSize(1));
        assertThat(planningJobs(diff).get(0).attempt()).isEqualTo(1);
        assertThat(planningJobs(diff).get(0).address()).isEqualTo(TaskAddress.planning(diff, 1));
        assertThat(planningJobs(diff).get(0).spec().key()).containsExactly("id");
        assertThat(Codec.toJson(planningJobs(diff).get(0)).toString()).doesNotContain("very-secret");
        await(() -> assertThat(status(diff)).isEqualTo("queued"));
    }

    @Test
    void finishesAPlanWithoutTasksAtOnce() {
        // Given
        long diff = newDiff();
        await(() -> assertThat(planningJobs(diff)).hasSize(1));
        Plan plan = planOf(0, "a");
        Plan settled = new Plan(
                plan.schema(), plan.key(), plan.comparedColumns(), "direct", plan.common(), List.of(), rows(7));

        // When
        report(new Report.PlanMade(TaskAddress.planning(diff, 1), 1, "w1", settled, Effort.NONE));

        // Then
        await(() -> assertThat(status(diff)).isEqualTo("done"));
        diff(diff)
                .body("diff_stats.table_a_row_count", equalTo(7))
                .body("strategy", equalTo("direct"))
                .body("result", equalTo("identical"))
                .body("diff_progress.completed_steps", equalTo(1))
                .body("diff_progress.total_steps", equalTo(1));
    }

    @Test
    void addsUpTasksAndThePlansOwnShareWhateverTheOrder() {
        // Given
        long diff = newDiff();
        plan(diff, 3, "a");
        List<CompareTask> tasks = new java.util.ArrayList<>(issued(diff, 3));
        Collections.reverse(tasks);

        // When
        tasks.forEach(task -> report(done(task, rows(10L + task.address().task()))));

        // Then
        await(() -> assertThat(status(diff)).isEqualTo("done"));
        summary(diff).body("pks.total_rows", equalTo(List.of(33, 33))).body("values.total_rows", equalTo(33));
    }

    @Test
    void finishesOnceWhenTheLastResultsComeAtTheSameTime() {
        // Given
        long diff = newDiff();
        plan(diff, 3, "a");
        List<CompareTask> tasks = issued(diff, 3);

        // When all results, each twice, come over several replicas at once
        Uni.join()
                .all(Stream.concat(tasks.stream(), tasks.stream())
                        .map(task -> results.taskDone(done(task, rows(10))))
                        .toList())
                .andFailFast()
                .await()
                .atMost(PATIENCE);

        // Then
        assertThat(status(diff)).isEqualTo("done");
        summary(diff).body("values.total_rows", equalTo(30));
    }

    @Test
    void countsADuplicatedResultOnce() {
        // Given
        long diff = newDiff();
        plan(diff, 2, "a");
        List<CompareTask> tasks = issued(diff, 2);

        // When the first comes three times, with other figures later
        report(done(tasks.get(0), rows(10)));
        report(done(tasks.get(0), rows(10)));
        report(done(tasks.get(0), rows(99)));
        settled();

        // Then it is one of two
        diff(diff).body("status", equalTo("processing")).body("diff_progress.completed_steps", equalTo(2));

        // When
        report(done(tasks.get(1), rows(5)));
        report(done(tasks.get(1), rows(5)));

        // Then
        await(() -> assertThat(status(diff)).isEqualTo("done"));
        summary(diff).body("values.total_rows", equalTo(15));
        settled();
        summary(diff).body("values.total_rows", equalTo(15));
    }

    @Test
    void acceptsOnePlanOnly() {
        // Given
        long diff = newDiff();
        TaskAddress address = plan(diff, 2, "a");

        // When
        report(new Report.PlanMade(address, 1, "w2", planOf(5, "a", "b"), Effort.NONE));
        settled();

        // Then
        assertThat(issued(diff, 2)).hasSize(2);
        diff(diff).body("diff_progress.total_steps", equalTo(3));
    }

    @Test
    void dropsWhatBelongsToAnotherPlan() {
        // Given
        long diff = newDiff();
        plan(diff, 1, "a");
        CompareTask task = issued(diff, 1).get(0);
        TaskAddress stale = new TaskAddress(diff, 2, 1, 0);

        // When
        report(new Report.TaskDone(stale, 1, "w1", rows(1), Effort.NONE));
        report(failed(stale, 1, ErrorType.QUERY_ERROR));
        report(new Report.PlanMade(TaskAddress.planning(diff, 2), 1, "w1", planOf(0, "a"), Effort.NONE));
        report(new Report.TaskDone(new TaskAddress(diff, 1, 1, 77), 1, "w1", rows(1), Effort.NONE));
        settled();

        // Then
        assertThat(status(diff)).isEqualTo("processing");
        report(done(task, rows(3)));
        await(() -> assertThat(status(diff)).isEqualTo("done"));
        summary(diff).body("values.total_rows", equalTo(3));
    }

    @Test
    void keepsToTheWindow() {
        // Given a window of 3
        long diff = newDiff();
        plan(diff, 5, "a");
        List<CompareTask> first = issued(diff, 3);
        sweep();
        assertThat(tasks(diff)).hasSize(3);

        // When
        report(done(first.get(1), rows(1)));

        // Then
        List<CompareTask> more = issued(diff, 4);
        assertThat(more.get(3).address().task()).isEqualTo(3);
        report(done(more.get(0), rows(1)));
        assertThat(issued(diff, 5).get(4).address().task()).isEqualTo(4);
    }

    /** However many there are, Kafka has no more of them than workers can soon do; each has one at least. */
    @Test
    void diffsOfTheSameSourcesShareTheWindow() {
        long source = newSource("");
        long first = newDiff(source, source);
        plan(first, 5, "a");
        List<CompareTask> alone = issued(first, 3);
        long second = newDiff(source, source);
        plan(second, 5, "a");
        List<CompareTask> beside = issued(second, 1);
        sweep();
        assertThat(tasks(second)).hasSize(1);
        report(done(alone.get(0), rows(1)));
        report(done(alone.get(1), rows(1)));
        settled();
        assertThat(tasks(first)).hasSize(3);
        report(done(beside.get(0), rows(1)));
        report(done(alone.get(2), rows(1)));
        issued(second, 2);
        issued(first, 4);
    }

    /** Others of its tasks are done meanwhile, or in hand. */
    @Test
    void whatGoesOnIsNotForsaken() {
        long diff = newDiff();
        plan(diff, 5, "a");
        List<CompareTask> first = issued(diff, 3);
        report(done(first.get(0), rows(1)));
        settled();
        execute("update ledger_task set waiting_since = now() - interval '2 hours' where diff = $1", diff);
        sweep();
        assertThat(status(diff)).isEqualTo("processing");

        execute("update ledger_result set received_at = now() - interval '2 hours' where diff = $1", diff);
        report(alive(first.get(1).address(), 1));
        settled();
        sweep();
        assertThat(status(diff)).isEqualTo("processing");

        execute("update ledger_task set lease_until = null where diff = $1", diff);
        sweep();
        await(() -> assertThat(status(diff)).isEqualTo("failed"));
    }

    @Test
    void sendsTheNextTaskWhereOneIsDone() {
        // Given a window of 3, and tasks far apart
        long diff = newDiff();
        plan(diff, 7, "a");
        List<CompareTask> first = issued(diff, 3);
        assertThat(partitions(diff)).doesNotHaveDuplicates();

        // When workers tell where their tasks came from, one of them something that is nowhere
        List.of(17, 17, -1, 64).forEach(partition -> {
            int done = tasks(diff).size() - 3;
            report(Report.TaskDone.draft(tasks(diff).get(done).address(), 1, "w1", rows(1), Effort.NONE)
                    .partition(partition)
                    .report());
            issued(diff, done + 4);
        });

        // Then
        assertThat(first).hasSize(3);
        assertThat(partitions(diff).subList(3, 5)).containsExactly(17, 17);
        assertThat(partitions(diff)).allMatch(partition -> partition >= 0 && partition < Topics.TASK_PARTITIONS);
    }

    private List<Integer> partitions(long diff) {
        return List.copyOf(kafka.<byte[]>sink(Channels.TASKS).received()).stream()
                .filter(message -> decode(message, CompareTask.class).address().diff() == diff)
                .map(message -> message.getMetadata(OutgoingKafkaRecordMetadata.class)
                        .orElseThrow()
                        .getPartition())
                .toList();
    }

    @Test
    void keepsToASourcesConnectionsOverAllDiffs() {
        // Given a source that allows two tasks of a diff within it, each taking three connections
        long source = newSource(", \"max_allowed_connections\": 6");
        long first = newDiff(source, source);
        await(() -> assertThat(planningJobs(first)).hasSize(1));
        report(new Report.PlanMade(TaskAddress.planning(first, 1), 1, "w1", planOf(4, "a"), Effort.NONE));
        List<CompareTask> tasks = issued(first, 2);
        assertThat(tasks.get(0).sourceA().maxConnections()).isEqualTo(6);

        // When another diff comes
        long second = newDiff(source, source);
        sweep();

        // Then it waits
        settled();
        assertThat(planningJobs(second)).isEmpty();
        assertThat(tasks(first)).hasSize(2);

        // When there is room, then the one with less in flight goes first
        report(done(tasks.get(0), rows(1)));
        await(() -> assertThat(planningJobs(second)).hasSize(1));
        settled();
        assertThat(tasks(first)).hasSize(2);
    }

    @Test
    void retriesWhatMayPassAndFailsInTheEnd() {
        // Given
        long diff = newDiff();
        plan(diff, 1, "a");
        TaskAddress task = issued(diff, 1).get(0).address();

        // When, then
        report(failed(task, 1, ErrorType.TIMEOUT));
        await(() -> assertThat(attemptOf(task)).isEqualTo(2));
        sweep();
        assertThat(issued(diff, 2).get(1).attempt()).isEqualTo(2);
        report(failed(task, 1, ErrorType.TIMEOUT));
        report(failed(task, 2, ErrorType.TIMEOUT));
        await(() -> assertThat(attemptOf(task)).isEqualTo(3));
        sweep();
        issued(diff, 3);
        execute("update ledger_task set issued_at = issued_at - interval '6 seconds' where diff = $1", diff);
        report(failed(task, 3, ErrorType.SOURCE_UNREACHABLE));
        await(() -> assertThat(status(diff)).isEqualTo("failed"));
        summary(diff)
                .body("status", equalTo("failed"))
                .body("error.error_type", equalTo("SourceUnreachable"))
                .body("error.error_value", equalTo("It went wrong."))
                .body("error.is_retryable", equalTo(true));
        diff(diff).body("result", equalTo("error")).body("done", equalTo(true));
    }

    @Test
    void triesOftenerWhereASourceRefusesAtOnce() {
        long diff = newDiff();
        for (int attempt = 1; attempt <= 5; attempt++) {
            TaskAddress planning = TaskAddress.planning(diff, 1);
            int tries = attempt;
            await(() -> assertThat(planningJobs(diff)).hasSize(tries));
            report(failed(planning, attempt, ErrorType.SOURCE_UNREACHABLE));
            settled();
            assertThat(status(diff)).isEqualTo(attempt < 5 ? "queued" : "failed");
            sweep();
        }
        summary(diff).body("error.is_retryable", equalTo(true));
    }

    /** Somebody has waited for it, who need not be this diff: it is no refusal, however soon it is known. */
    @Test
    void failsSoonWhereASourceIsSilent() {
        long diff = newDiff();
        for (int attempt = 1; attempt <= 2; attempt++) {
            int tries = attempt;
            await(() -> assertThat(planningJobs(diff)).hasSize(tries));
            report(silent(TaskAddress.planning(diff, 1), attempt));
            settled();
            assertThat(status(diff)).isEqualTo(attempt < 2 ? "queued" : "failed");
            // A worker would only say again what it knows already.
            assertThat(attempt == 2 || laterThanSeconds(diff, 5)).isTrue();
            execute("update ledger_task set not_before = now() where diff = $1", diff);
            sweep();
        }
        summary(diff).body("error.error_type", equalTo("SourceUnreachable")).body("error.is_retryable", equalTo(true));
    }

    private boolean laterThanSeconds(long diff, int seconds) {
        return one(
                "select bool_and(not_before > now() + $2 * interval '1 second') from ledger_task where diff = $1",
                Tuple.of(diff, seconds),
                Boolean.class);
    }

    @Test
    void waitsWhereASourceIsSilentThatHasAnswered() {
        // Given
        long diff = newDiff();
        plan(diff, 1, "a");
        TaskAddress task = issued(diff, 1).get(0).address();

        // When
        report(silent(task, 1));

        // Then
        await(() -> assertThat(attemptOf(task)).isEqualTo(2));
        assertThat(one(
                        "select not_before > now() + interval '5 seconds' from ledger_task where diff = $1 and stage = 1",
                        Tuple.of(diff),
                        Boolean.class))
                .isTrue();
    }

    private static Report.TaskFailed silent(TaskAddress address, int attempt) {
        return new Report.TaskFailed(address, attempt, "w1", new Failure(ErrorType.SOURCE_UNREACHABLE, "No answer."))
                .silent(true);
    }

    @Test
    void failsAtOnceWhereTryingAgainIsOfNoUse() {
        // Given
        long diff = newDiff();
        await(() -> assertThat(planningJobs(diff)).hasSize(1));

        // When
        report(failed(TaskAddress.planning(diff, 1), 1, ErrorType.NO_SUCH_TABLE));
        report(failed(TaskAddress.planning(diff, 1), 1, ErrorType.QUERY_ERROR));

        // Then the first failure stays, and workers hear of it
        await(() -> assertThat(status(diff)).isEqualTo("failed"));
        settled();
        summary(diff)
                .body("error.error_type", equalTo("NoSuchTableException"))
                .body("error.is_retryable", equalTo(false));
        await(() -> assertThat(controls(diff)).contains(new Control.StopDiff(diff, 1)));
    }

    @Test
    void reissuesATaskWhoseWorkerFellSilent() {
        // Given a task that a worker has taken up
        long diff = newDiff();
        plan(diff, 1, "a");
        TaskAddress task = issued(diff, 1).get(0).address();
        report(alive(task, 1));
        settled();

        for (int attempt = 2; attempt <= 3; attempt++) {
            // When
            expire(task);
            sweep();

            // Then
            assertThat(issued(diff, attempt).get(attempt - 1).attempt()).isEqualTo(attempt);
            report(alive(task, attempt));
            settled();
        }

        // When the older one still reports
        report(alive(task, 1));

        // Then
        await(() -> assertThat(controls(diff)).contains(new Control.StopTask(task, 1)));

        // When it is lost for the third time
        expire(task);
        sweep();

        // Then
        assertThat(status(diff)).isEqualTo("failed");
        summary(diff).body("error.error_type", equalTo("WorkerLost")).body("error.is_retryable", equalTo(true));
    }

    @Test
    void takesTheResultOfWhicheverAttemptComesFirst() {
        // Given a task that was issued twice
        long diff = newDiff();
        plan(diff, 1, "a");
        CompareTask first = issued(diff, 1).get(0);
        report(alive(first.address(), 1));
        settled();
        expire(first.address());
        sweep();
        CompareTask second = issued(diff, 2).get(1);

        // When
        report(done(first, rows(4)));
        report(done(second, rows(4)));

        // Then
        await(() -> assertThat(status(diff)).isEqualTo("done"));
        settled();
        summary(diff).body("values.total_rows", equalTo(4));
        report(alive(second.address(), 2));
        await(() -> assertThat(controls(diff)).contains(new Control.StopDiff(diff, 1)));
    }

    @Test
    void aRenewedLeaseHolds() {
        // Given
        long diff = newDiff();
        plan(diff, 1, "a");
        TaskAddress task = issued(diff, 1).get(0).address();
        report(alive(task, 1));
        settled();
        expire(task);

        // When
        report(alive(task, 1));
        settled();
        sweep();

        // Then
        assertThat(tasks(diff)).hasSize(1);
        assertThat(attemptOf(task)).isEqualTo(1);
    }

    @Test
    void sendsAgainWhatNobodyTookUpAndGivesUpInTheEnd() {
        // Given
        long diff = newDiff();
        plan(diff, 1, "a");
        issued(diff, 1);
        await(() -> assertThat(one(
                        "select count(*) from ledger_task where diff = $1 and stage = 1 and sent_at is not null",
                        Tuple.of(diff),
                        Long.class))
                .isEqualTo(1));

        // When
        execute("update ledger_task set sent_at = now() - interval '16 minutes' where diff = $1", diff);
        sweep();

        // Then the same attempt goes out again
        assertThat(issued(diff, 2).get(1).attempt()).isEqualTo(1);

        // When
        execute("update ledger_task set waiting_since = now() - interval '61 minutes' where diff = $1", diff);
        sweep();

        // Then
        summary(diff).body("error.error_type", equalTo("WorkerLost"));
    }

    @Test
    void sendsAgainWhatKafkaNeverConfirmed() {
        // Given a task that was issued just before this service died
        long diff = newDiff();
        plan(diff, 1, "a");
        issued(diff, 1);
        settled();
        execute(
                "update ledger_task set sent_at = null, issued_at = now() - interval '61 seconds' where diff = $1",
                diff);

        // When
        sweep();

        // Then
        assertThat(issued(diff, 2).get(1).attempt()).isEqualTo(1);
    }

    @Test
    void cancelsForGood() {
        // Given
        long diff = newDiff();
        plan(diff, 5, "a");
        List<CompareTask> tasks = issued(diff, 3);

        // When
        client().post("/api/v1/datadiffs/" + diff + "/cancel")
                .then()
                .statusCode(200)
                .body("id", equalTo((int) diff))
                .body("status", equalTo("cancelled"));

        // Then
        await(() -> assertThat(controls(diff)).contains(new Control.StopDiff(diff, 1)));
        report(done(tasks.get(0), rows(1)));
        report(failed(tasks.get(1).address(), 1, ErrorType.CANCELLED));
        settled();
        sweep();
        assertThat(tasks(diff)).hasSize(3);
        summary(diff)
                .body("status", equalTo("failed"))
                .body("error.error_type", equalTo("Cancelled"))
                .body("error.is_retryable", equalTo(false));

        // When a worker has not heard of it
        int before = controls(diff).size();
        report(alive(tasks.get(2).address(), 1));

        // Then it is told again
        await(() -> assertThat(controls(diff)).hasSizeGreaterThan(before));
    }

    @Test
    void cancellingWhatIsOverChangesNothing() {
        // Given
        long diff = newDiff();
        plan(diff, 0, "a");
        await(() -> assertThat(status(diff)).isEqualTo("done"));

        // When, then
        client().post("/api/v1/datadiffs/" + diff + "/cancel").then().body("status", equalTo("done"));
        summary(diff).body("status", equalTo("success"));
    }

    @Test
    void putsUnreadableReportsAsideAndFailsTheirDiff() {
        // Given
        long diff = newDiff();
        plan(diff, 1, "a");
        int before = kafka.sink(Channels.DEAD_LETTER).received().size();

        // When
        byte[] ofThatDiff = "{\"version\": 1, \"type\": \"task_done\", \"address\": {\"diff\": %d}}"
                .formatted(diff)
                .getBytes(StandardCharsets.UTF_8);
        report("nonsense".getBytes(StandardCharsets.UTF_8));
        report(ofThatDiff);

        // Then
        await(() -> assertThat(status(diff)).isEqualTo("failed"));
        summary(diff).body("error.error_type", equalTo("Internal"));
        settled();
        assertThat(kafka.<byte[]>sink(Channels.DEAD_LETTER).received())
                .hasSize(before + 2)
                .anySatisfy(message -> assertThat(message.getPayload()).isEqualTo(ofThatDiff));
    }

    @Test
    void aTallyOfOtherColumnsFailsTheDiff() {
        // Given
        long diff = newDiff();
        plan(diff, 1, "a", "b");

        // When
        report(done(issued(diff, 1).get(0), rows(1)));

        // Then
        await(() -> assertThat(status(diff)).isEqualTo("failed"));
        summary(diff).body("error.error_type", equalTo("Internal"));
    }
}
