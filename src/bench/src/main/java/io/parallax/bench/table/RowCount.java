package io.parallax.bench.table;

/** Rows of one table, written and read as {@code 100k} or {@code 5m}. */
public record RowCount(long rows) {
    /** Fewer leave no room between the rows that are scattered; those are 25 of each kind. */
    public RowCount {
        if (rows < 1000 || rows % Numbers.SPREAD != 0) {
            throw new IllegalArgumentException("Tables have at least 1000 rows, in steps of 25.");
        }
    }

    /** @throws IllegalArgumentException with a sentence that says what is wrong */
    public static RowCount parse(String text) {
        try {
            return new RowCount(Magnitude.parse(text));
        } catch (NumberFormatException | ArithmeticException e) {
            throw new IllegalArgumentException("A number of rows is written as 100k or 5m, not " + text + ".", e);
        }
    }

    @Override
    public String toString() {
        if (rows % 1_000_000 == 0) {
            return rows / 1_000_000 + "m";
        }
        return rows % 1000 == 0 ? rows / 1000 + "k" : Long.toString(rows);
    }
}
