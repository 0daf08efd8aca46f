package io.parallax.engine.postgres.session;

import io.parallax.engine.postgres.sql.OwnSql;
import io.parallax.engine.session.Cancellation;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.function.Predicate;

/** Statements that are tried to see whether the server takes them; what they do is undone. */
final class Attempts {
    private final PostgresSession session;
    private final Connection connection;

    Attempts(PostgresSession session, Connection connection) {
        this.session = session;
        this.connection = connection;
    }

    /** Whether the server takes them, one after the other, other than by such errors. */
    boolean areTaken(Predicate<SQLException> isNo, String... statements) {
        try {
            Savepoint before = connection.setSavepoint();
            boolean taken = succeed(isNo, statements);
            connection.rollback(before);
            return taken;
        } catch (SQLException e) {
            throw session.failure(e);
        }
    }

    private boolean succeed(Predicate<SQLException> isNo, String... statements) throws SQLException {
        try (Statement statement = session.statements().plain();
                Cancellation.Watch watch = session.watch(statement)) {
            for (String sql : statements) {
                statement.execute(OwnSql.spelledOut(sql));
            }
            return true;
        } catch (SQLException e) {
            if (isNo.test(e)) {
                return false;
            }
            throw e;
        }
    }
}
