package io.parallax.engine.compare.range;

import io.parallax.engine.row.BigEndian;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** The keys and hashes of some rows, in the order of the keys. */
final class ListedRows {
    static final ListedRows NONE = new ListedRows(new long[0], new long[0]);

    private final long[] keys;
    private final long[] hashes;

    private ListedRows(long[] keys, long[] hashes) {
        this.keys = keys;
        this.hashes = hashes;
    }

    /** From two fields of a sent row, each its length in bytes and then 64-bit numbers, in any but the same order. */
    static ListedRows read(byte[] bytes, int keysAt, int hashesAt) {
        int count = BigEndian.int32(bytes, keysAt) / Long.BYTES;
        long[] keys = new long[count];
        long[] hashes = new long[count];
        boolean ordered = true;
        for (int i = 0; i < count; i++) {
            keys[i] = BigEndian.int64(bytes, keysAt + Integer.BYTES + i * Long.BYTES);
            hashes[i] = BigEndian.int64(bytes, hashesAt + Integer.BYTES + i * Long.BYTES);
            ordered &= i == 0 || keys[i - 1] < keys[i];
        }
        return ordered ? new ListedRows(keys, hashes) : ordered(keys, hashes);
    }

    /** Rows of one key come in the order of their hashes. */
    private static ListedRows ordered(long[] keys, long[] hashes) {
        int[] order = IntStream.range(0, keys.length)
                .boxed()
                .sorted(Comparator.comparingLong((Integer i) -> keys[i]).thenComparingLong(i -> hashes[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        return new ListedRows(
                Arrays.stream(order).mapToLong(i -> keys[i]).toArray(),
                Arrays.stream(order).mapToLong(i -> hashes[i]).toArray());
    }

    int count() {
        return keys.length;
    }

    long key(int place) {
        return keys[place];
    }

    /** The place after the last row of the key at that place. */
    int endOfKey(int place) {
        int end = place + 1;
        while (end < keys.length && keys[end] == keys[place]) {
            end++;
        }
        return end;
    }

    /** Whether the rows at some places are the same as the other's. */
    boolean sameRows(int from, int to, ListedRows other, int otherFrom, int otherTo) {
        return Arrays.equals(hashes, from, to, other.hashes, otherFrom, otherTo);
    }
}
