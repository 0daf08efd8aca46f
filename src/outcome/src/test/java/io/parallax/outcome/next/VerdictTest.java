package io.parallax.outcome.next;

import static org.assertj.core.api.Assertions.assertThat;

import io.parallax.contract.ErrorType;
import io.parallax.contract.Failure;
import io.parallax.contract.message.Report;
import io.parallax.contract.message.TaskAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class VerdictTest {
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private static Failure failure(ErrorType type) {
        return new Failure(type, "It went wrong.");
    }

    @Test
    void triesAgainWithALongerPauseEachTime() {
        assertThat(Verdict.on(failure(ErrorType.TIMEOUT), 1, 3, PAUSE)).isEqualTo(new Verdict.TryAgain(PAUSE));
        assertThat(Verdict.on(failure(ErrorType.SOURCE_UNREACHABLE), 2, 3, PAUSE))
                .isEqualTo(new Verdict.TryAgain(Duration.ofSeconds(2)));
        assertThat(Verdict.on(failure(ErrorType.SOURCE_UNREACHABLE), 4, 5, PAUSE))
                .isEqualTo(new Verdict.TryAgain(Duration.ofSeconds(8)));
    }

    @Test
    void givesUpWithTheLastFailure() {
        Failure failure = failure(ErrorType.TIMEOUT);
        assertThat(Verdict.on(failure, 3, 3, PAUSE)).isEqualTo(new Verdict.GiveUp(failure));
    }

    @Test
    void givesUpAtOnceOnWhatDoesNotPass() {
        Failure failure = failure(ErrorType.SOURCE_AUTHENTICATION);
        assertThat(Verdict.on(failure, 1, 3, PAUSE)).isEqualTo(new Verdict.GiveUp(failure));
    }

    @Test
    void workHandedBackIsNotACancelledDiff() {
        assertThat(Verdict.on(failure(ErrorType.CANCELLED), 1, 3, PAUSE)).isEqualTo(new Verdict.TryAgain(PAUSE));
        assertThat(Verdict.on(failure(ErrorType.CANCELLED), 3, 3, PAUSE))
                .isInstanceOfSatisfying(
                        Verdict.GiveUp.class,
                        verdict -> assertThat(verdict.failure().type()).isEqualTo(ErrorType.WORKER_LOST));
    }

    @Test
    void aLostPlanIsMadeAgainSoOften() {
        Failure failure = failure(ErrorType.SOURCE_UNREACHABLE);
        assertThat(Verdict.onLostPlan(failure, 2, 3)).isEqualTo(new Verdict.Replan());
        assertThat(Verdict.onLostPlan(failure, 3, 3)).isEqualTo(new Verdict.GiveUp(failure));
    }

    private static final TaskAddress TASK = new TaskAddress(1, 1, 1, 0);
    private static final Patience PATIENCE =
            new Patience(new Patience.Attempts(3, 2, 5), new Patience.Pauses(PAUSE, Duration.ofSeconds(10)));

    private static Report.TaskFailed report(TaskAddress address, ErrorType type) {
        return new Report.TaskFailed(address, 1, "one", failure(type));
    }

    private static Report.TaskFailed saying(
            @Nullable Boolean replan,
            @Nullable Boolean gaveWay,
            @Nullable Boolean handedBack,
            @Nullable Boolean silent) {
        return new Report.TaskFailed(TASK, 1, "one", failure(ErrorType.SOURCE_UNREACHABLE))
                .replan(replan)
                .gaveWay(gaveWay)
                .handedBack(handedBack)
                .silent(silent);
    }

    private static TaskState state(@Nullable String worker, boolean done, boolean quick) {
        return new TaskState(1, worker, done, quick, false, TaskState.Held.NOTHING);
    }

    private static final TaskState RUNNING = state("one", false, false);

    @Test
    void onlyTheAttemptThatCountsIsJudged() {
        Report.TaskFailed report = report(TASK, ErrorType.TIMEOUT);
        assertThat(Verdict.on(report, RUNNING, PATIENCE)).isEqualTo(new Verdict.TryAgain(PAUSE));
        assertThat(Verdict.on(report, state("one", true, false), PATIENCE)).isEqualTo(new Verdict.Ignore());
        assertThat(Verdict.on(report, new TaskState(2, "one", false, false, false, TaskState.Held.NOTHING), PATIENCE))
                .isEqualTo(new Verdict.Ignore());
    }

    @Test
    void workIsTakenBackFromWhoHasIt() {
        Report.TaskFailed back = saying(null, null, true, null);
        Verdict.TakeBack taken = new Verdict.TakeBack(PAUSE.multipliedBy(2));
        assertThat(Verdict.on(back, RUNNING, PATIENCE)).isEqualTo(taken);
        assertThat(Verdict.on(back, state(null, false, false), PATIENCE)).isEqualTo(taken);
        assertThat(Verdict.on(back, state("two", false, false), PATIENCE)).isEqualTo(new Verdict.Ignore());
    }

    @Test
    void aPlanThatGaveWayIsNoFailure() {
        assertThat(Verdict.on(saying(null, true, null, null), RUNNING, PATIENCE))
                .isEqualTo(new Verdict.GiveWay());
    }

    @Test
    void aPlanIsLostByWhicheverAttemptSaysSo() {
        Report.TaskFailed lost = saying(true, null, null, null);
        TaskState.Held held = new TaskState.Held(true, false, false);
        assertThat(Verdict.on(lost, new TaskState(2, "two", false, false, false, held), PATIENCE))
                .isEqualTo(new Verdict.LosePlan());
        assertThat(Verdict.on(lost, new TaskState(2, "two", false, false, false, TaskState.Held.NOTHING), PATIENCE))
                .isEqualTo(new Verdict.Ignore());
    }

    @Test
    void whatWasHandedOverMeanwhileIsLookedForAgain() {
        Report.TaskFailed lost = saying(true, null, null, null);
        TaskState.Held handed = new TaskState.Held(true, true, true);
        assertThat(Verdict.on(lost, new TaskState(1, "one", false, false, false, handed), PATIENCE))
                .isEqualTo(new Verdict.TryAgain(Duration.ZERO));
        assertThat(Verdict.on(lost, new TaskState(2, "one", false, false, false, handed), PATIENCE))
                .isEqualTo(new Verdict.Ignore());
    }

    @Test
    void whatAPlanHoldsIsLostByItsHolderAlone() {
        Report.TaskFailed lost = report(TaskAddress.holding(1, 1), ErrorType.SOURCE_UNREACHABLE);
        TaskState.Held held = new TaskState.Held(true, false, false);
        assertThat(Verdict.on(lost, new TaskState(7, "one", false, false, true, held), PATIENCE))
                .isEqualTo(new Verdict.LosePlan());
        assertThat(Verdict.on(lost, new TaskState(1, "two", false, false, true, held), PATIENCE))
                .isEqualTo(new Verdict.Ignore());
    }

    @Test
    void aFirstPlanningJobIsTriedLessOften() {
        Report.TaskFailed planning =
                new Report.TaskFailed(TaskAddress.planning(1, 1), 2, "one", failure(ErrorType.TIMEOUT));
        TaskState second = new TaskState(2, "one", false, false, false, TaskState.Held.NOTHING);
        assertThat(Verdict.on(planning, second, PATIENCE)).isInstanceOf(Verdict.GiveUp.class);
        Report.TaskFailed task = new Report.TaskFailed(TASK, 2, "one", failure(ErrorType.TIMEOUT));
        assertThat(Verdict.on(task, second, PATIENCE)).isEqualTo(new Verdict.TryAgain(PAUSE.multipliedBy(2)));
    }

    @Test
    void aSourceThatRefusesAtOnceIsTriedMoreOften() {
        Report.TaskFailed refused = new Report.TaskFailed(TASK, 4, "one", failure(ErrorType.SOURCE_UNREACHABLE));
        TaskState quick = new TaskState(4, "one", false, true, false, TaskState.Held.NOTHING);
        assertThat(Verdict.on(refused, quick, PATIENCE)).isEqualTo(new Verdict.TryAgain(PAUSE.multipliedBy(8)));
        TaskState slow = new TaskState(4, "one", false, false, false, TaskState.Held.NOTHING);
        assertThat(Verdict.on(refused, slow, PATIENCE)).isInstanceOf(Verdict.GiveUp.class);
    }

    @Test
    void aSilentSourceIsWaitedFor() {
        assertThat(Verdict.on(saying(null, null, null, true), RUNNING, PATIENCE))
                .isEqualTo(new Verdict.TryAgain(Duration.ofSeconds(10)));
        Report.TaskFailed first = new Report.TaskFailed(
                        TaskAddress.planning(1, 1), 1, "one", failure(ErrorType.SOURCE_UNREACHABLE))
                .silent(true);
        assertThat(Verdict.on(first, RUNNING, PATIENCE)).isEqualTo(new Verdict.TryAgain(Verdict.SHARED_SILENCE));
    }
}
