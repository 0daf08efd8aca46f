package io.parallax.bench.measure;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;

/** Measures work by the clocks of the databases and of the worker. */
public record Meter(CpuClock databases, CpuClock worker) {
    /** Something to measure; fails when its result is not the expected one. */
    @FunctionalInterface
    public interface Work {
        void run() throws IOException, InterruptedException, SQLException;
    }

    public Measured measure(Work work) throws IOException, InterruptedException, SQLException {
        Duration databasesBefore = databases.read();
        Duration workerBefore = worker.read();
        long start = System.nanoTime();
        work.run();
        double seconds = (System.nanoTime() - start) / 1e9;
        return new Measured(
                seconds,
                seconds(databases.read().minus(databasesBefore)),
                seconds(worker.read().minus(workerBefore)));
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1e3;
    }
}
