package io.parallax.api.ledger.failures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.parallax.api.LedgerScenario;
import io.parallax.contract.ErrorType;
import io.parallax.contract.Failure;
import io.parallax.contract.message.CompareTask;
import io.parallax.contract.message.Control;
import io.parallax.contract.message.Report;
import io.parallax.contract.message.TaskAddress;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

/** Diffs that start over because somebody waited for their locks. */
@QuarkusTest
class GivingWayTest extends LedgerScenario {
    private static final Failure WAITED = new Failure(ErrorType.TIMEOUT, "It gave way to ALTER TABLE orders.");

    @Test
    void startsOverThreeTimesAndNamesWhoWaitedInTheEnd() {
        // Given
        long diff = newDiff();
        for (int plan = 1; plan <= 3; plan++) {
            plan(diff, plan);
            report(gaveWay(issued(diff, plan).get(plan - 1).address()));
            int plans = plan + 1;
            await(() -> assertThat(planningJobs(diff)).hasSize(plans));
            Control.StopDiff stop = new Control.StopDiff(diff, plan);
            await(() -> assertThat(controls(diff)).contains(stop));
        }
        assertThat(status(diff)).isEqualTo("processing");

        // When
        report(gaveWay(TaskAddress.planning(diff, 4)));

        // Then
        await(() -> assertThat(status(diff)).isEqualTo("failed"));
        summary(diff)
                .body("error.error_type", equalTo("Timeout"))
                .body("error.is_retryable", equalTo(true))
                .body("error.error_value", containsString("ALTER TABLE orders"));
    }

    @Test
    void countsThatApartFromOtherLosses() {
        // Given two plans let go
        long diff = newDiff();
        report(gaveWay(TaskAddress.planning(diff, 1)));
        await(() -> assertThat(planningJobs(diff)).hasSize(2));
        report(gaveWay(TaskAddress.planning(diff, 2)));
        await(() -> assertThat(planningJobs(diff)).hasSize(3));

        // When two more are lost
        report(lost(TaskAddress.planning(diff, 3)));
        await(() -> assertThat(planningJobs(diff)).hasSize(4));
        report(lost(TaskAddress.planning(diff, 4)));
        await(() -> assertThat(planningJobs(diff)).hasSize(5));

        // Then there is one more to each
        report(gaveWay(TaskAddress.planning(diff, 5)));
        await(() -> assertThat(planningJobs(diff)).hasSize(6));
        report(lost(TaskAddress.planning(diff, 6)));
        await(() -> assertThat(status(diff)).isEqualTo("failed"));
    }

    @Test
    void hearsOfOnePlanOnce() {
        long diff = newDiff();
        plan(diff, 1);
        CompareTask task = issued(diff, 1).get(0);
        report(gaveWay(task.address()));
        report(gaveWay(task.address()));
        report(gaveWay(TaskAddress.planning(diff, 1)));
        await(() -> assertThat(planningJobs(diff)).hasSize(2));
        settled();
        assertThat(planningJobs(diff)).hasSize(2);
    }

    private void plan(long diff, int number) {
        planned(diff, number, planOf(1, "a"), null);
        settled();
    }

    private static Report gaveWay(TaskAddress address) {
        return new Report.TaskFailed(address, 1, "w1", WAITED).replan(true).gaveWay(true);
    }

    private static Report lost(TaskAddress address) {
        return new Report.TaskFailed(address, 1, "w1", new Failure(ErrorType.SOURCE_UNREACHABLE, "Lost.")).replan(true);
    }
}
