package io.parallax.outcome.next;

import org.jspecify.annotations.Nullable;

/**
 * What is left of a plan.
 *
 * @param tasks how many of its tasks have no result
 * @param unsettledStage when none is left, the stage whose residue nobody has looked into; null for none
 */
public record Undone(long tasks, @Nullable Integer unsettledStage) {
    /** Whether every task has its result. */
    boolean isDone() {
        return tasks == 0;
    }
}
