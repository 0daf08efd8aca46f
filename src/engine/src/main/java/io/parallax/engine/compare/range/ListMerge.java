package io.parallax.engine.compare.range;

import io.parallax.engine.compare.rows.KeyChoice;
import io.parallax.engine.compare.tally.TallyBuilder;
import io.parallax.engine.task.Side;
import io.parallax.engine.type.WireForm;
import java.util.stream.LongStream;

/** Compares listed rows: counts the keys whose rows are the same on both sides, and collects the others. */
final class ListMerge {
    private final TallyBuilder same;
    private final LongStream.Builder differing = LongStream.builder();
    private final KeyChoice repeated;
    private long keys;
    private long differingKeys;

    /**
     * Nothing compared yet.
     *
     * @param columns how many are compared
     * @param key in which encoding rows send their key
     */
    ListMerge(int columns, WireForm key) {
        this.same = new TallyBuilder(columns);
        this.repeated = new KeyChoice(key);
    }

    void merge(ListedRows a, ListedRows b) {
        int placeA = 0;
        int placeB = 0;
        while (placeA < a.count() || placeB < b.count()) {
            int order = order(a, placeA, b, placeB);
            int endA = order <= 0 ? a.endOfKey(placeA) : placeA;
            int endB = order >= 0 ? b.endOfKey(placeB) : placeB;
            keys++;
            if (order == 0 && a.sameRows(placeA, endA, b, placeB, endB)) {
                same(a.key(placeA), endA - placeA);
            } else {
                differing.add(order <= 0 ? a.key(placeA) : b.key(placeB));
                differingKeys++;
            }
            placeA = endA;
            placeB = endB;
        }
    }

    private static int order(ListedRows a, int placeA, ListedRows b, int placeB) {
        if (placeA == a.count() || placeB == b.count()) {
            return placeA == a.count() ? 1 : -1;
        }
        return Long.compare(a.key(placeA), b.key(placeB));
    }

    private void same(long key, int rows) {
        same.key(Side.A, rows);
        same.key(Side.B, rows);
        if (rows == 1) {
            same.compared();
        } else {
            repeated.offer(key);
        }
    }

    /** The counts of the keys that are the same on both sides. */
    TallyBuilder same() {
        return same;
    }

    /** The keys whose rows are still to be seen, each once. */
    long[] differing() {
        return differing.build().toArray();
    }

    /** Some keys whose rows are the same on both sides, several on each. */
    long[] repeated() {
        return repeated.keys();
    }

    long keys() {
        return keys;
    }

    long differingKeys() {
        return differingKeys;
    }
}
