package io.parallax.oracle;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Every figure of a diff's answer.
 *
 * @param differences differing values by compared column
 * @param timeline what of them belongs to which time; null where nobody asked
 */
public record Figures(
        Pair totalRows,
        Pair nulls,
        Pair dupes,
        Pair distincts,
        Pair exclusives,
        long comparedRows,
        long rowsWithDifferences,
        Map<String, Long> differences,
        Layout layout,
        @Nullable TimedFigures timeline) {
    public Figures {
        if (distincts.a - exclusives.a != distincts.b - exclusives.b) {
            throw new IllegalArgumentException("both sides share the same keys: " + distincts + " " + exclusives);
        }
        long values = differences.values().stream().mapToLong(Long::longValue).sum();
        if (rowsWithDifferences > values || values > comparedRows * differences.size()) {
            throw new IllegalArgumentException(rowsWithDifferences + " rows, " + differences);
        }
    }

    /** The same without the columns that values differ in. */
    public Figures inAnyColumn() {
        Map<String, Long> first = new LinkedHashMap<>();
        differences.keySet().forEach(column -> first.put(column, first.isEmpty() ? rowsWithDifferences : 0L));
        return new Figures(
                totalRows,
                nulls,
                dupes,
                distincts,
                exclusives,
                comparedRows,
                rowsWithDifferences,
                first,
                layout,
                timeline);
    }

    /** Whether an answer has all these figures, as far as they are determined. */
    public boolean agreeWith(Figures actual) {
        return untimed().equals(actual.untimed())
                && (timeline == null || actual.timeline == null
                        ? timeline == actual.timeline
                        : timeline.agreesWith(actual.timeline));
    }

    private Figures untimed() {
        return new Figures(
                totalRows,
                nulls,
                dupes,
                distincts,
                exclusives,
                comparedRows,
                rowsWithDifferences,
                differences,
                layout,
                null);
    }

    /** A figure for each side. */
    public record Pair(long a, long b) {}

    /** How the columns of both sides relate; lists in A's order, or B's where A has none of them. */
    public record Layout(
            Pair columns,
            Pair mismatched,
            List<String> compared,
            List<String> typeDiffers,
            int reorders,
            List<String> onlyA,
            List<String> onlyB) {}
}
