package io.parallax.standalone.demo;

import io.parallax.standalone.embedded.PostgresServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;

/** The tables that the demo compares, in their own database of the embedded PostgreSQL. */
public final class DemoTables {
    public static final String DATABASE = "demo";

    /** May read the demo's tables, and nothing else. */
    public static final String ROLE = "demo";

    private static final List<String> GRANTS = List.of(
            "grant connect on database demo to demo",
            "grant usage on schema production, replica to demo",
            "grant select on all tables in schema production, replica to demo");

    private DemoTables() {}

    /** Makes the database, the tables and the role that reads them, unless they are there. */
    public static void ensure(PostgresServer server, String rolePassword) throws SQLException {
        server.ensureDatabase(DATABASE, PostgresServer.SUPERUSER);
        server.ensureRole(ROLE, rolePassword);
        try (Connection connection = server.database(DATABASE).getConnection()) {
            connection.setAutoCommit(false);
            if (!made(connection)) {
                make(connection);
            }
            connection.commit();
        }
    }

    private static boolean made(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select to_regclass('replica.customers') is not null")) {
            return row.next() && row.getBoolean(1);
        }
    }

    private static void make(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(script());
            for (String grant : GRANTS) {
                statement.execute(grant);
            }
            statement.execute("analyze");
        }
    }

    private static String script() {
        try (InputStream script = Objects.requireNonNull(DemoTables.class.getResourceAsStream("tables.sql"))) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
