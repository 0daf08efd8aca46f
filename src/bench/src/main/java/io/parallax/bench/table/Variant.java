package io.parallax.bench.table;

import java.util.Locale;

/** How side B differs from side A; side A is always {@link #IDENTICAL}. */
public enum Variant {
    IDENTICAL("0"),
    /** 25 rows missing, 25 more and 50 changed, spread over the table. */
    SCATTERED("0"),
    /** One row in a hundred changed, chosen by hash. */
    ONE_PERCENT("CASE WHEN (hashint8extended(g, 7) & 1048575) % 100 = 0 THEN 1 ELSE 0 END"),
    EVERY_ROW("1");

    private final String delta;

    Variant(String delta) {
        this.delta = delta;
    }

    /** By how much row {@code g} differs in the changing column, as SQL. */
    String delta() {
        return delta;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
