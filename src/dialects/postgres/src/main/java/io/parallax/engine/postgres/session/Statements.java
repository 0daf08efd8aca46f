package io.parallax.engine.postgres.session;

import io.parallax.contract.DiffFailedException;
import io.parallax.contract.ErrorType;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.PGConnection;
import org.postgresql.PGStatement;

/** Makes a session's statements. */
final class Statements {
    static final int ROWS_AT_A_TIME = 1000;

    private final PostgresSession session;
    private final Connection connection;

    Statements(PostgresSession session, Connection connection) {
        this.session = session;
        this.connection = connection;
    }

    Statement plain() throws SQLException {
        return plain(ROWS_AT_A_TIME);
    }

    Statement plain(int rowsAtATime) throws SQLException {
        requireStandardStrings();
        Statement statement = connection.createStatement();
        // Users' SQL goes through as it is: neither {..} nor ? means anything to the driver.
        statement.setEscapeProcessing(false);
        statement.setFetchSize(rowsAtATime);
        return statement;
    }

    /**
     * One whose plan the server keeps, where no pooler is in between; of several statements all go in one trip. That is why parameters are
     * texts, to be cast: the driver would have the server describe those of other types first, and waits for an answer before it sends
     * any statement of which it knows that it answers with texts.
     */
    PreparedStatement prepared(String sql, Object... parameters) throws SQLException {
        requireStandardStrings();
        PreparedStatement statement = connection.prepareStatement(sql);
        statement.unwrap(PGStatement.class).setPrepareThreshold(session.isDirect() ? 1 : 0);
        for (int i = 0; i < parameters.length; i++) {
            statement.setString(i + 1, String.valueOf(parameters[i]));
        }
        return statement;
    }

    /** A query that has changed how its own text is read was checked in vain. */
    void requireStandardStrings() throws SQLException {
        String standard = connection.unwrap(PGConnection.class).getParameterStatus("standard_conforming_strings");
        if ("off".equals(standard)) {
            session.trouble();
            throw new DiffFailedException(
                    ErrorType.QUERY_ERROR,
                    "A query or filter turns standard_conforming_strings off, which it must not do.");
        }
    }
}
