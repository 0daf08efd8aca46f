package io.parallax.engine.task;

import io.parallax.contract.message.Plan;
import io.parallax.contract.tally.Effort;
import org.jspecify.annotations.Nullable;

/**
 * A plan and what it cost to make.
 *
 * @param hold what has to be kept until the diff is over, for a plan that {@link Plan#holds}; its taker closes it; null
 *     for nothing
 */
public record Planned(Plan plan, Effort effort, @Nullable HeldSnapshot hold) {
    public Planned {
        if (Boolean.TRUE.equals(plan.holds()) != (hold != null)) {
            throw new IllegalArgumentException("a plan says whether it holds something");
        }
    }

    /** Holding nothing. */
    public Planned(Plan plan, Effort effort) {
        this(plan, effort, null);
    }
}
