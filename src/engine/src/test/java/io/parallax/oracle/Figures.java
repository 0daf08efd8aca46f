package io.parallax.oracle;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Every figure of a diff's answer.
 *
 * @param differences differing values by compared column
 */
record Figures(
        Pair totalRows,
        Pair nulls,
        Pair dupes,
        Pair distincts,
        Pair exclusives,
        long comparedRows,
        long rowsWithDifferences,
        Map<String, Long> differences,
        Layout layout) {
    Figures {
        if (distincts.a - exclusives.a != distincts.b - exclusives.b) {
            throw new IllegalArgumentException("both sides share the same keys: " + distincts + " " + exclusives);
        }
        long values = differences.values().stream().mapToLong(Long::longValue).sum();
        if (rowsWithDifferences > values || values > comparedRows * differences.size()) {
            throw new IllegalArgumentException(rowsWithDifferences + " rows, " + differences);
        }
    }

    /** The same without the columns that values differ in. */
    Figures inAnyColumn() {
        Map<String, Long> first = new LinkedHashMap<>();
        differences.keySet().forEach(column -> first.put(column, first.isEmpty() ? rowsWithDifferences : 0L));
        return new Figures(
                totalRows, nulls, dupes, distincts, exclusives, comparedRows, rowsWithDifferences, first, layout);
    }

    /** A figure for each side. */
    record Pair(long a, long b) {}

    /** How the columns of both sides relate; lists in A's order, or B's where A has none of them. */
    record Layout(
            Pair columns,
            Pair mismatched,
            List<String> compared,
            List<String> typeDiffers,
            int reorders,
            List<String> onlyA,
            List<String> onlyB) {}
}
