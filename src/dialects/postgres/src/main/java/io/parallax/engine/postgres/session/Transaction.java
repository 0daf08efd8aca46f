package io.parallax.engine.postgres.session;

import io.parallax.engine.session.Cancellation;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.postgresql.PGConnection;

/** The transaction of a session, on its connection. */
final class Transaction {
    /** A server that takes longer to roll back what has only read is not there any more. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final PostgresSession session;
    private final Connection connection;
    private List<String> beginning = List.of();
    private String run = "";
    private int process;
    private boolean direct;

    Transaction(PostgresSession session, Connection connection) {
        this.session = session;
        this.connection = connection;
    }

    /** The text that the last of these answers with, see {@link SessionSettings#done}. */
    String begin(List<String> statements) throws SQLException {
        beginning = statements;
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement();
                Cancellation.Watch watch = session.watch(statement)) {
            statement.setEscapeProcessing(false);
            boolean isQuery = statement.execute(String.join(";\n", statements));
            String answer = "";
            while (isQuery || statement.getUpdateCount() >= 0) {
                answer = isQuery ? answer(statement.getResultSet()) : answer;
                isQuery = statement.getMoreResults();
            }
            return answer;
        }
    }

    private String answer(ResultSet rows) throws SQLException {
        if (!rows.getMetaData().getColumnLabel(1).equals(SessionSettings.PROCESS) || !rows.next()) {
            return "";
        }
        process = rows.getInt(1);
        direct = process == connection.unwrap(PGConnection.class).getBackendPID();
        run = String.valueOf(rows.getString(3));
        return String.valueOf(rows.getString(2));
    }

    /** What sets its server's run and its role apart from others. */
    String run() {
        return run;
    }

    /** Another one that begins as this one did. */
    void restart() throws SQLException {
        connection.rollback();
        begin(beginning);
    }

    /** The number of the server's process. */
    int process() {
        return process;
    }

    /** Whether nothing in between may give a statement another connection than the one that was logged in. */
    boolean isDirect() {
        return direct;
    }

    /** Ends its connection at once; {@code running}: and what runs on it, which the server would only end at its next answer. */
    void abort(boolean running) {
        try {
            if (running) {
                connection.unwrap(PGConnection.class).cancelQuery();
            }
            connection.abort(Runnable::run);
        } catch (SQLException ignored) {
            // It is gone already.
        }
    }

    /** In one trip, and while a pooler still gives it the same connection: a user's query may have left locks on it. */
    boolean isRolledBack() {
        try (Statement statement = connection.createStatement()) {
            connection.setNetworkTimeout(Runnable::run, (int) PATIENCE.toMillis());
            statement.execute(SessionSettings.END);
            return true;
        } catch (SQLException e) {
            return false;
        }
    }
}
