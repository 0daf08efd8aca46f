package io.parallax.engine.task;

import io.parallax.engine.dialect.Expressions;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A disjoint part of the key space, compared on both sides to the end: a range, or a slice of the key's hash, or
 * everything.
 *
 * @param from the first key of the segment, its range columns as texts; null for no lower bound
 * @param to the first key after the segment; null for no upper bound
 * @param nulls true in the one task that counts the rows with a NULL in their key
 * @param rows about how many rows of both sides it has
 */
public record Segment(
        @Nullable List<String> from,
        @Nullable List<String> to,
        @Nullable Slice slice,
        Buckets buckets,
        boolean nulls,
        long rows)
        implements TaskBody {
    public Segment {
        from = from == null ? null : List.copyOf(from);
        to = to == null ? null : List.copyOf(to);
    }

    /** The condition that keeps to its range; true where there is none. */
    public String bounds(List<RangeColumn> range, Expressions expressions) {
        String lower = from == null ? "" : bound(range, ">=", from, expressions);
        String upper = to == null ? "" : bound(range, "<", to, expressions);
        return lower.isEmpty() && upper.isEmpty()
                ? "true"
                : lower + (lower.isEmpty() || upper.isEmpty() ? "" : " and ") + upper;
    }

    private static String bound(
            List<RangeColumn> range, String comparison, List<String> values, Expressions expressions) {
        String columns = range.stream().map(RangeColumn::column).collect(Collectors.joining(", "));
        String literals = IntStream.range(0, range.size())
                .mapToObj(i -> expressions.literal(values.get(i), range.get(i).type()))
                .collect(Collectors.joining(", "));
        return "(" + columns + ") " + comparison + " (" + literals + ")";
    }

    /** Everything. */
    public static Segment whole(Buckets buckets, long rows) {
        return new Segment(null, null, null, buckets, true, rows);
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
