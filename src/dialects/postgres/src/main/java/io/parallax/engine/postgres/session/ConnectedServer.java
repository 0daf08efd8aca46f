package io.parallax.engine.postgres.session;

import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.PGConnection;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.QueryExecutor;

/** What a connection knows of its server without asking. */
public final class ConnectedServer {
    private final PostgresSession session;
    private final Connection connection;

    ConnectedServer(PostgresSession session, Connection connection) {
        this.session = session;
        this.connection = connection;
    }

    /** See {@link PostgresSession#server}. */
    String name() {
        try {
            QueryExecutor ours = connection.unwrap(BaseConnection.class).getQueryExecutor();
            return String.join(
                    "\n",
                    String.valueOf(ours.getHostSpec()),
                    ours.getDatabase(),
                    ours.getUser(),
                    ours.getServerVersion(),
                    encoding());
        } catch (SQLException e) {
            throw session.failure(e);
        }
    }

    /** That of its database. */
    public String encoding() {
        try {
            return String.valueOf(connection.unwrap(PGConnection.class).getParameterStatus("server_encoding"));
        } catch (SQLException e) {
            throw session.failure(e);
        }
    }

    /** The major one. */
    public int version() {
        try {
            return connection.getMetaData().getDatabaseMajorVersion();
        } catch (SQLException e) {
            throw session.failure(e);
        }
    }
}
