package io.parallax.engine.compare;

import io.parallax.engine.postgres.Encoding;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Compares two sets of rows, both in the order of their keys, in one pass. */
final class RowMerge {
    private final List<Encoding> key;
    private final int valueColumns;
    private final Counts counts;

    RowMerge(List<Encoding> key, int valueColumns, Counts counts) {
        this.key = key;
        this.valueColumns = valueColumns;
        this.counts = counts;
    }

    /** Counts all keys of both sides; reads each to its end. */
    void merge(KeyGroups a, KeyGroups b) {
        KeyGroups.@Nullable Group groupA = a.next();
        KeyGroups.@Nullable Group groupB = b.next();
        while (groupA != null || groupB != null) {
            int order = order(groupA, groupB);
            if (groupA != null && groupB != null && order == 0) {
                shared(groupA, groupB);
            } else if (groupA != null && order < 0) {
                exclusive(Which.A, groupA);
            } else if (groupB != null) {
                exclusive(Which.B, groupB);
            }
            groupA = order <= 0 ? a.next() : groupA;
            groupB = order >= 0 ? b.next() : groupB;
        }
    }

    private int order(KeyGroups.@Nullable Group a, KeyGroups.@Nullable Group b) {
        if (a == null || b == null) {
            return a == null ? 1 : -1;
        }
        return Row.compareKeys(a.first(), b.first(), key);
    }

    private void exclusive(Which side, KeyGroups.Group group) {
        counts.key(side, group.count());
        counts.exclusive(side);
    }

    private void shared(KeyGroups.Group a, KeyGroups.Group b) {
        counts.key(Which.A, a.count());
        counts.key(Which.B, b.count());
        if (a.count() == 1 && b.count() == 1) {
            if (a.first().sameValues(b.first())) {
                counts.compared();
            } else {
                counts.compared(a.first().differences(b.first(), valueColumns));
            }
        }
    }
}
