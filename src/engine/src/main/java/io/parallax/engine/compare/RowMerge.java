package io.parallax.engine.compare;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Compares two sets of rows, both in the order of their keys, in one pass. */
final class RowMerge {
    private final int keyColumns;
    private final int valueColumns;
    private final Counts counts;

    RowMerge(int keyColumns, int valueColumns, Counts counts) {
        this.keyColumns = keyColumns;
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
                exclusive(Counts.A, groupA);
            } else if (groupB != null) {
                exclusive(Counts.B, groupB);
            }
            groupA = order <= 0 ? a.next() : groupA;
            groupB = order >= 0 ? b.next() : groupB;
        }
    }

    private int order(KeyGroups.@Nullable Group a, KeyGroups.@Nullable Group b) {
        if (a == null || b == null) {
            return a == null ? 1 : -1;
        }
        return KeyOrder.compare(a.row(), b.row(), keyColumns);
    }

    private void exclusive(int side, KeyGroups.Group group) {
        counts.key(side, group.rows());
        counts.exclusive(side);
    }

    private void shared(KeyGroups.Group a, KeyGroups.Group b) {
        counts.key(Counts.A, a.rows());
        counts.key(Counts.B, b.rows());
        if (a.rows() == 1 && b.rows() == 1) {
            boolean[] differs = new boolean[valueColumns];
            for (int column = 0; column < valueColumns; column++) {
                differs[column] = !Objects.equals(a.row()[keyColumns + column], b.row()[keyColumns + column]);
            }
            counts.compared(differs);
        }
    }
}
