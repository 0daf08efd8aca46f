package io.parallax.outcome.next;

import io.parallax.outcome.PartialCoverage;
import org.jspecify.annotations.Nullable;

/** What comes next for a diff when one of its tasks has ended. */
public sealed interface NextStep {
    /**
     * Tasks are left; more of them may be issued.
     *
     * @param tenths how many tenths are done; 0 where nobody need hear of it
     */
    record GoOn(int tenths) implements NextStep {}

    /** A stage has left a residue, into which the next one looks. */
    record LookDeeper(int stage) implements NextStep {}

    /** The keys are counted; another plan counts the values. */
    record CountValues() implements NextStep {}

    /** Tables are made of the rows that differ. */
    record Publish() implements NextStep {}

    /** The keys that differ are read again, where any are kept; else the diff is done. */
    record ReadAgain() implements NextStep {}

    /** All is compared. */
    record Finish() implements NextStep {}

    /** As much is found as the client wants to know; what still runs is stopped. */
    record StopEarly(PartialCoverage coverage) implements NextStep {}

    /**
     * The step after a change of a diff whose row is locked.
     *
     * @param soFar what is counted; null where no limit of the request has to be looked at
     */
    static NextStep of(Course course, Undone left, @Nullable CountedSoFar soFar) {
        EarlyStopLimits limits = course.asked().limits();
        PartialCoverage enough = limits == null || soFar == null ? null : soFar.enoughFor(limits);
        if (enough != null) {
            return new StopEarly(enough);
        }
        return left.isDone() ? afterAll(course, left) : new GoOn(course.tenths(left.tasks()));
    }

    private static NextStep afterAll(Course course, Undone left) {
        Integer unsettled = left.unsettledStage();
        if (unsettled != null) {
            return new LookDeeper(unsettled);
        }
        if (course.phase().keysOnly()) {
            return new CountValues();
        }
        if (course.awaitsPublication()) {
            return new Publish();
        }
        return course.awaitsRecheck() ? new ReadAgain() : new Finish();
    }
}
