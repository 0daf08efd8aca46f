package io.parallax.outcome;

/**
 * How far a diff had come that ended before all was compared.
 *
 * @param reason the field of the request that ended it
 * @param tasksDone tasks whose figures are counted
 * @param tasks all tasks; they have about the same number of rows each
 */
public record PartialCoverage(String reason, long tasksDone, long tasks) {}
