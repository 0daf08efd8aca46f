package io.parallax.engine.task;

/** The keys of one side that occur more than once, per bucket; leaves a residue. */
public record DuplicateKeysTask(Side side, HashBuckets sieve) implements TaskBody {}
