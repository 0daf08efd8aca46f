package io.parallax.engine.postgres.session;

import io.parallax.contract.DiffFailedException;
import io.parallax.engine.postgres.sql.OwnSql;
import io.parallax.engine.postgres.sql.Sql;
import io.parallax.engine.postgres.value.CanonicalForms;
import io.parallax.engine.session.Cancellation;
import io.parallax.engine.session.Session;
import io.parallax.engine.session.Waiter;
import io.parallax.engine.session.WritingSession;
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
final class PostgresWritingSession implements WritingSession {
    /** Whether all columns of a table have a binary form, the elements of arrays too, and texts would not be converted. */
    private static final String SENDS_ITSELF =
            """
            select (not exists (select from pg_attribute a join pg_type t on t.oid in (a.atttypid,
                (select e.typelem from pg_type e where e.oid = a.atttypid))
              where a.attrelid = %s::regclass and a.attnum > 0 and (t.typsend = 0 or t.typreceive = 0))
              and getdatabaseencoding() = 'UTF8')::text""";

    /** What values of any session are taken with, as binary xml and as texts. */
    private static final Map<String, String> TAKING = Map.of("array_nulls", "on", "xmloption", "content");

    private static final String TABLES =
            """
            select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where n.nspname = %s and c.relkind = 'r' and starts_with(c.relname, %s) order by 1""";

    private final Connection connection;
    private final IdleConnections.Use use;
    private final Cancellation cancellation;
    private volatile @Nullable String place;
    private LockWatch.Watched watched = () -> {};
    private boolean over;
    private volatile @Nullable Waiter waiter;

    PostgresWritingSession(Connection connection, IdleConnections.Use use, Cancellation cancellation) {
        this.connection = connection;
        this.use = use;
        this.cancellation = cancellation;
    }

    @Override
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

    @Override
    public void execute(String sql) {
        try (Statement statement = statement();
                Cancellation.Watch watch = watch()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    @Override
    public void alone(String what) {
        execute(SessionSettings.PATIENT);
        execute("select pg_advisory_xact_lock(hashtextextended(" + Sql.literal(what) + ", 0))");
        execute(SessionSettings.IMPATIENT);
    }

    @Override
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

    @Override
    public List<String> tables(String schema, String prefix) {
        return texts(TABLES.formatted(Sql.literal(schema), Sql.literal(prefix)));
    }

    @Override
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

    @Override
    public void createEmpty(String table, String query, Session reader) {
        execute(PostgresSession.of(reader).told().names());
        tell(PostgresSession.of(reader).told().literals());
        execute("create table " + table + " as select * from (" + OwnSql.spelledOut(query) + ") rows with no data");
        execute(SessionSettings.OWN_NAMES);
        tell(TAKING);
    }

    private void tell(Map<String, String> settings) {
        SessionSettings.told(settings).forEach(this::texts);
    }

    @Override
    public boolean takesBinary(String table) {
        return texts(SENDS_ITSELF.formatted(Sql.literal(table))).equals(List.of("true"));
    }

    @Override
    public void copyFrom(Session reader, String query, String into) {
        copyFrom(reader, query, into, CopyFormat.BINARY);
    }

    @Override
    public void copyTextsFrom(Session reader, String query, String into) {
        tell(CanonicalForms.STANDARD_SETTINGS);
        copyFrom(reader, query, into, CopyFormat.TEXT);
    }

    private void copyFrom(Session reader, String query, String into, CopyFormat format) {
        try (Cancellation.Watch watch = watch()) {
            CopyIn copy = copies().copyIn("copy " + into + " from stdin" + format.sql());
            try {
                PostgresSession.of(reader).copyRaw(query, format, chunk -> write(copy, chunk));
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

    @Override
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
