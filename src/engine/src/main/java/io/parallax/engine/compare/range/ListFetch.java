package io.parallax.engine.compare.range;

import io.parallax.engine.row.BigEndian;
import io.parallax.engine.row.Row;
import io.parallax.engine.row.RowStream;
import io.parallax.engine.session.SessionPair;
import io.parallax.engine.type.WireForm;
import org.jspecify.annotations.Nullable;

/** Reads the listed rows of key ranges on both sides at once. */
final class ListFetch {
    private final ListMerge merge;
    private final long most;
    private boolean complete = true;

    /**
     * Nothing read yet.
     *
     * @param columns how many are compared
     * @param key in which encoding rows send their key
     * @param most as many rows of a range are listed, and one more where there are more
     */
    ListFetch(int columns, WireForm key, long most) {
        this.merge = new ListMerge(columns, key);
        this.most = most;
    }

    /** Compares the lists of two queries, each a range's place, keys and hashes, in the order of the places. */
    void compare(SessionPair pair, String listsA, String listsB) {
        SessionPair.Both<RowStream> copies =
                pair.both(session -> session.copy(listsA), session -> session.copy(listsB));
        try (RowStream copyA = copies.a();
                RowStream copyB = copies.b()) {
            Lists a = new Lists(copyA);
            Lists b = new Lists(copyB);
            while (!a.over() || !b.over()) {
                long range = Math.min(a.range, b.range);
                merge.merge(a.take(range), b.take(range));
            }
        }
    }

    /** What they showed; of no use unless {@link #isComplete}. */
    ListMerge merge() {
        return merge;
    }

    /** Whether no list was cut off. */
    boolean isComplete() {
        return complete;
    }

    private final class Lists {
        private static final long OVER = Long.MAX_VALUE;

        private final RowStream copy;
        private long range = -1;
        private ListedRows rows = ListedRows.NONE;

        Lists(RowStream copy) {
            this.copy = copy;
            advance();
        }

        boolean over() {
            return range == OVER;
        }

        ListedRows take(long wanted) {
            if (range != wanted) {
                return ListedRows.NONE;
            }
            ListedRows taken = rows;
            advance();
            return taken;
        }

        private void advance() {
            RowStream.@Nullable Fields fields = copy.next();
            if (fields == null) {
                range = OVER;
                return;
            }
            byte[] bytes = fields.bytes();
            long next = BigEndian.int64(bytes, fields.start() + Integer.BYTES);
            if (next <= range) {
                throw new IllegalStateException("the database sent ranges out of order");
            }
            range = next;
            int keys = Row.next(bytes, fields.start());
            rows = ListedRows.read(bytes, keys, Row.next(bytes, keys));
            complete &= rows.count() <= most;
        }
    }
}
