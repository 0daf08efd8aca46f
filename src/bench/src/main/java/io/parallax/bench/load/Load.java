package io.parallax.bench.load;

import io.parallax.bench.measure.Samples;

/**
 * How calls of one kind are answered.
 *
 * @param name theirs
 * @param rate answers a second when the next call waits for the last one's answer only
 * @param floor the same of the bare call; its own of the bare call itself
 * @param cost of one answer
 * @param latencies in seconds, at half of that rate
 */
public record Load(String name, double rate, double floor, Cost cost, Samples latencies) {
    private static final double LEAST_SHARE = 0.7;
    private static final double LONGEST_SECONDS = 0.050;

    /** The rate in that of the bare call. */
    double share() {
        return rate / floor;
    }

    boolean isFast() {
        return share() >= LEAST_SHARE;
    }

    boolean isPrompt() {
        return latencies.percentile(99) < LONGEST_SECONDS;
    }
}
