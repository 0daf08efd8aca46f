package io.parallax.bench.floor;

import io.parallax.bench.Sql;
import io.parallax.bench.table.Table;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** One statement on both tables at once, each on its own server and on a connection that stays. */
public final class Floor implements AutoCloseable {
    private final FloorKind kind;
    private final Side a;
    private final Side b;

    private Floor(FloorKind kind, Side a, Side b) {
        this.kind = kind;
        this.a = a;
        this.b = b;
    }

    /** One side's connection and its statement. */
    private record Side(Connection connection, String sql) {}

    /** Takes the connections over. */
    public static Floor of(FloorKind kind, Table tableA, Connection a, Table tableB, Connection b) throws SQLException {
        return new Floor(kind, side(kind, tableA, a), side(kind, tableB, b));
    }

    public FloorKind kind() {
        return kind;
    }

    /** Runs it to the end on both sides. */
    public void run() throws SQLException {
        CompletableFuture<Void> other = CompletableFuture.runAsync(() -> {
            try {
                run(b);
            } catch (SQLException e) {
                throw new CompletionException(e);
            }
        });
        run(a);
        try {
            other.join();
        } catch (CompletionException e) {
            throw new SQLException("Floor " + kind + " failed on side B.", e);
        }
    }

    @Override
    public void close() throws SQLException {
        try (Connection first = a.connection()) {
            b.connection().close();
        }
    }

    private static Side side(FloorKind kind, Table table, Connection connection) throws SQLException {
        String sql = Sql.read(kind.resource(table.shape().files())).replace(":table", table.qualified());
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET max_parallel_workers_per_gather = 0; SET work_mem = '256MB'");
            if (kind != FloorKind.C) {
                statement.execute(
                        "SET enable_indexscan = off; SET enable_indexonlyscan = off;" + " SET enable_bitmapscan = off");
            }
        }
        return new Side(connection, sql);
    }

    private void run(Side side) throws SQLException {
        if (kind == FloorKind.C) {
            Drain.copy(side.connection(), side.sql());
        } else {
            Drain.query(side.connection(), side.sql());
        }
    }
}
