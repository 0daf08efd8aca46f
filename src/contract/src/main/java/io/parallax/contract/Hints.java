package io.parallax.contract;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * How a client would compare; no figure depends on it.
 *
 * @param bucketRows rows of one side that one bucket aims at, at least 1
 * @param buckets buckets that one segment aims at, at least 1
 * @param search what tasks begin with
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Hints(@Nullable Long bucketRows, @Nullable Integer buckets, @Nullable Search search) {
    /** What the tasks of key ranges begin with. */
    public enum Search {
        /** Fingerprints of buckets. */
        FINGERPRINTS,
        /** Every key with its row's hash, or a join, where that can be. */
        KEYS,
        /** The rows. */
        ROWS
    }
}
