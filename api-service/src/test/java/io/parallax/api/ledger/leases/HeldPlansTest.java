package io.parallax.api.ledger.leases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.parallax.api.LedgerScenario;
import io.parallax.api.messaging.Channels;
import io.parallax.contract.ErrorType;
import io.parallax.contract.Failure;
import io.parallax.contract.message.CompareTask;
import io.parallax.contract.message.Control;
import io.parallax.contract.message.Job;
import io.parallax.contract.message.Report;
import io.parallax.contract.message.TaskAddress;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Plans whose worker keeps something for all tasks, and what becomes of their diffs when it is lost. */
@QuarkusTest
class HeldPlansTest extends LedgerScenario {
    @Test
    void whatIsHeldIsNeverSentAndHoldsUpNoEnd() {
        // Given
        long diff = newDiff();
        hold(diff, 1, 2);
        List<CompareTask> tasks = issued(diff, 2);
        diff(diff).body("diff_progress.total_steps", equalTo(3));

        // When
        sweep();
        report(done(tasks.get(0), rows(1)));
        report(done(tasks.get(1), rows(2)));

        // Then
        await(() -> assertThat(status(diff)).isEqualTo("done"));
        assertThat(tasks(diff)).hasSize(2);
        assertThat(planningJobs(diff)).hasSize(1);
        diff(diff).body("diff_progress.completed_steps", equalTo(3));
    }

    @Test
    void takesNoPlaceInTheWindow() {
        // Given a window of 3
        long diff = newDiff();

        // When
        hold(diff, 1, 4);

        // Then
        issued(diff, 3);
    }

    @Test
    void theHolderHearsOfTheEndAndHearsItAgainWhenItDidNot() {
        // Given
        long diff = newDiff();
        hold(diff, 1, 1);

        // When
        report(done(issued(diff, 1).get(0), rows(1)));

        // Then
        await(() -> assertThat(controls(diff)).containsExactly(new Control.StopDiff(diff, 1)));
        report(alive(TaskAddress.holding(diff, 1), 1));
        await(() -> assertThat(controls(diff))
                .containsExactly(new Control.StopDiff(diff, 1), new Control.StopDiff(diff, 1)));
    }

    @Test
    void aPlanWithoutTasksLetsGoAtOnce() {
        long diff = newDiff();
        hold(diff, 1, 0);
        await(() -> assertThat(status(diff)).isEqualTo("done"));
        await(() -> assertThat(controls(diff)).containsExactly(new Control.StopDiff(diff, 1)));
    }

    @Test
    void aDiffThatHoldsNothingEndsQuietly() {
        long diff = newDiff();
        plan(diff, 0, "a");
        await(() -> assertThat(status(diff)).isEqualTo("done"));
        settled();
        assertThat(controls(diff)).isEmpty();
    }

    @Test
    void startsOverWhenTheHolderFellSilent() {
        // Given a diff on its way
        long diff = newDiff();
        hold(diff, 1, 2);
        List<CompareTask> old = issued(diff, 2);
        report(done(old.get(0), rows(10)));
        report(alive(TaskAddress.holding(diff, 1), 1));
        settled();

        // When
        expire(TaskAddress.holding(diff, 1));
        sweep();

        // Then
        await(() -> assertThat(planningJobs(diff)).hasSize(2));
        assertThat(planningJobs(diff).get(1).address()).isEqualTo(TaskAddress.planning(diff, 2));
        assertThat(planningJobs(diff).get(1).attempt()).isEqualTo(1);
        await(() -> assertThat(controls(diff)).containsExactly(new Control.StopDiff(diff, 1)));
        diff(diff)
                .body("status", equalTo("processing"))
                .body("strategy", equalTo(null))
                .body("diff_progress.completed_steps", equalTo(0))
                .body("diff_progress.total_steps", equalTo(1));

        // When the old plan still reports
        report(done(old.get(1), rows(20)));
        report(failed(old.get(1).address(), 1, ErrorType.QUERY_ERROR));
        report(lost(TaskAddress.holding(diff, 1)));
        report(lost(old.get(1).address()));
        settled();

        // Then it changes nothing
        assertThat(planningJobs(diff)).hasSize(2);
        diff(diff).body("diff_progress.completed_steps", equalTo(0));

        // When
        plan(diff, 2, 1);
        report(done(issued(diff, 3).get(2), rows(7)));

        // Then
        await(() -> assertThat(status(diff)).isEqualTo("done"));
        summary(diff).body("values.total_rows", equalTo(7));
    }

