package io.parallax.engine.source;

import io.parallax.contract.DiffFailedException;
import io.parallax.engine.Cancellation;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyManager;

/**
 * A connection in one transaction that writes what Parallax makes itself: tables of its own. No user's SQL is run on it.
 * Rolled back unless it is committed. Its errors are {@link DiffFailedException}s.
 */
public final class WritingSession implements AutoCloseable {
    private final Connection connection;
    private final IdleConnections.Use use;
    private final Cancellation cancellation;
    private volatile @Nullable String place;
    private LockWatch.Watched watched = () -> {};
    private boolean over;
    private volatile @Nullable Waiter waiter;

    WritingSession(Connection connection, IdleConnections.Use use, Cancellation cancellation) {
        this.connection = connection;
        this.use = use;
        this.cancellation = cancellation;
    }

    /** Has its failures say first what they come of. */
    public WritingSession named(String origin) {
        place = origin;
        return this;
    }

    /** The last of the statements answers as {@link SessionSettings#done} does. */
    void begin(List<String> settings, LockWatch watch) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute(String.join("; ", settings.subList(0, settings.size() - 1)));
            try (ResultSet rows = statement.executeQuery(settings.get(settings.size() - 1))) {
                rows.next();
                watched = watch.watch(rows.getInt(1), this::giveWay);
            }
        }
    }

    /** Ends it at once; it is never used again anyway. */
    synchronized void giveWay(Waiter toWhom) {
        if (waiter == null && !over) {
            waiter = toWhom;
            try {
                Running running = new Running();
                running.cancel();
                running.disconnect();
            } catch (SQLException ignored) {
                // It is gone already.
            }
        }
    }

    public void execute(String sql) {
        try (Statement statement = statement();
                Cancellation.Watch watch = watch()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    /** The texts in the first column of a query that has few rows. */
    public List<String> texts(String sql) {
        try (Statement statement = statement();
                Cancellation.Watch watch = watch();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> texts = new ArrayList<>();
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
            return texts;
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    /**
     * Adds rows in PostgreSQL's binary COPY format.
     *
     * @param into a table, with its columns if these are not all
     * @param length how many of the bytes count
     */
    public void copyBinary(String into, byte[] bytes, int length) {
        try (Cancellation.Watch watch = watch()) {
            CopyIn copy = copies().copyIn("copy " + into + " from stdin (format binary)");
            try {
                copy.writeToCopy(bytes, 0, length);
                copy.endCopy();
            } finally {
                end(copy);
            }
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    /** Adds the rows of a query that another session of the same database reads. */
    public void copyFrom(Session reader, String query, String into) {
        try (Cancellation.Watch watch = watch()) {
            CopyIn copy = copies().copyIn("copy " + into + " from stdin" + Session.COPIED);
            try {
                reader.copyText(query, chunk -> write(copy, chunk));
                copy.endCopy();
            } finally {
                end(copy);
            }
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    private void write(CopyIn copy, byte[] chunk) {
        try {
            copy.writeToCopy(chunk, 0, chunk.length);
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    /**
     * A copy left in the middle costs its connection: the driver's way of cancelling one goes on for ever when another thread
     * closes the connection meanwhile.
     */
    private void end(CopyIn copy) throws SQLException {
        if (copy.isActive()) {
            connection.abort(Runnable::run);
        }
    }

    private CopyManager copies() throws SQLException {
        return connection.unwrap(PGConnection.class).getCopyAPI();
    }

    /** After this there is nothing more to be done on it. */
    public void commit() {
        try {
            connection.commit();
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    @Override
    public void close() {
        watched.close();
        synchronized (this) {
            over = true;
        }
        // Which rolls back what is not committed.
        use.endClosing(connection);
    }

    private DiffFailedException failure(SQLException error) {
        String origin = place;
        Waiter toWhom = waiter;
        DiffFailedException failure = toWhom != null && !cancellation.cancelled()
                ? toWhom.failure()
                : SqlFailures.writingFailure(error, cancellation);
        return origin == null ? failure : failure.at(origin);
    }

    private Statement statement() throws SQLException {
        Statement statement = connection.createStatement();
        statement.setEscapeProcessing(false);
        return statement;
    }

    private Cancellation.Watch watch() {
        return cancellation.watch(new Running());
    }

    /** Whatever runs on the connection. */
    private final class Running implements Cancellation.Running {
        @Override
        public void cancel() throws SQLException {
            connection.unwrap(PGConnection.class).cancelQuery();
        }

        @Override
        public void disconnect() throws SQLException {
            connection.abort(Runnable::run);
        }
    }
}
