package io.parallax.bench.flow;

/**
 * CPU time of one diff, in milliseconds.
 *
 * @param busy the share of the machine's CPU that was in use, by whomever
 */
record FlowCost(double service, double worker, double store, double source, double kafka, double busy) {}
