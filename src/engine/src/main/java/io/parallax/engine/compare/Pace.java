package io.parallax.engine.compare;

import io.parallax.engine.source.Session;
import java.util.concurrent.TimeUnit;

/**
 * How fast fingerprints are, measured on some rows.
 *
 * @param secondsPerRow of one side; 0 when it is not known
 */
public record Pace(double secondsPerRow) {
    public static final Pace UNKNOWN = new Pace(0);

    private static final int ROWS = 5000;

    /** {@code sample}: what stands after the table's name to draw a small part of it. */
    static Pace measure(Session session, SideSql sql, String sample) {
        long started = System.nanoTime();
        long rows = session.one(
                "select count(*), sum(h) from (select " + sql.rowHash() + " as h " + sql.sampled(sample) + " limit "
                        + ROWS + ") r",
                row -> row.getLong(1));
        double seconds = (System.nanoTime() - started) / (double) TimeUnit.SECONDS.toNanos(1);
        return rows == 0 ? UNKNOWN : new Pace(seconds / rows);
    }

    /** Of both sides together, if they have as many rows. */
    static Pace mean(Pace a, Pace b) {
        return new Pace((a.secondsPerRow + b.secondsPerRow) / 2);
    }
}
