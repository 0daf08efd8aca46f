package io.parallax.bench.measure;

import java.util.Collection;
import java.util.List;

/** Measured values of one thing, in order of size. */
public record Samples(List<Double> sorted) {
    public Samples {
        if (sorted.isEmpty()) {
            throw new IllegalArgumentException("nothing was measured");
        }
        sorted = sorted.stream().sorted().toList();
    }

    public static Samples of(Collection<Double> values) {
        return new Samples(List.copyOf(values));
    }

    /** The middle one, or the mean of the two in the middle. */
    public double median() {
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    /** The smallest one that this share of them does not exceed. */
    public double percentile(int percent) {
        return sorted.get(Math.max(0, (int) Math.ceil(sorted.size() * percent / 100.0) - 1));
    }

    public double min() {
        return sorted.get(0);
    }

    public double max() {
        return sorted.get(sorted.size() - 1);
    }
}
