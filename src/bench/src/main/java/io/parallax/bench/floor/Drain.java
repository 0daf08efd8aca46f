package io.parallax.bench.floor;

import java.io.IOException;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.PGConnection;

/** Reads everything and keeps nothing. */
final class Drain {
    private Drain() {}

    static void query(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                rows.getLong(1);
            }
        }
    }

    static void copy(Connection connection, String sql) throws SQLException {
        try {
            connection.unwrap(PGConnection.class).getCopyAPI().copyOut(sql, OutputStream.nullOutputStream());
        } catch (IOException e) {
            throw new SQLException("COPY broke off.", e);
        }
    }
}
