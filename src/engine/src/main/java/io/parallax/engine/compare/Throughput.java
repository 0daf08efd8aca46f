package io.parallax.engine.compare;

import io.parallax.engine.source.Session;
import java.util.concurrent.TimeUnit;

/**
 * How fast fingerprints are, measured on some rows.
 *
 * @param secondsPerRow of one side; 0 when it is not known
 */
public record Throughput(double secondsPerRow) {
    public static final Throughput UNKNOWN = new Throughput(0);

    private static final int ROWS = 5000;

    /** {@code sample}: what stands after the table's name to draw a small part of it. */
    static Throughput measure(Session session, SideSql sql, String sample) {
        long started = System.nanoTime();
        long rows = session.one(
                "select count(*), sum(h) from (select " + sql.rowHash() + " as h " + sql.sampled(sample) + " limit "
                        + ROWS + ") r",
                row -> row.getLong(1));
        double seconds = (System.nanoTime() - started) / (double) TimeUnit.SECONDS.toNanos(1);
        return rows == 0 ? UNKNOWN : new Throughput(seconds / rows);
    }

    /** Of both sides together, if they have as many rows. */
    static Throughput mean(Throughput a, Throughput b) {
        return new Throughput((a.secondsPerRow + b.secondsPerRow) / 2);
    }
}
