package io.parallax.bench;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** One query on both tables at once, each on a connection that stays. */
final class Scan implements AutoCloseable {
    private final String sql;
    private final Connection a;
    private final Connection b;

    private Scan(String sql, Connection a, Connection b) {
        this.sql = sql;
        this.a = a;
        this.b = b;
    }

    static Scan of(Server server, String resource) throws IOException, SQLException {
        String sql = Sql.read(resource);
        Connection a = serial(server);
        try {
            return new Scan(sql, a, serial(server));
        } catch (SQLException e) {
            a.close();
            throw e;
        }
    }

    private static Connection serial(Server server) throws SQLException {
        Connection connection = server.connect();
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET max_parallel_workers_per_gather = 0; SET enable_indexscan = off;"
                    + " SET enable_bitmapscan = off; SET jit = off; SET work_mem = '256MB'");
        }
        return connection;
    }

    /** Scans both tables to the end. */
    void run() throws SQLException {
        CompletableFuture<Void> other = CompletableFuture.runAsync(() -> scanUnchecked(b, RatingTables.B));
        scan(a, RatingTables.A);
        try {
            other.join();
        } catch (CompletionException e) {
            throw new SQLException("the scan of the second table failed", e);
        }
    }

    private void scanUnchecked(Connection connection, String table) {
        try {
            scan(connection, table);
        } catch (SQLException e) {
            throw new CompletionException(e);
        }
    }

    private void scan(Connection connection, String table) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql.replace(":table", RatingTables.SCHEMA + "." + table))) {
            while (result.next()) {
                result.getLong(1);
            }
        }
    }

    @Override
    public void close() throws SQLException {
        try (a) {
            b.close();
        }
    }
}
