package io.parallax.engine;

import io.parallax.contract.tally.Effort;
import io.parallax.contract.tally.Tally;

/** What one task counted and what it cost. */
public record Compared(Tally tally, Effort effort) {}
