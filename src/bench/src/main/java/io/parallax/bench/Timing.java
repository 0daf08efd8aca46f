package io.parallax.bench;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** What one piece of work took, time after time, in seconds. */
final class Timing {
    private final String name;
    private final Work work;
    private final List<Double> seconds = new ArrayList<>();

    Timing(String name, Work work) {
        this.name = name;
        this.work = work;
    }

    /** The work; fails when its result is not the expected one. */
    interface Work {
        void run() throws IOException, InterruptedException, SQLException;
    }

    void warmUp() throws IOException, InterruptedException, SQLException {
        work.run();
    }

    void measure() throws IOException, InterruptedException, SQLException {
        long start = System.nanoTime();
        work.run();
        seconds.add((System.nanoTime() - start) / 1e9);
    }

    String name() {
        return name;
    }

    /** The middle one, or the mean of the two in the middle. */
    double median() {
        List<Double> sorted = seconds.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    double min() {
        return seconds.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
    }

    double max() {
        return seconds.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    }
}
