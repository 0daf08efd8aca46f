package io.parallax.engine.task;

/**
 * How fast fingerprints are, measured on some rows.
 *
 * @param secondsPerRow of one side; 0 when it is not known
 */
public record Throughput(double secondsPerRow) {
    public static final Throughput UNKNOWN = new Throughput(0);

    /** Of both sides together, if they have as many rows. */
    public static Throughput mean(Throughput a, Throughput b) {
        return new Throughput((a.secondsPerRow + b.secondsPerRow) / 2);
    }
}
