package io.parallax.api.ledger.failures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;

import io.parallax.api.LedgerScenario;
import io.parallax.contract.ErrorType;
import io.parallax.contract.Failure;
import io.parallax.contract.message.CompareTask;
import io.parallax.contract.message.Report;
import io.parallax.contract.message.TaskAddress;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Work that a worker cannot do, and another one may. */
@QuarkusTest
class HandedBackTest extends LedgerScenario {
    private static final Failure WHY = new Failure(ErrorType.INTERNAL, "The sealing key is another one.");

    /** More than there are attempts of anything. */
    private static final int OFTEN = 7;

    private void handBack(TaskAddress address, int attempt) {
        handBack(address, attempt, "w9");
    }

    private void handBack(TaskAddress address, int attempt, String worker) {
        report(new Report.TaskFailed(address, attempt, worker, WHY).handedBack(true));
    }

    @Test
    void isNoAttemptHoweverOftenItIs() {
        long diff = newDiff();
        TaskAddress planning = TaskAddress.planning(diff, 1);
        for (int time = 1; time <= OFTEN; time++) {
            int jobs = time;
            await(() -> assertThat(planningJobs(diff)).hasSize(jobs));
            report(alive(planning, 1));
            handBack(planning, 1, "w1");
            settled();
            sweep();
        }
        await(() -> assertThat(planningJobs(diff)).hasSize(OFTEN + 1));
        assertThat(planningJobs(diff)).allMatch(job -> job.attempt() == 1);
        assertThat(status(diff)).isEqualTo("processing");
    }

    /** As when a message comes again that a second worker cannot do, or the first one's report does. */
    @Test
    void whatAnotherOneHasInHandIsLeftToIt() {
        long diff = newDiff();
        TaskAddress planning = TaskAddress.planning(diff, 1);
        await(() -> assertThat(planningJobs(diff)).hasSize(1));
        handBack(planning, 1);
        settled();
        sweep();
        await(() -> assertThat(planningJobs(diff)).hasSize(2));
        report(alive(planning, 1));
        handBack(planning, 1);
        settled();
        sweep();
        assertThat(planningJobs(diff)).hasSize(2);
        assertThat(one("select worker from ledger_task where diff = $1", Tuple.of(diff), String.class))
                .isEqualTo("w1");
    }

    /** Whatever it has waited before. */
    @Test
    void whatIsTakenUpWaitsNoMore() {
        long diff = newDiff();
        TaskAddress planning = TaskAddress.planning(diff, 1);
        await(() -> assertThat(planningJobs(diff)).hasSize(1));
        execute("update ledger_task set waiting_since = now() - interval '2 hours' where diff = $1", diff);
        report(alive(planning, 1));
        settled();
        execute("update ledger_task set lease_until = null where diff = $1", diff);
        sweep();
        assertThat(status(diff)).isEqualTo("processing");
    }

    @Test
    void holdsForTasksToo() {
        long diff = newDiff();
        plan(diff, 1, "a");
        CompareTask task = issued(diff, 1).get(0);
        handBack(task.address(), 1);
        settled();
        sweep();
        assertThat(issued(diff, 2)).allMatch(again -> again.attempt() == 1);
        assertThat(attemptOf(task.address())).isEqualTo(1);
    }

    @Test
    void isShownOnTheDiffForAWhile() {
        long diff = newDiff();
        await(() -> assertThat(planningJobs(diff)).hasSize(1));
        handBack(TaskAddress.planning(diff, 1), 1);
        settled();
        diff(diff).body("notes", contains("A worker (w9) has handed work of this diff back: " + WHY.message()));
        execute("update diff set handed_back_at = now() - interval '2 minutes' where id = $1", diff);
        sweep();
        diff(diff).body("notes", empty());
    }

    @Test
    void isWhatAForsakenDiffFailsBy() {
        long diff = newDiff();
        TaskAddress planning = TaskAddress.planning(diff, 1);
        await(() -> assertThat(planningJobs(diff)).hasSize(1));
        execute("update ledger_task set waiting_since = now() - interval '2 hours' where diff = $1", diff);
        handBack(planning, 1);
        settled();
        sweep();
        await(() -> assertThat(status(diff)).isEqualTo("failed"));
        summary(diff).body("error.error_value", containsString(WHY.message()));
    }

    @Test
    void ofAnAttemptThatIsPastChangesNothing() {
        long diff = newDiff();
        TaskAddress planning = TaskAddress.planning(diff, 1);
        await(() -> assertThat(planningJobs(diff)).hasSize(1));
        handBack(planning, 7);
        settled();
        sweep();
        assertThat(planningJobs(diff)).hasSize(1);
        assertThat(one("select handed_back from diff where id = $1", Tuple.of(diff), String.class))
                .isNull();
    }

    @Test
    void whatALaterVersionHasStoredIsLeftToIt() {
        long later = newDiff();
        long other = newDiff();
        await(() -> assertThat(planningJobs(later)).hasSize(1));
        await(() -> assertThat(planningJobs(other)).hasSize(1));
        execute("update diff set spec = jsonb_set(spec::jsonb, '{reader}', '99')::text where id = $1", later);
        handBack(TaskAddress.planning(later, 1), 1);
        handBack(TaskAddress.planning(other, 1), 1);
        settled();
        sweep();
        await(() -> assertThat(planningJobs(other)).hasSize(2));
        assertThat(planningJobs(later)).hasSize(1);
    }

    @Test
    void questionsAreAskedAgain() {
        long source = newSource("");
        long question = one(
                "insert into source_question (source, question, sent_at) values ($1, '{}', now()) returning id",
                Tuple.of(source),
                Long.class);
        report(new Report.SourceAnswered(question, "w9", null, WHY, true));
        settled();
        assertThat(isSent("source_question", question)).isFalse();
        execute("delete from source_question where id = $1", question);
    }

    @Test
    void testsAreGivenToAnotherOne() {
        long source = newSource("");
        long test = one(
                "insert into source_test (source, created_at, sent_at) values ($1, now(), now()) returning id",
                Tuple.of(source),
                Long.class);
        report(new Report.SourceTested(test, "w9", List.of(), true));
        settled();
        assertThat(isSent("source_test", test)).isFalse();
        execute("delete from source_test where id = $1", test);
    }

    private boolean isSent(String table, long id) {
        return one("select sent_at is not null from " + table + " where id = $1", Tuple.of(id), Boolean.class);
    }
}
