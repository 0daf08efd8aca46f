package io.parallax.engine.dialect;

import io.parallax.contract.TimeBuckets;
import io.parallax.engine.type.Column;

/** How a dialect tells the times of rows. */
public interface Times {
    /** A moment that a client has written, to be compared with a column; in UTC where it does not say, whatever the session's time zone. */
    String moment(String time, Column column);

    /**
     * When the bucket of a row starts, in seconds since 1970; NULL for a row without a finite time, and for one whose bucket
     * starts beyond what timestamps hold.
     *
     * @param column of dates or timestamps
     */
    String bucketStart(Column column, TimeBuckets.Unit unit);
}
