package io.parallax.engine.postgres.session;

import io.parallax.engine.postgres.sql.OwnSql;
import io.parallax.engine.session.Cancellation;
import io.parallax.engine.session.Session.RowReader;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** A session's queries of datasets. What its server is to be told before goes along with them. */
final class Queries {
    private static final int MOST_ROWS_AT_A_TIME = 10_000;
    private static final int LARGE_ROWS_AT_A_TIME = 10;
    private static final int MOST_LARGE_ROWS_AT_A_TIME = 100;

    private final PostgresSession session;
    private final PendingSettings pending;
    private long shortestTrip = Long.MAX_VALUE;

    Queries(PostgresSession session, PendingSettings pending) {
        this.session = session;
        this.pending = pending;
    }

    /** All rows of a query that has few, and small ones. */
    <T> List<T> list(String query, RowReader<T> reader) {
        return list(query, Statements.ROWS_AT_A_TIME, MOST_ROWS_AT_A_TIME, reader);
    }

    /** The same of rows that may be large. */
    <T> List<T> listLarge(String query, RowReader<T> reader) {
        return list(query, LARGE_ROWS_AT_A_TIME, MOST_LARGE_ROWS_AT_A_TIME, reader);
    }

    private <T> List<T> list(String query, int rowsAtATime, int most, RowReader<T> reader) {
        String sql = OwnSql.spelledOut(query);
        long started = System.nanoTime();
        try (Statement statement = session.statements().plain(rowsAtATime);
                Cancellation.Watch watch = session.watch(statement);
                ResultSet rows = rows(statement, sql)) {
            tripped(started);
            return ResultRows.readFetched(rows, reader, most);
        } catch (SQLException e) {
            throw session.failure(e, sql);
        }
    }

    /** Runs what gives a session's server to know something. */
    void tell(String sql) {
        try (Statement statement = session.statements().plain(0);
                Cancellation.Watch watch = session.watch(statement)) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw session.failure(e);
        }
    }

    /** The names of a query's columns. */
    List<String> columnNames(String query) {
        String sql = OwnSql.spelledOut(query);
        try (Statement statement = session.statements().plain();
                Cancellation.Watch watch = session.watch(statement);
                ResultSet rows = rows(statement, sql)) {
            ResultSetMetaData columns = rows.getMetaData();
            List<String> names = new ArrayList<>();
            for (int i = 1; i <= columns.getColumnCount(); i++) {
                names.add(columns.getColumnLabel(i));
            }
            return names;
        } catch (SQLException e) {
            throw session.failure(e, sql);
        }
    }

    private ResultSet rows(Statement statement, String query) throws SQLException {
        Optional<String> before = pending.due();
        if (before.isEmpty()) {
            return statement.executeQuery(query);
        }
        statement.execute(before.get() + ";" + query);
        statement.getMoreResults();
        return Objects.requireNonNull(statement.getResultSet());
    }

    /** Notes that something that took one trip has taken since then. */
    void tripped(long started) {
        shortestTrip = Math.min(shortestTrip, System.nanoTime() - started);
    }

    /** See {@link PostgresSession#trip}. */
    Duration shortestTrip() {
        return Duration.ofNanos(shortestTrip == Long.MAX_VALUE ? 0 : shortestTrip);
    }
}
