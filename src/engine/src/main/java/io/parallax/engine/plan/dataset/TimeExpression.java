package io.parallax.engine.plan.dataset;

import io.parallax.contract.DiffFailedException;
import io.parallax.contract.TimeBuckets;
import io.parallax.engine.dialect.Dialects;
import io.parallax.engine.type.DescribedDataset;

/** Tells which bucket of time a row belongs to. */
public final class TimeExpression {
    private TimeExpression() {}

    /**
     * When the bucket of a row starts, in seconds since 1970; NULL for a row without a finite time, and for one whose bucket
     * starts beyond what timestamps hold.
     *
     * @param name the column on this side
     * @throws DiffFailedException when it is missing or holds no times
     */
    public static String of(DescribedDataset dataset, String name, TimeBuckets.Unit unit, String side) {
        return Dialects.of(dataset).times().bucketStart(TimeColumn.of(dataset, name, side), unit);
    }
}
