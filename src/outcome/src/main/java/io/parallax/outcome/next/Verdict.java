package io.parallax.outcome.next;

import io.parallax.contract.ErrorType;
import io.parallax.contract.Failure;
import io.parallax.contract.message.Report;
import java.time.Duration;
import java.util.Collections;
import java.util.List;

/** What becomes of a task that failed, or of a plan that lost what it depends on. */
public sealed interface Verdict {
    int MOST_DOUBLINGS = 10;

    /** It may come to one who cannot again, and nobody is to be busy with that. */
    int HAND_BACK_PAUSES = 2;

    /** As long as a worker takes the silence of a source for granted that somebody else has met, and a second. */
    Duration SHARED_SILENCE = Duration.ofSeconds(6);

    /** Nobody need care: it says nothing about the attempt that counts. */
    record Ignore() implements Verdict {}

    /** Another worker gets the task after a pause; it was no attempt. */
    record TakeBack(Duration pause) implements Verdict {}

    /** The diff starts over as somebody waited for what it held. */
    record GiveWay() implements Verdict {}

    /** The plan has lost what it depends on. */
    record LosePlan() implements Verdict {}

    /** The task is tried again after a pause. */
    record TryAgain(Duration pause) implements Verdict {}

    /** The diff starts over with a new plan. */
    record Replan() implements Verdict {}

    /** The diff fails. */
    record GiveUp(Failure failure) implements Verdict {}

    /** The verdict on what a worker says of a task of the plan in force. */
    static Verdict on(Report.TaskFailed report, TaskState task, Patience patience) {
        if (!counts(report, task)) {
            return new Ignore();
        }
        if (Boolean.TRUE.equals(report.handedBack())) {
            return new TakeBack(patience.pauses().first().multipliedBy(HAND_BACK_PAUSES));
        }
        if (Boolean.TRUE.equals(report.gaveWay())) {
            return new GiveWay();
        }
        if (losesPlan(report)) {
            // It may have looked for what somebody else keeps by now, under another name.
            return task.plan().outdated() ? new TryAgain(Duration.ZERO) : new LosePlan();
        }
        return on(
                report.failure(),
                report.attempt(),
                most(report, task.quick(), patience.attempts()),
                pause(report, patience.pauses()));
    }

    private static boolean counts(Report.TaskFailed report, TaskState task) {
        if (task.holds()) {
            return report.worker().equals(task.worker());
        }
        return losesPlan(report) && task.plan().isAny() && !task.plan().handedOver()
                || task.attempt() == report.attempt() && !task.done() && !isOthers(task, report);
    }

    /** What a worker hands back, or what comes twice, is no attempt: it may be in another one's hands by now. */
    private static boolean isOthers(TaskState task, Report.TaskFailed report) {
        return Boolean.TRUE.equals(report.handedBack())
                && task.worker() != null
                && !task.worker().equals(report.worker());
    }

    /** Then it says something about the plan as a whole, whichever attempt it comes from. */
    private static boolean losesPlan(Report.TaskFailed report) {
        return report.address().holds() || Boolean.TRUE.equals(report.replan());
    }

    /** A diff that has come further than its first plan has more to lose; to be refused at once costs little. */
    private static int most(Report.TaskFailed report, boolean quick, Patience.Attempts attempts) {
        if (quick && report.failure().type() == ErrorType.SOURCE_UNREACHABLE && !isSilent(report)) {
            return attempts.refused();
        }
        return isNew(report) ? attempts.planning() : attempts.most();
    }

    /** Whoever hears that a source is silent has not waited for it: what is worth a wait of its own is tried after one. */
    private static Duration pause(Report.TaskFailed report, Patience.Pauses pauses) {
        if (!isSilent(report)) {
            return pauses.first();
        }
        return Collections.max(List.of(
                pauses.first(),
                isNew(report) ? Collections.min(List.of(SHARED_SILENCE, pauses.silence())) : pauses.silence()));
    }

    private static boolean isNew(Report.TaskFailed report) {
        return report.address().plans() && report.address().plan() == Course.FIRST_PLAN;
    }

    private static boolean isSilent(Report.TaskFailed report) {
        return Boolean.TRUE.equals(report.silent());
    }

    /**
     * The verdict on a failure.
     *
     * @param attempt the one that failed, from 1
     * @param most how many there may be
     * @param pause before the second attempt; doubled before each one more
     */
    static Verdict on(Failure failure, int attempt, int most, Duration pause) {
        // Work that a worker hands back is not over; the diff itself was not cancelled, or nobody would ask.
        boolean worthwhile = failure.type().retryable() || failure.type() == ErrorType.CANCELLED;
        if (worthwhile && attempt < most) {
            return new TryAgain(pause.multipliedBy(1L << Math.min(attempt - 1, MOST_DOUBLINGS)));
        }
        return giveUp(failure);
    }

    /**
     * The verdict on a plan whose tasks cannot succeed any more.
     *
     * @param plan its number, from 1
     * @param most how many there may be
     */
    static Verdict onLostPlan(Failure failure, int plan, int most) {
        return plan < most ? new Replan() : giveUp(failure);
    }

    private static Verdict giveUp(Failure failure) {
        return new GiveUp(
                failure.type() == ErrorType.CANCELLED
                        ? new Failure(ErrorType.WORKER_LOST, "Workers handed a task of this diff back again and again.")
                        : failure);
    }
}
