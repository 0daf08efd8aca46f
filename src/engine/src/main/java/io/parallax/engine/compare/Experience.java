package io.parallax.engine.compare;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What earlier tasks of a plan have shown to this process: how many rows differ, and so how fine fingerprints should be,
 * or that they are in vain. It saves time and is part of no figure.
 */
public final class Experience {
    private static final int PLANS = 1000;

    /** Milliseconds of a million rows on one side, as measured with five columns; only their ratios matter. */
    private static final double FINGERPRINT = 180;

    private static final double BUCKET = 3.0 / 1000;
    private static final double STREAM = 600;

    /** How many parts a bucket is cut into where short ranges are cheap. */
    private static final List<Integer> PARTS = List.of(1, 3, 10, 20, 50);

    private final Map<Basis, Double> differingShares = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Basis, Double> eldest) {
            return size() > PLANS;
        }
    };
    private final long bucketRows;
    private final long fewRows;

    /**
     * Nothing seen yet.
     *
     * @param bucketRows rows of one side in a bucket
     * @param fewRows with no more rows than this, on both sides together, one question is quicker than two
     */
    public Experience(long bucketRows, long fewRows) {
        this.bucketRows = bucketRows;
        this.fewRows = fewRows;
    }

    /** Whether a segment's rows are read at once, without fingerprints. */
    boolean streams(Basis basis, Segment segment, boolean seeks) {
        return segment.rows() <= fewRows || cost(basis, seeks ? parts(basis) : 1) > STREAM;
    }

    /** How many parts of each bucket are the cheapest to look for differing rows. */
    int parts(Basis basis) {
        return PARTS.stream()
                .filter(parts -> parts <= bucketRows)
                .min(Comparator.comparingDouble(parts -> cost(basis, parts)))
                .orElse(1);
    }

    /** How many parts of a bucket of about that many rows are worth another look, if most rows are in dirty ones. */
    int worthwhileParts(double rowsPerBucket) {
        int most = PARTS.get(PARTS.size() - 1);
        return (int) Math.min(rowsPerBucket, rowsPerBucket * most / bucketRows);
    }

    private double cost(Basis basis, int parts) {
        double rows = (double) bucketRows / parts;
        double dirty = 1 - Math.pow(1 - differingShare(basis), rows);
        return FINGERPRINT + BUCKET * 1_000_000 / rows + dirty * STREAM;
    }

    private synchronized double differingShare(Basis basis) {
        return differingShares.getOrDefault(basis, 0.0);
    }

    /** What buckets of about that many rows have shown; {@code dirtyShare} of all rows was in dirty ones. */
    void fingerprinted(Basis basis, double dirtyShare, double rowsPerBucket) {
        double clean = Math.max(1 - dirtyShare, 1e-9);
        learn(basis, 1 - Math.pow(clean, 1 / Math.max(1, rowsPerBucket)));
    }

    void streamed(Basis basis, Counts counts) {
        learn(basis, counts.differingShare());
    }

    private synchronized void learn(Basis basis, double differingShare) {
        differingShares.put(basis, differingShare);
    }
}
