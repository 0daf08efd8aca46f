package io.parallax.contract.tally;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * What a result cost, and when it read what; for progress, metrics and tests, never for figures.
 *
 * @param buckets buckets whose fingerprints were compared
 * @param dirtyBuckets buckets whose rows were fetched
 * @param rowsFetched rows that left a database
 * @param milliseconds wall time on the worker
 * @param reads how the rows behind the figures were read; null when none were
 */
public record Effort(
        long buckets,
        long dirtyBuckets,
        long rowsFetched,
        long milliseconds,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Reads reads) {
    public static final Effort NONE = new Effort(0, 0, 0, 0);

    /** Having read nothing. */
    public Effort(long buckets, long dirtyBuckets, long rowsFetched, long milliseconds) {
        this(buckets, dirtyBuckets, rowsFetched, milliseconds, null);
    }

    /** The same, having read this. */
    public Effort reading(Reads all) {
        return new Effort(buckets, dirtyBuckets, rowsFetched, milliseconds, all);
    }

    public Effort plus(Effort other) {
        return new Effort(
                buckets + other.buckets,
                dirtyBuckets + other.dirtyBuckets,
                rowsFetched + other.rowsFetched,
                milliseconds + other.milliseconds,
                Reads.sum(reads, other.reads));
    }
}
