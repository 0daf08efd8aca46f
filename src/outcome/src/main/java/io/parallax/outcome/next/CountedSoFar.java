package io.parallax.outcome.next;

import io.parallax.contract.tally.Tally;
import io.parallax.outcome.PartialCoverage;
import org.jspecify.annotations.Nullable;

/**
 * What the results of a plan come to that are there already.
 *
 * @param fetched rows that left the databases, of both sides
 * @param done tasks that have a result
 * @param tasks all tasks
 */
public record CountedSoFar(Tally tally, long fetched, long done, long tasks) {
    /** How far the diff has come where that is as much as its client wants to know; null where it goes on. */
    @Nullable
    PartialCoverage enoughFor(EarlyStopLimits limits) {
        String reason = limits.reached(tally, fetched);
        return reason == null || done == tasks ? null : new PartialCoverage(reason, done, tasks);
    }
}
