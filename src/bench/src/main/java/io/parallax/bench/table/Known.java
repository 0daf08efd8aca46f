package io.parallax.bench.table;

/**
 * What is known of a pair of tables from how they were made.
 *
 * @param rows of either side, all with a key of their own
 * @param exclusives keys that only one side has, as many on either
 * @param changed rows that differ, in one column
 */
public record Known(long rows, long exclusives, long changed) {
    public static Known of(RowCount count, Variant variant, long changed) {
        return new Known(count.rows(), variant == Variant.SCATTERED ? Numbers.SPREAD : 0, changed);
    }

    /** Rows that both sides have. */
    public long shared() {
        return rows - exclusives;
    }
}
