package io.parallax.api.ledger;

import io.parallax.contract.ErrorType;
import io.parallax.contract.Failure;
import java.time.Duration;

/** What becomes of a task that a worker reports as failed. */
sealed interface Verdict {
    /** The task is tried again after a pause. */
    record TryAgain(Duration pause) implements Verdict {}

    /** The diff fails. */
    record GiveUp(Failure failure) implements Verdict {}

    /**
     * The verdict on a failure.
     *
     * @param attempt the one that failed, from 1
     * @param most how many there may be
     * @param pause before the second attempt
     */
    static Verdict on(Failure failure, int attempt, int most, Duration pause) {
        // Work that a worker hands back is not over; the diff itself was not cancelled, or nobody would ask.
        boolean worthwhile = failure.type().retryable() || failure.type() == ErrorType.CANCELLED;
        if (worthwhile && attempt < most) {
            return new TryAgain(pause.multipliedBy(attempt));
        }
        return new GiveUp(
                failure.type() == ErrorType.CANCELLED
                        ? new Failure(ErrorType.WORKER_LOST, "Workers handed a task of this diff back again and again.")
                        : failure);
    }
}
