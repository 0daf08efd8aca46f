package io.parallax.contract.message;

/**
 * The keys whose values are compared.
 *
 * @param ratio their share of all keys, between 0 and 1
 * @param confidence percent of confidence in estimates
 * @param population keys that could be compared: on both sides, unique on both
 */
public record Sample(double ratio, double confidence, long population) {}