    @Test
    void signsOfLifeOfTheHolderAloneRenewItsLease() {
        // Given
        long diff = newDiff();
        hold(diff, 1, 1);
        TaskAddress holding = TaskAddress.holding(diff, 1);

        // When
        expire(holding);
        report(alive(holding, 1));
        settled();
        sweep();

        // Then
        assertThat(planningJobs(diff)).hasSize(1);

        // When another worker, which made the same plan, is alive
        expire(holding);
        report(new Report.Alive(diff, "w2", List.of(new Report.Running(holding, 1))));
        report(new Report.TaskFailed(holding, 1, "w2", new Failure(ErrorType.SOURCE_UNREACHABLE, "Lost."))
                .replan(true));
        settled();

        // Then neither its life nor its loss matters
        assertThat(controls(diff)).isEmpty();
        assertThat(planningJobs(diff)).hasSize(1);
        sweep();
        await(() -> assertThat(planningJobs(diff)).hasSize(2));
    }

    @Test
    void startsOverWhenTheHolderSaysThatItLostIt() {
        long diff = newDiff();
        hold(diff, 1, 1);
        report(failed(TaskAddress.holding(diff, 1), 1, ErrorType.SOURCE_UNREACHABLE));
        await(() -> assertThat(planningJobs(diff)).hasSize(2));
    }

    @Test
    void anyTaskMaySayThatItsPlanIsLost() {
        // Given a task at its second attempt
        long diff = newDiff();
        hold(diff, 1, 1);
        TaskAddress task = issued(diff, 1).get(0).address();
        report(failed(task, 1, ErrorType.TIMEOUT));
        settled();
        sweep();
        issued(diff, 2);

        // When the first one still says so
        report(lost(task));

        // Then
        await(() -> assertThat(planningJobs(diff)).hasSize(2));
        assertThat(status(diff)).isEqualTo("processing");
    }

    @Test
    void failsWithTheThirdPlan() {
        // Given
        long diff = newDiff();
        for (int plan = 1; plan <= 3; plan++) {
            hold(diff, plan, 1);
            issued(diff, plan);

            // When
            report(lost(TaskAddress.holding(diff, plan)));
        }

        // Then
        await(() -> assertThat(status(diff)).isEqualTo("failed"));
        summary(diff)
                .body("error.error_type", equalTo("SourceUnreachable"))
                .body("error.error_value", equalTo("The snapshot of this diff was lost."));
        await(() -> assertThat(controls(diff))
                .containsExactly(
                        new Control.StopDiff(diff, 1), new Control.StopDiff(diff, 2), new Control.StopDiff(diff, 3)));
    }

    @Test
    void aHolderThatFallsSilentForTheThirdTimeIsALostWorker() {
        long diff = newDiff();
        for (int plan = 1; plan <= 3; plan++) {
            hold(diff, plan, 1);
            expire(TaskAddress.holding(diff, plan));
            sweep();
        }
        assertThat(status(diff)).isEqualTo("failed");
        summary(diff).body("error.error_type", equalTo("WorkerLost"));
    }

    @Test
    void countsWhatIsHeldAmongASourcesConnections() {
        // Given a source with room for what is held and for one task, or two tasks without
        long source = newSource(", \"max_allowed_connections\": 6");
        long holding = newDiff(source, source);
        hold(holding, 1, 3);
        long other = newDiff(source, source);
        await(() -> assertThat(tasks(holding)).hasSize(1));

        // When
        sweep();
        settled();

        // Then
        assertThat(tasks(holding)).hasSize(1);
        assertThat(planningJobs(other)).isEmpty();
    }

    @Test
    void whatALeavingWorkerHoldsIsTakenOver() {
        // Given a window of 3
        long diff = newDiff();
        hold(diff, 1, 5);
        List<CompareTask> old = issued(diff, 3);
        TaskAddress holding = TaskAddress.holding(diff, 1);

        // When
        leaving(holding, 1);
        leaving(holding, 1);

        // Then one is asked
        assertThat(takeOvers(diff)).singleElement().satisfies(job -> {
            assertThat(job.address()).isEqualTo(holding);
            assertThat(job.attempt()).isEqualTo(2);
            assertThat(job.common()).isEqualTo(old.get(0).common());
            assertThat(job.sourceA()).isEqualTo(old.get(0).sourceA());
        });

        // When two take over
        report(takenOver(holding, 2, "w2", "new"));
        report(takenOver(holding, 2, "w3", "late"));
        report(done(old.get(0), rows(1)));

        // Then tasks depend on the first one from then on, and the old one stays for those that are under way
        assertThat(issued(diff, 4).get(3).common().path("kept").asText()).isEqualTo("new");
        leaving(holding, 1);
        assertThat(controls(diff)).isEmpty();
        assertThat(takeOvers(diff)).hasSize(1);

        // When one of them does not find it any more, which is told twice
        report(lost(old.get(1).address()));
        report(lost(old.get(1).address()));

        // Then it is done again
        List<CompareTask> tasks = issued(diff, 5);
        assertThat(tasks.get(4).address()).isEqualTo(old.get(1).address());
        assertThat(tasks.get(4).attempt()).isEqualTo(2);
        assertThat(tasks.get(4).common().path("kept").asText()).isEqualTo("new");

        // When the last that was issued before is done
        report(done(old.get(2), rows(1)));
        leaving(holding, 1);

        // Then the old one may go, and says nothing more
        await(() -> assertThat(controls(diff)).containsExactly(new Control.StopTask(holding, 1)));
        report(lost(holding));
        issued(diff, 6).subList(3, 6).forEach(task -> report(done(task, rows(1))));
        await(() -> assertThat(status(diff)).isEqualTo("done"));
        assertThat(planningJobs(diff)).hasSize(1);
    }

