package io.parallax.api.ledger.leases;

import static org.assertj.core.api.Assertions.assertThat;

import io.parallax.api.ledger.issue.PendingMessages;
import io.parallax.contract.message.Control;
import io.parallax.contract.message.Report;
import io.parallax.contract.message.TaskAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class OrphanedWorkTest {
    private static final OrphanedWork.Held HELD = new OrphanedWork.Held(1, false);

    private static Report.Running running(int plan, int task, int attempt) {
        return new Report.Running(new TaskAddress(7, plan, 1, task), attempt);
    }

    @Test
    void aDiffThatIsOverIsStoppedWhole() {
        assertThat(OrphanedWork.stops(7, 0, HELD, List.of(running(1, 0, 1), running(2, 3, 1)))
                        .stops())
                .containsExactly(new PendingMessages.Stop(7, new Control.StopDiff(7, 2)));
    }

    @Test
    void ofALivePlanOnlyTheStrayAttemptIsStopped() {
        assertThat(OrphanedWork.stops(7, 2, HELD, List.of(running(1, 0, 1), running(2, 3, 1)))
                        .stops())
                .containsExactly(
                        new PendingMessages.Stop(7, new Control.StopDiff(7, 1)),
                        new PendingMessages.Stop(7, new Control.StopTask(new TaskAddress(7, 2, 1, 3), 1)));
    }

    @Test
    void aHoldThatTheLivePlanNeedsNoMoreIsStopped() {
        Report.Running live = new Report.Running(TaskAddress.holding(7, 2), 1);
        assertThat(OrphanedWork.stops(7, 2, OrphanedWork.Held.NOTHING, List.of(live))
                        .stops())
                .containsExactly(new PendingMessages.Stop(7, new Control.StopTask(TaskAddress.holding(7, 2), 1)));
    }

    @Test
    void aSecondHoldOnALivePlanIsLeftAloneAndOnAnOldOneIsNot() {
        Report.Running live = new Report.Running(TaskAddress.holding(7, 2), 1);
        Report.Running old = new Report.Running(TaskAddress.holding(7, 1), 1);
        assertThat(OrphanedWork.stops(7, 2, HELD, List.of(live)).stops()).isEmpty();
        assertThat(OrphanedWork.stops(7, 2, HELD, List.of(live, old)).stops())
                .containsExactly(new PendingMessages.Stop(7, new Control.StopDiff(7, 1)));
    }

    @Test
    void aHoldThatAnotherWorkerHasTakenOverIsStoppedOnceNoTaskMayNeedIt() {
        Report.Running left = new Report.Running(TaskAddress.holding(7, 2), 1);
        Report.Running second = new Report.Running(TaskAddress.holding(7, 2), 2);
        assertThat(OrphanedWork.stops(7, 2, new OrphanedWork.Held(2, true), List.of(left))
                        .stops())
                .isEmpty();
        assertThat(OrphanedWork.stops(7, 2, new OrphanedWork.Held(2, false), List.of(left, second))
                        .stops())
                .containsExactly(new PendingMessages.Stop(7, new Control.StopTask(TaskAddress.holding(7, 2), 1)));
    }
}
