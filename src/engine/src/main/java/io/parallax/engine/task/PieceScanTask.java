package io.parallax.engine.task;

import org.jspecify.annotations.Nullable;

/**
 * Fingerprints of a physical part of one side; leaves a residue.
 *
 * @param pages null for all of the side
 * @param first true in the first stage, which counts the rows, those with a NULL in their key too
 */
public record PieceScanTask(Side side, @Nullable Pages pages, HashBuckets sieve, boolean first) implements TaskBody {}
