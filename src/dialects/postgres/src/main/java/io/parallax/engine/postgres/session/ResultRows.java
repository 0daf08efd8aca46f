package io.parallax.engine.postgres.session;

import io.parallax.engine.session.Session.RowReader;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** What is read of results. */
final class ResultRows {
    private static final long BYTES_AT_A_TIME = 1 << 20;

    /** What comes may be wider than what came. */
    private static final int FASTEST_GROWTH = 4;

    private ResultRows() {}

    static <T> List<T> read(ResultSet rows, RowReader<T> reader) throws SQLException {
        List<T> read = new ArrayList<>();
        while (rows.next()) {
            read.add(reader.read(rows));
        }
        return read;
    }

    /**
     * Reads rows that are fetched so many at a time at first, and then as many as their size allows.
     *
     * @param most how many at a time
     */
    static <T> List<T> readFetched(ResultSet rows, RowReader<T> reader, int most) throws SQLException {
        List<T> read = new ArrayList<>();
        int columns = rows.getMetaData().getColumnCount();
        int fewest = rows.getFetchSize();
        int atATime = fewest;
        int fetched = fewest;
        long widest = 1;
        while (rows.next()) {
            widest = Math.max(widest, width(rows, columns));
            if (read.size() == fetched - 1) {
                atATime = (int) Math.max(
                        fewest, Math.min(Math.min(most, FASTEST_GROWTH * (long) atATime), BYTES_AT_A_TIME / widest));
                rows.setFetchSize(atATime);
                fetched += atATime;
            }
            read.add(reader.read(rows));
        }
        return read;
    }

    private static long width(ResultSet row, int columns) throws SQLException {
        long width = 0;
        for (int i = 1; i <= columns; i++) {
            byte[] value = row.getBytes(i);
            width += value == null ? 0 : value.length;
        }
        return width;
    }

    static <T> T only(List<T> rows) {
        if (rows.size() != 1) {
            throw new IllegalStateException(rows.size() + " rows instead of one");
        }
        return rows.get(0);
    }
}
