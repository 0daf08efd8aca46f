package io.parallax.engine.task;

/**
 * Rows of keys that occur more than once, in buckets that are counted already and hold the same rows on both sides; they
 * are read to be shown.
 *
 * @param side the one that is read: for both, or for itself where keys alone were compared
 */
public record RepeatedRows(Side side, HashBuckets.BucketSet buckets) implements TaskBody {}
