package io.parallax.outcome.next;

import io.parallax.contract.ErrorType;
import io.parallax.contract.Failure;
import java.time.Duration;

/** What becomes of a task that failed, or of a plan that lost what it depends on. */
public sealed interface Verdict {
    int MOST_DOUBLINGS = 10;

    /** The task is tried again after a pause. */
    record TryAgain(Duration pause) implements Verdict {}

    /** The diff starts over with a new plan. */
    record Replan() implements Verdict {}

    /** The diff fails. */
    record GiveUp(Failure failure) implements Verdict {}

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
