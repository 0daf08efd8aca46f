package io.parallax.engine.task;

/** Rows of both sides in some buckets, compared to the end; the rows themselves have been counted by a stage before. */
public record DirtyBucketsTask(HashBuckets.BucketSet buckets) implements TaskBody {}
