package io.parallax.engine.compare.rows;

import io.parallax.contract.DiffFailedException;
import io.parallax.contract.ErrorType;
import io.parallax.engine.row.Row;
import io.parallax.engine.type.WireForm;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads ordered rows key by key; of a key's rows only the first few are kept, or all where they are compared. */
public final class KeyGroups {
    private static final int SHOWN_ROWS = SampleRows.MOST - 1;
    private static final int SHOWN_BYTES = 1 << 20;
    private static final int COMPARED_ROWS = 10_000;
    private static final int COMPARED_BYTES = 1 << 24;

    private final Supplier<@Nullable Row> rows;
    private final List<WireForm> key;
    private final boolean whole;
    private @Nullable Row ahead;
    private long rowsRead;

    KeyGroups(Supplier<@Nullable Row> rows, List<WireForm> key) {
        this(rows, key, false);
    }

    /** {@code whole}: whether all rows of a key are kept. */
    KeyGroups(Supplier<@Nullable Row> rows, List<WireForm> key, boolean whole) {
        this.rows = rows;
        this.key = key;
        this.whole = whole;
        this.ahead = rows.get();
    }

    /**
     * One key's rows.
     *
     * @param more some of the rows after the first
     * @param count how many rows there are
     */
    public record Group(Row first, List<Row> more, long count) {}

    /** The next key's rows; null after the last. */
    @Nullable
    Group next() {
        Row first = ahead;
        if (first == null) {
            return null;
        }
        Row next = rows.get();
        ahead = next;
        Group group = isSameKey(first, next) ? repeated(first) : new Group(first, List.of(), 1);
        rowsRead += group.count();
        return group;
    }

    private boolean isSameKey(Row first, @Nullable Row next) {
        int order = next == null ? -1 : Row.compareKeys(first, next, key);
        if (order > 0) {
            throw new IllegalStateException("the database sent keys out of order");
        }
        return order == 0;
    }

    private Group repeated(Row first) {
        List<Row> more = new ArrayList<>();
        long count = 1;
        long bytes = first.size();
        Row row = ahead;
        while (row != null && isSameKey(first, row)) {
            count++;
            bytes += row.size();
            if (whole) {
                requireFew(count, bytes);
            }
            if (whole || (more.size() < SHOWN_ROWS && bytes < SHOWN_BYTES)) {
                more.add(row);
            }
            row = rows.get();
        }
        ahead = row;
        return new Group(first, more, count);
    }

    private static void requireFew(long count, long bytes) {
        if (count > COMPARED_ROWS || bytes > COMPARED_BYTES) {
            throw new DiffFailedException(
                    ErrorType.UNSUPPORTED,
                    "A key occurs more than " + COMPARED_ROWS + " times, or in rows of more than "
                            + (COMPARED_BYTES >> 20)
                            + " MB together, which compare_duplicates does not take; add columns to pk_columns.");
        }
    }

    /** Rows of all groups so far. */
    long rowsRead() {
        return rowsRead;
    }
}
