package io.parallax.outcome.answer;

import io.parallax.contract.tally.Reads;
import io.parallax.outcome.Outcome;
import io.parallax.outcome.Recheck;
import org.jspecify.annotations.Nullable;

/**
 * All that the summary of a diff that is done is made of.
 *
 * @param reads how the sides were read; null where nobody took it down
 * @param recheck what became of the differing keys; null where they were not read again
 * @param timeline null where nobody asked for it
 * @param materialized the tables of rows that differ; null where nobody asked for them
 */
public record FinishedDiff(
        Outcome outcome,
        Sources sources,
        @Nullable Reads reads,
        @Nullable Recheck recheck,
        @Nullable TimelineObject timeline,
        @Nullable MaterializedResults materialized) {
    /**
     * Where its datasets are.
     *
     * @param a the data source of A
     * @param b the data source of B
     * @param application the word for what keeps them, and what is made of them
     */
    public record Sources(long a, long b, String application) {}
}
