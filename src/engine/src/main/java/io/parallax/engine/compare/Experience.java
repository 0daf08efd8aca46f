package io.parallax.engine.compare;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What earlier tasks of a plan have shown to this process: whether so many rows differ that fingerprints are in vain. It
 * saves time and is part of no figure.
 */
public final class Experience {
    private static final int PLANS = 1000;

    /** Reading all rows costs about twice their fingerprints; with more dirty rows than this it is worth it. */
    private static final double MOSTLY = 0.5;

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
    boolean streams(Basis basis, Segment segment) {
        return segment.rows() <= fewRows || dirtyShare(basis) > MOSTLY;
    }

    private synchronized double dirtyShare(Basis basis) {
        double differing = differingShares.getOrDefault(basis, 0.0);
        return 1 - Math.pow(1 - differing, bucketRows);
    }

    void fingerprinted(Basis basis, DirtyBuckets buckets) {
        double clean = Math.max(1 - buckets.dirtyShare(), 1e-9);
        learn(basis, 1 - Math.pow(clean, 1.0 / bucketRows));
    }

    void streamed(Basis basis, Counts counts) {
        learn(basis, counts.differingShare());
    }

    private synchronized void learn(Basis basis, double differingShare) {
        differingShares.put(basis, differingShare);
    }
}
