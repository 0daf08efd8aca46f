package io.parallax.outcome;

import java.util.Map;

/**
 * What became of a diff's differing keys when they were read again.
 *
 * @param keysRechecked how many were
 * @param keysRemaining how many of them still differed
 * @param byKind these again, by the kind that their rows had at first; a key with rows of two kinds counts for both
 * @param complete whether every key that had differed was read again
 */
public record Recheck(
        int afterSeconds, long keysRechecked, long keysRemaining, Map<String, Long> byKind, boolean complete) {
    public Recheck {
        byKind = Map.copyOf(byKind);
    }
}
