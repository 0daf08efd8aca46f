package io.parallax.engine.compare;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads ordered rows key by key; of a key's rows only the first is kept. */
final class KeyGroups {
    private final Supplier<@Nullable String @Nullable []> rows;
    private final int keyColumns;
    private @Nullable String @Nullable [] ahead;
    private long rowsRead;

    KeyGroups(Supplier<@Nullable String @Nullable []> rows, int keyColumns) {
        this.rows = rows;
        this.keyColumns = keyColumns;
        this.ahead = rows.get();
    }

    /** One key's first row and how many rows it has. */
    record Group(@Nullable String[] row, long rows) {}

    /** The next key's rows; null after the last. */
    @Nullable
    Group next() {
        @Nullable String @Nullable [] first = ahead;
        if (first == null) {
            return null;
        }
        long count = 0;
        int order;
        do {
            count++;
            @Nullable String @Nullable [] next = rows.get();
            ahead = next;
            order = next == null ? -1 : KeyOrder.compare(first, next, keyColumns);
        } while (order == 0);
        if (order > 0) {
            throw new IllegalStateException("the database sent keys out of order");
        }
        rowsRead += count;
        return new Group(first, count);
    }

    /** Rows of all groups so far. */
    long rowsRead() {
        return rowsRead;
    }
}
