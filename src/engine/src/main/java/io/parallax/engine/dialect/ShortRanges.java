package io.parallax.engine.dialect;

import java.util.stream.LongStream;

/**
 * Queries of many short ranges of an integer key, each reached by itself, for a database whose indexes do that for next to
 * nothing. A fast path: whoever has none is asked for segments instead.
 */
public interface ShortRanges {
    /** What {@link #differences} tells of a key that A alone has. */
    long ONLY_A = -1;

    /** The same of one that B alone has. */
    long ONLY_B = -2;

    /** Ranges of keys, in order. */
    interface Ranges {
        LongStream firsts();

        LongStream lasts();
    }

    /** Per range that has rows: its place, rows, checksum, distinct keys, rows whose key occurs more than once. */
    String fingerprints(SideQuery side, Ranges ranges, boolean uniqueKeys);

    /**
     * Per range that has rows: its place, its rows' keys, their hashes, each as 64-bit numbers in one string of bytes.
     *
     * @param most so many rows of a range, and one more where there are more
     */
    String lists(SideQuery side, Ranges ranges, long most);

    /** The keys that occur more than once in the ranges, as 64-bit numbers. */
    String repeatedKeys(SideQuery side, Ranges ranges);

    /** The key and the values as they are sent, in the order of the key's bytes. */
    String rows(SideQuery side, Ranges ranges);

    /** The rows of some keys, as they are sent. */
    String rows(SideQuery side, long[] keys);

    /**
     * Of both sides in one database, per range: its place, the keys that are not the same on both sides, what differs of
     * each, both as 64-bit numbers in one string of bytes; rows of A and of B. What differs is a bit for each column.
     */
    String differences(SideQuery a, SideQuery b, Ranges ranges);
}
