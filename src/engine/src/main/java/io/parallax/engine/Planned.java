package io.parallax.engine;

import io.parallax.contract.message.Plan;
import io.parallax.contract.tally.Effort;

/** A plan and what it cost to make. */
public record Planned(Plan plan, Effort effort) {}
