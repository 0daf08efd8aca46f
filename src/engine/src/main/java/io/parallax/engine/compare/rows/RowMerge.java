package io.parallax.engine.compare.rows;

import io.parallax.engine.row.Row;
import io.parallax.engine.task.Side;
import io.parallax.engine.type.WireForm;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Compares two sets of rows, both in the order of their keys, in one pass. */
final class RowMerge {
    private final List<WireForm> key;
    private final KeyVisitor visitor;

    RowMerge(List<WireForm> key, KeyVisitor visitor) {
        this.key = key;
        this.visitor = visitor;
    }

    /** Looks at all keys of both sides; reads each to its end. */
    void merge(KeyGroups a, KeyGroups b) {
        KeyGroups.@Nullable Group groupA = a.next();
        KeyGroups.@Nullable Group groupB = b.next();
        while (groupA != null || groupB != null) {
            int order = order(groupA, groupB);
            if (groupA != null && groupB != null && order == 0) {
                visitor.shared(groupA, groupB);
            } else if (groupA != null && order < 0) {
                visitor.exclusive(Side.A, groupA);
            } else if (groupB != null) {
                visitor.exclusive(Side.B, groupB);
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
}
