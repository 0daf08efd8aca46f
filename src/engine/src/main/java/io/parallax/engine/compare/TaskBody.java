package io.parallax.engine.compare;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one task covers: a segment, or a slice of the key's hash, or everything.
 *
 * @param from the first key of the segment, its range columns as texts; null for no lower bound
 * @param to the first key after the segment; null for no upper bound
 * @param nulls true in the one task that counts the rows with a NULL in their key
 */
public record TaskBody(
        @Nullable List<String> from, @Nullable List<String> to, @Nullable Slice slice, Buckets buckets, boolean nulls) {
    public TaskBody {
        from = from == null ? null : List.copyOf(from);
        to = to == null ? null : List.copyOf(to);
    }

    /** One of several equal parts of the keys, by hash. */
    public record Slice(int index, int count) {
        public Slice {
            if (index < 0 || index >= count) {
                throw new IllegalArgumentException("no slice: " + index + " of " + count);
            }
        }
    }
}
