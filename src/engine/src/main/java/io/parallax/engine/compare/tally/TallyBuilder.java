package io.parallax.engine.compare.tally;

import io.parallax.contract.tally.Sides;
import io.parallax.contract.tally.Tally;
import io.parallax.engine.task.Side;
import java.util.Arrays;

/** A tally in the making. */
public final class TallyBuilder {
    private final long[] totalRows = new long[2];
    private final long[] nulls = new long[2];
    private final long[] dupes = new long[2];
    private final long[] distincts = new long[2];
    private final long[] exclusives = new long[2];
    private final long[] differences;
    private long comparedRows;
    private long rowsWithDifferences;

    private static final int A = 0;
    private static final int B = 1;

    public TallyBuilder(int columns) {
        this.differences = new long[columns];
    }

    /** All that another one has counted, of as many columns. */
    public void add(TallyBuilder other) {
        for (int side : new int[] {A, B}) {
            totalRows[side] += other.totalRows[side];
            nulls[side] += other.nulls[side];
            dupes[side] += other.dupes[side];
            distincts[side] += other.distincts[side];
            exclusives[side] += other.exclusives[side];
        }
        comparedRows += other.comparedRows;
        rowsWithDifferences += other.rowsWithDifferences;
        for (int column = 0; column < differences.length; column++) {
            differences[column] += other.differences[column];
        }
    }

    /** Rows with a NULL in their key. */
    public void nullRows(Side side, long rows) {
        totalRows[side.ordinal()] += rows;
        nulls[side.ordinal()] += rows;
    }

    /** Rows whose keys are still to be counted. */
    public void rows(Side side, long rows) {
        totalRows[side.ordinal()] += rows;
    }

    /**
     * A bucket with the same rows on both sides; the fingerprint is the one that knows of duplicates.
     *
     * @param repeatedToo whether the rows of repeated keys count as compared
     */
    void clean(Fingerprint bucket, boolean repeatedToo) {
        for (int side : new int[] {A, B}) {
            totalRows[side] += bucket.rows();
            dupes[side] += bucket.dupes();
            distincts[side] += bucket.distincts();
        }
        comparedRows += repeatedToo ? bucket.rows() : bucket.rows() - bucket.dupes();
    }

    /** All rows of one key on one side. */
    public void key(Side side, long rows) {
        totalRows[side.ordinal()] += rows;
        distincts[side.ordinal()]++;
        dupes[side.ordinal()] += rows > 1 ? rows : 0;
    }

    public void exclusive(Side side) {
        exclusives[side.ordinal()]++;
    }

    /** Keys that are unique on either side, so many of them on both; what differs of them is counted apart. */
    public void uniqueKeys(long ofA, long ofB, long ofBoth) {
        totalRows[A] += ofA;
        totalRows[B] += ofB;
        distincts[A] += ofA;
        distincts[B] += ofB;
        comparedRows += ofBoth;
    }

    /** Two equal rows of one key, unique on both sides. */
    public void compared() {
        comparedRows++;
    }

    /** Two rows of one key, unique on both sides; {@code true} for each column that differs. */
    public void compared(boolean[] differs) {
        comparedRows++;
        differing(differs);
    }

    /** What differs of two rows that are counted as compared. */
    public void differing(boolean[] differs) {
        boolean any = false;
        for (int column = 0; column < differs.length; column++) {
            if (differs[column]) {
                differences[column]++;
                any = true;
            }
        }
        rowsWithDifferences += any ? 1 : 0;
    }

    /** The share of keys that are not there just once and alike on both sides. */
    public double differingShare() {
        long keys = distincts[A] + exclusives[B];
        return keys == 0 ? 0 : 1 - (double) (comparedRows - rowsWithDifferences) / keys;
    }

    public Tally tally() {
        return tally(sides(totalRows));
    }

    /** The tally of rows that are in another tally's total already. */
    public Tally tallyOfCountedRows() {
        return tally(Sides.ZERO);
    }

    private Tally tally(Sides total) {
        return new Tally(
                total,
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
