package io.parallax.endtoend.requests;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parallax.oracle.Figures;
import io.parallax.oracle.draw.Dice;
import org.jspecify.annotations.Nullable;

/**
 * How a request has values sampled; null for what it does not say.
 *
 * @param threshold rows of the larger side
 */
record Sample(
        @Nullable Double ratio,
        @Nullable Long mostRows,
        @Nullable Double tolerance,
        @Nullable Double confidence,
        @Nullable Long threshold) {
    private static final long DEFAULT_THRESHOLD = 300_000;
    private static final double DEFAULT_CONFIDENCE = 95;

    static Sample draw(Dice dice) {
        Double tolerance = dice.chance(0.3) ? dice.<Double>pick(0.01, 0.1, 0.5, 0.9) : null;
        Double ratio = tolerance == null && dice.chance(0.6) ? dice.<Double>pick(0.1, 0.5, 0.9, 0.999) : null;
        Long most =
                tolerance == null && ratio == null || dice.chance(0.2) ? dice.<Long>pick(1L, 20L, 200L, 5000L) : null;
        Double confidence = tolerance != null || dice.chance(0.3) ? dice.<Double>pick(50.0, 90.0, 99.9) : null;
        Long threshold = dice.chance(0.7) ? Long.valueOf(0) : dice.chance(0.5) ? Long.valueOf(10_000_000) : null;
        return new Sample(ratio, most, tolerance, confidence, threshold);
    }

    void into(ObjectNode body) {
        if (ratio != null) {
            body.put("sampling_ratio", ratio);
        }
        if (mostRows != null) {
            body.put("sampling_max_rows", mostRows);
        }
        if (tolerance != null) {
            body.put("sampling_tolerance", tolerance);
        }
        if (confidence != null) {
            body.put("sampling_confidence", confidence);
        }
        if (threshold != null) {
            body.put("sampling_threshold", threshold);
        }
    }

    double confidenceOfEstimates() {
        return confidence == null ? DEFAULT_CONFIDENCE : confidence;
    }

    /** The share of keys whose values are compared; 1 for all. */
    double share(Figures all) {
        long rows = Math.max(all.totalRows().a(), all.totalRows().b());
        double bad = sum(all.nulls()) + sum(all.dupes()) + sum(all.exclusives());
        long keys = Math.max(all.distincts().a(), all.distincts().b());
        boolean off = rows < (threshold == null ? DEFAULT_THRESHOLD : threshold)
                || keys == 0
                || tolerance != null && bad > tolerance * sum(all.totalRows());
        if (off) {
            return 1;
        }
        double wanted = ratio == null ? keys : ratio * keys;
        if (tolerance != null) {
            wanted = Math.min(wanted, Math.ceil(-Math.log(1 - confidenceOfEstimates() / 100) / tolerance));
        }
        if (mostRows != null) {
            wanted = Math.min(wanted, mostRows);
        }
        return Math.min(1, wanted / keys);
    }

    private static double sum(Figures.Pair pair) {
        return pair.a() + pair.b();
    }
}
