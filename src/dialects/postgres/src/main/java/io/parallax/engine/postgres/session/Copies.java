package io.parallax.engine.postgres.session;

import io.parallax.engine.postgres.sql.OwnSql;
import io.parallax.engine.session.Cancellation;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/** What a session reads by COPY. */
final class Copies {
    private final PostgresSession session;
    private final Connection connection;
    private final Set<CopyRows> open = ConcurrentHashMap.newKeySet();

    Copies(PostgresSession session, Connection connection) {
        this.session = session;
        this.connection = connection;
    }

    /** Takes what a database sends. */
    @FunctionalInterface
    interface ChunkTaker {
        void take(byte[] chunk);
    }

    /** A query's rows, to be read one by one. */
    CopyRows rows(String query) {
        session.sort();
        String sql = "copy (" + OwnSql.spelledOut(query) + ") to stdout (format binary)";
        try {
            session.statements().requireStandardStrings();
            Cancellation.Watch watch = session.watch(new RunningCopy(connection));
            try {
                CopyRows rows = new CopyRows(begun(sql), watch, session, this);
                open.add(rows);
                return rows;
            } catch (SQLException e) {
                watch.close();
                throw e;
            }
        } catch (SQLException e) {
            throw session.failure(e, sql);
        }
    }

    /** A query's rows as they are, in that format, chunk by chunk, to whoever takes them. */
    void raw(String query, CopyFormat format, ChunkTaker taker) {
        session.settle();
        String sql = "copy (" + OwnSql.spelledOut(query) + ") to stdout" + format.sql();
        Cancellation.Watch watch = session.watch(new RunningCopy(connection));
        try {
            session.statements().requireStandardStrings();
            CopyOut copy = begun(sql);
            try {
                for (byte[] chunk = copy.readFromCopy(); chunk != null; chunk = copy.readFromCopy()) {
                    taker.take(chunk);
                }
            } finally {
                if (copy.isActive()) {
                    session.abandon();
                }
            }
        } catch (SQLException e) {
            throw session.failure(e, sql);
        } finally {
            watch.close();
        }
    }

    private CopyOut begun(String sql) throws SQLException {
        return connection.unwrap(PGConnection.class).getCopyAPI().copyOut(sql);
    }

    void ended(CopyRows rows) {
        open.remove(rows);
    }

    /** Closes those that nobody has: one side's stays without an owner when the other side fails. */
    void close() {
        List.copyOf(open).forEach(CopyRows::close);
    }

    /** A stopped session's connection is never used again, so that a cancel that comes too late hits nobody else. */
    private record RunningCopy(Connection connection) implements Cancellation.Running {
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