    @Test
    void whatWasTakenOverMayBeLostLikeAnyOther() {
        // Given
        long diff = newDiff();
        hold(diff, 1, 1);
        TaskAddress holding = TaskAddress.holding(diff, 1);
        leaving(holding, 1);
        report(takenOver(holding, 2, "w2", "new"));
        report(lost(issued(diff, 1).get(0).address()));
        CompareTask again = issued(diff, 2).get(1);

        // When
        report(new Report.TaskFailed(again.address(), 2, "w3", new Failure(ErrorType.SOURCE_UNREACHABLE, "It is gone."))
                .replan(true));

        // Then
        await(() -> assertThat(planningJobs(diff)).hasSize(2));

        // When its holder falls silent
        hold(diff, 2, 1);
        leaving(TaskAddress.holding(diff, 2), 1);
        report(takenOver(TaskAddress.holding(diff, 2), 2, "w2", "new"));
        settled();
        expire(TaskAddress.holding(diff, 2));
        sweep();

        // Then
        await(() -> assertThat(planningJobs(diff)).hasSize(3));
    }

    @Test
    void nobodyIsAskedToTakeOverWhatIsNotNeeded() {
        long diff = newDiff();
        hold(diff, 1, 1);
        report(new Report.Alive(diff, "w9", List.of(new Report.Running(TaskAddress.holding(diff, 1), 1)), true));
        report(done(issued(diff, 1).get(0), rows(1)));
        await(() -> assertThat(status(diff)).isEqualTo("done"));
        leaving(TaskAddress.holding(diff, 1), 1);
        assertThat(takeOvers(diff)).isEmpty();
    }

    private void leaving(TaskAddress holding, int attempt) {
        report(new Report.Alive(holding.diff(), "w1", List.of(new Report.Running(holding, attempt)), true));
        settled();
    }

    private List<Job.TakeOver> takeOvers(long diff) {
        return sent(Channels.JOBS, Job.class).stream()
                .filter(Job.TakeOver.class::isInstance)
                .map(Job.TakeOver.class::cast)
                .filter(job -> job.address().diff() == diff)
                .toList();
    }

    private static Report.TakenOver takenOver(TaskAddress holding, int attempt, String worker, String kept) {
        return new Report.TakenOver(
                holding, attempt, worker, JsonNodeFactory.instance.objectNode().put("kept", kept));
    }

    @Test
    void tasksRunOneByOneWhereAllConnectionsAreHeld() {
        // Given
        long source = newSource(", \"max_allowed_connections\": 3");
        long diff = newDiff(source, source);
        hold(diff, 1, 2);

        // When, then
        report(done(issued(diff, 1).get(0), rows(1)));
        report(done(issued(diff, 2).get(1), rows(1)));
        await(() -> assertThat(status(diff)).isEqualTo("done"));
    }

    @Test
    void nothingButTheHolderIsMarked() {
        long diff = newDiff();
        hold(diff, 1, 1);
        assertThat(one(
                        "select count(*) from ledger_task where diff = $1 and holds and stage = 0 and task = 1"
                                + " and issued_at is not null and sent_at is not null and worker = 'w1'"
                                + " and lease_until > now() + interval '20 seconds'",
                        Tuple.of(diff),
                        Long.class))
                .isEqualTo(1);
    }

    /** Answers the planning job of that plan with one that holds. */
    private void hold(long diff, int number, int tasks) {
        answer(diff, number, tasks, true);
    }

    private void plan(long diff, int number, int tasks) {
        answer(diff, number, tasks, null);
    }

    private void answer(long diff, int number, int tasks, Boolean holds) {
        planned(diff, number, planOf(tasks, "a"), holds);
        settled();
    }

    private static Report.TaskFailed lost(TaskAddress address) {
        return new Report.TaskFailed(
                        address,
                        1,
                        "w1",
                        new Failure(ErrorType.SOURCE_UNREACHABLE, "The snapshot of this diff was lost."))
                .replan(true);
    }
}
