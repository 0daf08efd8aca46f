package io.parallax.engine.postgres.session;

import io.parallax.engine.session.Cancellation;
import java.sql.SQLException;
import java.sql.Statement;

/** A statement that runs, or soon will. */
record RunningStatement(Statement statement) implements Cancellation.Running {
    @Override
    public void cancel() throws SQLException {
        statement.cancel();
    }

    @Override
    public void disconnect() throws SQLException {
        statement.getConnection().abort(Runnable::run);
    }
}
