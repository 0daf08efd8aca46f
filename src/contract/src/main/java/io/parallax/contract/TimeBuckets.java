package io.parallax.contract;

/**
 * How figures are told apart by time.
 *
 * @param column of dates or timestamps, by its name on side A
 * @param unit how long a bucket is
 */
public record TimeBuckets(String column, Unit unit) {
    /** Lengths of buckets, in UTC; weeks begin on Monday. */
    public enum Unit {
        MINUTE,
        HOUR,
        DAY,
        WEEK,
        MONTH,
        YEAR
    }
}
