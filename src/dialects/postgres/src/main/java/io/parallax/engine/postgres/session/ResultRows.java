package io.parallax.engine.postgres.session;

import io.parallax.engine.session.Session.RowReader;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** What is read of results. */
final class ResultRows {
    private ResultRows() {}

    static <T> List<T> read(ResultSet rows, RowReader<T> reader) throws SQLException {
        List<T> read = new ArrayList<>();
        while (rows.next()) {
            read.add(reader.read(rows));
        }
        return read;
    }

    static <T> T only(List<T> rows) {
        if (rows.size() != 1) {
            throw new IllegalStateException(rows.size() + " rows instead of one");
        }
        return rows.get(0);
    }
}
