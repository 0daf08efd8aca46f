package io.parallax.engine.compare;

import io.parallax.contract.tally.Sides;
import io.parallax.contract.tally.Tally;
import java.util.Arrays;

/** A tally in the making. */
final class Counts {
    private final long[] totalRows = new long[2];
    private final long[] nulls = new long[2];
    private final long[] dupes = new long[2];
    private final long[] distincts = new long[2];
    private final long[] exclusives = new long[2];
    private final long[] differences;
    private long comparedRows;
    private long rowsWithDifferences;

    static final int A = 0;
    static final int B = 1;

    Counts(int columns) {
        this.differences = new long[columns];
    }

    /** Rows with a NULL in their key. */
    void nullRows(int side, long rows) {
        totalRows[side] += rows;
        nulls[side] += rows;
    }

    /** A bucket with the same rows on both sides; the fingerprint is the one that knows of duplicates. */
    void clean(Fingerprint bucket) {
        for (int side : new int[] {A, B}) {
            totalRows[side] += bucket.rows();
            dupes[side] += bucket.dupes();
            distincts[side] += bucket.distincts();
        }
        comparedRows += bucket.rows() - bucket.dupes();
    }

    /** All rows of one key on one side. */
    void key(int side, long rows) {
        totalRows[side] += rows;
        distincts[side]++;
        dupes[side] += rows > 1 ? rows : 0;
    }

    void exclusive(int side) {
        exclusives[side]++;
    }

    /** Two equal rows of one key, unique on both sides. */
    void compared() {
        comparedRows++;
    }

    /** Two rows of one key, unique on both sides; {@code true} for each column that differs. */
    void compared(boolean[] differs) {
        comparedRows++;
        boolean any = false;
        for (int column = 0; column < differs.length; column++) {
            if (differs[column]) {
                differences[column]++;
                any = true;
            }
        }
        rowsWithDifferences += any ? 1 : 0;
    }

    Tally tally() {
        return new Tally(
                sides(totalRows),
                sides(nulls),
                sides(dupes),
                sides(distincts),
                sides(exclusives),
                comparedRows,
                rowsWithDifferences,
                Arrays.stream(differences).boxed().toList());
    }

    private static Sides sides(long[] counts) {
        return Sides.of(counts[A], counts[B]);
    }
}
