package io.parallax.engine.source;

import io.parallax.contract.DiffFailedException;
import io.parallax.engine.postgres.Equality;
import io.parallax.engine.postgres.OwnSql;
import io.parallax.engine.postgres.Sql;
import io.parallax.engine.session.Cancellation;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyManager;

/**
 * A connection in one transaction that writes what Parallax makes itself: tables of its own. No user's SQL is run on it.
 * Rolled back unless it is committed. Its errors are {@link DiffFailedException}s.
 */
public final class WritingSession implements AutoCloseable {
    /** Whether all columns of a table have a binary form, the elements of arrays too, and texts would not be converted. */
    private static final String SENDS_ITSELF =
            """
            select (not exists (select from pg_attribute a join pg_type t on t.oid in (a.atttypid,
                (select e.typelem from pg_type e where e.oid = a.atttypid))
              where a.attrelid = %s::regclass and a.attnum > 0 and (t.typsend = 0 or t.typreceive = 0))
              and getdatabaseencoding() = 'UTF8')::text""";

    /** What values of any session are taken with, as binary xml and as texts. */
    private static final Map<String, String> TAKING = Map.of("array_nulls", "on", "xmloption", "content");

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

    /** Waits for others who do the same as this one, until they have ended; then these wait for this one. */
    public void alone(String what) {
        execute(SessionSettings.PATIENT);
        execute("select pg_advisory_xact_lock(hashtextextended(" + Sql.literal(what) + ", 0))");
        execute(SessionSettings.IMPATIENT);
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

    /** Makes an empty table for the rows of a query, whose names and literals mean what they mean to that session. */
    public void createEmpty(String table, String query, Session reader) {
        execute(reader.namesAsHere());
        tell(reader.literalsAsHere());
        execute("create table " + table + " as select * from (" + OwnSql.spelledOut(query) + ") rows with no data");
        execute(SessionSettings.OWN_NAMES);
        tell(TAKING);
    }

    private void tell(Map<String, String> settings) {
        SessionSettings.told(settings).forEach(this::texts);
    }

    /** Whether rows can come as the types of that table send themselves. */
    public boolean takesBinary(String table) {
        return texts(SENDS_ITSELF.formatted(Sql.literal(table))).equals(List.of("true"));
    }

    /** Adds the rows of a query that another session of the same database reads. */
    public void copyFrom(Session reader, String query, String into) {
        copyFrom(reader, query, into, CopyFormat.BINARY);
    }

    /** The same as texts, which are standard ones. */
    public void copyTextsFrom(Session reader, String query, String into) {
        tell(Equality.STANDARD_SETTINGS);
        copyFrom(reader, query, into, CopyFormat.TEXT);
    }

    private void copyFrom(Session reader, String query, String into, CopyFormat format) {
        try (Cancellation.Watch watch = watch()) {
            CopyIn copy = copies().copyIn("copy " + into + " from stdin" + format.sql());
            try {
                reader.copyRaw(query, format, chunk -> write(copy, chunk));
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
