package io.parallax.bench.table;

/**
 * The numbers {@code g} from which rows are made, as SQL.
 *
 * <p>They go 25 further than there are rows, because every 25th part leaves one out: side B has rows there that side A
 * lacks, in the middle of the table and under any kind of key.
 */
record Numbers(RowCount count) {
    /** How many rows of one kind are scattered. */
    static final int SPREAD = 25;

    long last() {
        return SPREAD * part();
    }

    /** Of all rows that both sides have at first. */
    String regular() {
        return "SELECT g FROM generate_series(1::bigint, %d) g WHERE g %% %d <> %d".formatted(last(), part(), added());
    }

    /** Of the rows that only side B has. */
    String onlyB() {
        return spread(added());
    }

    /** Of the rows that only side A has. */
    String onlyA() {
        return spread(part() / 4);
    }

    /** Of the rows that differ. */
    String changed() {
        return spread(part() / 8) + " UNION ALL " + spread(part() * 3 / 4);
    }

    private long part() {
        return count.rows() / SPREAD + 1;
    }

    private long added() {
        return part() / 2;
    }

    private String spread(long offset) {
        return "SELECT i * %d + %d AS g FROM generate_series(0::bigint, %d) i".formatted(part(), offset, SPREAD - 1);
    }
}
