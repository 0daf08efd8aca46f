package io.parallax.engine.compare.side;

import io.parallax.engine.session.Session;
import io.parallax.engine.task.Throughput;
import java.util.concurrent.TimeUnit;

/** Measures how fast fingerprints are. */
public final class ThroughputSample {
    private static final int ROWS = 5000;

    private ThroughputSample() {}

    /** {@code sample}: what stands after the table's name to draw a small part of it. How far away the server is does not count. */
    public static Throughput measure(Session session, SideSql sql, String sample) {
        long started = System.nanoTime();
        long rows = session.one(
                "select count(*), sum(h) from (select " + sql.rowHash() + " as h " + sql.sampled(sample) + " limit "
                        + ROWS + ") r",
                row -> row.getLong(1));
        long taken = Math.max(0, System.nanoTime() - started - session.trip().toNanos());
        double seconds = taken / (double) TimeUnit.SECONDS.toNanos(1);
        return rows == 0 ? Throughput.UNKNOWN : new Throughput(seconds / rows);
    }
}
