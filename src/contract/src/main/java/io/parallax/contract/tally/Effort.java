package io.parallax.contract.tally;

/**
 * What a result cost; for progress, metrics and tests, never for figures.
 *
 * @param buckets buckets whose fingerprints were compared
 * @param dirtyBuckets buckets whose rows were fetched
 * @param rowsFetched rows that left a database
 * @param milliseconds wall time on the worker
 */
public record Effort(long buckets, long dirtyBuckets, long rowsFetched, long milliseconds) {
    public static final Effort NONE = new Effort(0, 0, 0, 0);

    public Effort plus(Effort other) {
        return new Effort(
                buckets + other.buckets,
                dirtyBuckets + other.dirtyBuckets,
                rowsFetched + other.rowsFetched,
                milliseconds + other.milliseconds);
    }
}
