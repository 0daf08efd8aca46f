package io.parallax.engine.compare.range;

import io.parallax.contract.Hints;
import io.parallax.engine.task.PlanContext;
import io.parallax.engine.task.Segment;
import io.parallax.engine.task.Sizing;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What earlier tasks of a plan have shown to this process: how many rows differ, and so what is the
 * cheapest way to find them. It saves time and is part of no figure.
 */
public final class DiffRateHistory {
    private static final int PLANS = 1000;

    /** With a larger share of differing keys, rows are fetched range by range rather than key by key. */
    private static final double MANY = 0.08;

    /** Milliseconds that a million rows on one side take, as measured with five columns; only their ratios matter. */
    private static final double FINGERPRINTS = 185;

    private static final double LISTS = 240;
    private static final double JOIN = 230;
    private static final double STREAM = 600;
    private static final double SINGLE_ROWS = 5000;
    private static final long ROOM = 100;

    private final Map<PlanContext, Double> differingShares = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<PlanContext, Double> eldest) {
            return size() > PLANS;
        }
    };
    private final long bucketRows;
    private final long fewRows;
    private final Sizing.Search search;

    /** Nothing seen yet. */
    public DiffRateHistory(Sizing sizing) {
        this.bucketRows = sizing.bucketRows();
        this.fewRows = sizing.smallRows();
        this.search = sizing.search();
    }

    /**
     * Whether a segment's rows are read at once, whatever differs.
     *
     * @param lists whether its keys can be listed first
     * @param joins whether the database can compare it itself
     */
    public boolean streams(PlanContext context, Segment segment, boolean lists, boolean joins) {
        Sizing.Search search = search(context);
        if (search != Sizing.Search.MEASURED) {
            return search == Sizing.Search.ROWS;
        }
        if (segment.rows() <= fewRows) {
            return true;
        }
        double look = joins ? JOIN : lists ? lists(context) : STREAM;
        return STREAM < Math.min(look, FINGERPRINTS + dirtyShare(context) * look);
    }

    /** Whether every key is looked at at once, without fingerprints. */
    boolean looksAtOnce(PlanContext context, boolean joins) {
        Sizing.Search search = search(context);
        if (search != Sizing.Search.MEASURED) {
            return search == Sizing.Search.KEYS;
        }
        double look = joins ? JOIN : lists(context);
        return look < FINGERPRINTS + dirtyShare(context) * look;
    }

    private Sizing.Search search(PlanContext context) {
        Hints.Search asked = context.search();
        return asked == null ? search : Sizing.Search.valueOf(asked.name());
    }

    private double lists(PlanContext context) {
        return LISTS + differingShare(context) * SINGLE_ROWS;
    }

    private double dirtyShare(PlanContext context) {
        return 1 - Math.pow(1 - differingShare(context), bucketRows);
    }

    /** Whether rows are better fetched range by range than key by key, with this share of keys that differ. */
    boolean areMany(PlanContext context, double differingShare) {
        return search(context) != Sizing.Search.KEYS && differingShare > MANY;
    }

    /** Whether so many rows, of both sides together, are better fetched than listed first. */
    boolean areFew(long rows) {
        return rows <= fewRows;
    }

    /** The most rows of one range to be listed; a range that was to have a bucket's rows may have any number. */
    long mostListed() {
        return ROOM * bucketRows;
    }

    private synchronized double differingShare(PlanContext context) {
        return differingShares.getOrDefault(context, 0.0);
    }

    /** What buckets of about that many rows have shown; {@code dirtyShare} of all rows was in dirty ones. */
    public void fingerprinted(PlanContext context, double dirtyShare, double rowsPerBucket) {
        double clean = Math.max(1 - dirtyShare, 1e-9);
        learn(context, 1 - Math.pow(clean, 1 / Math.max(1, rowsPerBucket)));
    }

    /** What looking at every key has shown. */
    public synchronized void learn(PlanContext context, double differingShare) {
        differingShares.put(context, differingShare);
    }
}
