package io.parallax.bench.server;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parallax.bench.table.Table;
import io.parallax.standalone.embedded.FreePort;
import io.parallax.standalone.embedded.PostgresServer;
import io.parallax.standalone.embedded.PostgresSettings;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

/** The PostgreSQL server of one side; its database sorts text by the rules of English. */
public final class SourceServer implements AutoCloseable {
    private static final String DATABASE = "bench";
    private static final String READER = "reader";

    /** Nothing in the background disturbs what is measured, and loading is fast. */
    private static final Map<String, String> PARAMETERS = Map.ofEntries(
            Map.entry("shared_buffers", "1GB"),
            Map.entry("maintenance_work_mem", "512MB"),
            Map.entry("jit", "off"),
            Map.entry("autovacuum", "off"),
            Map.entry("wal_level", "minimal"),
            Map.entry("max_wal_senders", "0"),
            Map.entry("max_wal_size", "16GB"),
            Map.entry("checkpoint_timeout", "1d"));

    private final PostgresServer server;
    private final String password;
    private final long postmaster;

    private SourceServer(PostgresServer server, String password, long postmaster) {
        this.server = server;
        this.password = password;
        this.postmaster = postmaster;
    }

    /** @param side the name of its data in the directory */
    public static SourceServer start(BenchDirectory directory, String side) throws IOException, SQLException {
        String password = directory.password();
        PostgresServer server = PostgresServer.start(new PostgresSettings(
                directory.side(side), directory.binaries(), FreePort.any(), password, false, PARAMETERS));
        try {
            prepare(server, password);
            return new SourceServer(server, password, postmaster(server));
        } catch (SQLException e) {
            server.close();
            throw e;
        }
    }

    /** The superuser's. */
    public Connection connect() throws SQLException {
        return server.database(DATABASE).getConnection();
    }

    /** Where it listens. */
    public int port() {
        return server.port();
    }

    /** How many statements of Parallax are running. */
    public long running() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            return one(
                    statement,
                    "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND usename = '" + READER + "'");
        }
    }

    /** The process that all of the server's others are children of. */
    public long postmaster() {
        return postmaster;
    }

    /** A data source of this server, as a request. */
    ObjectNode source(String name) {
        ObjectNode source = JsonNodeFactory.instance.objectNode();
        source.put("name", name).put("type", "pg");
        source.putObject("options")
                .put("host", PostgresServer.HOST)
                .put("port", server.port())
                .put("dbname", DATABASE)
                .put("user", READER)
                .put("password", password);
        return source;
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private static void prepare(PostgresServer server, String password) throws SQLException {
        try (Connection connection = server.database("postgres").getConnection();
                Statement statement = connection.createStatement()) {
            if (one(statement, "SELECT count(*) FROM pg_database WHERE datname = 'bench'") == 0) {
                statement.execute("CREATE DATABASE bench TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'en-US'");
            }
        }
        server.ensureRole(READER, password);
        try (Connection connection = server.database(DATABASE).getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE SCHEMA IF NOT EXISTS " + Table.SCHEMA);
            statement.execute("GRANT USAGE ON SCHEMA " + Table.SCHEMA + " TO " + READER);
            statement.execute(
                    "ALTER DEFAULT PRIVILEGES IN SCHEMA " + Table.SCHEMA + " GRANT SELECT ON TABLES TO " + READER);
        }
    }

    /** The process of a server, the parent of all its others. */
    static long postmaster(PostgresServer server) throws SQLException {
        try (Connection connection = server.database("postgres").getConnection();
                Statement statement = connection.createStatement()) {
            return one(statement, "SELECT split_part(pg_read_file('postmaster.pid'), E'\\n', 1)::bigint");
        }
    }

    private static long one(Statement statement, String query) throws SQLException {
        try (ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }
}
