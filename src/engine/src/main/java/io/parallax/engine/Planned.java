package io.parallax.engine;

import io.parallax.contract.message.Plan;
import io.parallax.contract.tally.Effort;
import org.jspecify.annotations.Nullable;

/**
 * A plan and what it cost to make.
 *
 * @param hold what has to be kept until the diff is over, and closed then; null for nothing
 */
public record Planned(Plan plan, Effort effort, @Nullable Hold hold) {}
