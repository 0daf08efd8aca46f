package io.parallax.contract.tally;

import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The counts that a diff's answer needs, over a part of the key space. Tallies of disjoint parts add up, in any order.
 *
 * @param totalRows rows, NULL keys included
 * @param nulls rows whose key has a null part; they match nothing and count nowhere below
 * @param dupes all rows whose key occurs more than once on their side
 * @param distincts distinct keys
 * @param exclusives distinct keys that the other side does not have
 * @param comparedRows keys on both sides, unique on both
 * @param rowsWithDifferences compared rows with at least one differing value
 * @param differencesPerColumn differing values of each compared column, over the compared rows
 */
public record Tally(
        Sides totalRows,
        Sides nulls,
        Sides dupes,
        Sides distincts,
        Sides exclusives,
        long comparedRows,
        long rowsWithDifferences,
        List<Long> differencesPerColumn) {
    public Tally {
        differencesPerColumn = List.copyOf(differencesPerColumn);
    }

    /** Nothing counted yet. */
    public static Tally zero(int columns) {
        return new Tally(
                Sides.ZERO, Sides.ZERO, Sides.ZERO, Sides.ZERO, Sides.ZERO, 0, 0, Collections.nCopies(columns, 0L));
    }

    /** What it says of keys alone, with so many columns of which nothing is counted yet. */
    public Tally ofKeys(int columns) {
        return new Tally(totalRows, nulls, dupes, distincts, exclusives, 0, 0, Collections.nCopies(columns, 0L));
    }

    /** What it says of values alone. */
    public Tally ofValues() {
        return new Tally(
                Sides.ZERO,
                Sides.ZERO,
                Sides.ZERO,
                Sides.ZERO,
                Sides.ZERO,
                comparedRows,
                rowsWithDifferences,
                differencesPerColumn);
    }

    public Tally plus(Tally other) {
        if (differencesPerColumn.size() != other.differencesPerColumn.size()) {
            throw new IllegalArgumentException("tallies of different columns do not add up");
        }
        return new Tally(
                totalRows.plus(other.totalRows),
                nulls.plus(other.nulls),
                dupes.plus(other.dupes),
                distincts.plus(other.distincts),
                exclusives.plus(other.exclusives),
                comparedRows + other.comparedRows,
                rowsWithDifferences + other.rowsWithDifferences,
                IntStream.range(0, differencesPerColumn.size())
                        .mapToObj(i -> differencesPerColumn.get(i) + other.differencesPerColumn.get(i))
                        .toList());
    }

    public long valuesWithDifferences() {
        return differencesPerColumn.stream().mapToLong(Long::longValue).sum();
    }

    public long columnsWithDifferences() {
        return differencesPerColumn.stream().filter(count -> count > 0).count();
    }
}
