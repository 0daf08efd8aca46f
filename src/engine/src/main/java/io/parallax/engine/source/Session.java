package io.parallax.engine.source;

import io.parallax.contract.DiffFailedException;
import io.parallax.engine.Cancellation;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A connection in one read-only transaction of one snapshot, until it is closed; rolled back then. Its errors are
 * {@link io.parallax.contract.DiffFailedException}s. Used by one thread at a time.
 */
public final class Session implements AutoCloseable {
    private final Connection connection;
    private final Cancellation cancellation;
    private final Runnable keep;
    private volatile @Nullable Statement running;
    private volatile boolean stopped;
    private volatile boolean troubled;

    /** {@code keep} takes the connection when a session without any trouble is over. */
    Session(Connection connection, Cancellation cancellation, Runnable keep) {
        this.keep = keep;
        this.connection = connection;
        this.cancellation = cancellation;
    }

    /** Reads a row where the result stands. */
    @FunctionalInterface
    public interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    void begin(List<String> settings) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute(String.join("; ", settings));
        }
    }

    /** All rows of a query that has few. */
    public <T> List<T> list(String sql, RowReader<T> reader) {
        try (Statement statement = statement();
                Cancellation.Watch watch = watch(statement);
                ResultSet rows = statement.executeQuery(sql)) {
            List<T> read = new ArrayList<>();
            while (rows.next()) {
                read.add(reader.read(rows));
            }
            return read;
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    /** The only row of a query that has exactly one. */
    public <T> T one(String sql, RowReader<T> reader) {
        List<T> rows = list(sql, reader);
        if (rows.size() != 1) {
            throw new IllegalStateException(rows.size() + " rows instead of one");
        }
        return rows.get(0);
    }

    /** The names of a query's columns. */
    public List<String> columnNames(String sql) {
        try (Statement statement = statement();
                Cancellation.Watch watch = watch(statement);
                ResultSet rows = statement.executeQuery(sql)) {
            ResultSetMetaData columns = rows.getMetaData();
            List<String> names = new ArrayList<>();
            for (int i = 1; i <= columns.getColumnCount(); i++) {
                names.add(columns.getColumnLabel(i));
            }
            return names;
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    /** A query's result to be read bit by bit, that many rows at a time. */
    public Cursor cursor(String sql, int fetchRows) {
        Statement statement = null;
        try {
            statement = statement();
            statement.setFetchSize(fetchRows);
            Cancellation.Watch watch = watch(statement);
            return new Cursor(statement, statement.executeQuery(sql), watch, this);
        } catch (SQLException e) {
            closeQuietly(statement);
            throw failure(e);
        }
    }

    /** Ends what runs on it now or later, from another thread, because nobody needs it any more. */
    public void stop() {
        stopped = true;
        Statement statement = running;
        if (statement != null) {
            try {
                statement.cancel();
            } catch (SQLException ignored) {
                // Then it ends by itself.
            }
        }
    }

    @Override
    public void close() {
        try {
            connection.rollback();
            if (!troubled && !stopped && !cancellation.cancelled()) {
                keep.run();
                return;
            }
        } catch (SQLException ignored) {
            // Closing rolls back, too.
        }
        IdleConnections.closeQuietly(connection);
    }

    DiffFailedException failure(SQLException error) {
        troubled = true;
        return stopped ? Cancellation.stopped() : SqlFailures.failure(error, cancellation);
    }

    void requireGoing() {
        if (stopped || cancellation.cancelled()) {
            throw Cancellation.stopped();
        }
    }

    private Statement statement() throws SQLException {
        Statement statement = connection.createStatement();
        // Users' SQL goes through as it is: neither {..} nor ? means anything to the driver.
        statement.setEscapeProcessing(false);
        return statement;
    }

    private Cancellation.Watch watch(Statement statement) {
        Cancellation.Watch watch = cancellation.watch(statement);
        running = statement;
        if (stopped) {
            running = null;
            watch.close();
            throw Cancellation.stopped();
        }
        return () -> {
            running = null;
            watch.close();
        };
    }

    private static void closeQuietly(@Nullable Statement statement) {
        if (statement != null) {
            try {
                statement.close();
            } catch (SQLException ignored) {
                // The connection closes it.
            }
        }
    }
}
