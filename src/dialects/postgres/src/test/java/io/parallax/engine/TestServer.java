package io.parallax.engine;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parallax.contract.SourceDetails;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;

/** One real PostgreSQL for all tests of this JVM. */
public final class TestServer {
    private static final EmbeddedPostgres SERVER = start();

    private TestServer() {}

    private static EmbeddedPostgres start() {
        try {
            EmbeddedPostgres server = EmbeddedPostgres.builder()
                    .setServerConfig("max_connections", "50")
                    .setServerConfig("password_encryption", "scram-sha-256")
                    .setLocaleConfig("locale", "C.UTF-8")
                    .setLocaleConfig("encoding", "UTF8")
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                try {
                    server.close();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }));
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static ObjectNode options() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("host", "127.0.0.1")
                .put("port", SERVER.getPort())
                .put("user", "postgres")
                .put("password", "secret")
                .put("dbname", "postgres");
    }

    public static SourceDetails source() {
        return new SourceDetails("pg", options());
    }

    public static Connection connect() throws SQLException {
        return SERVER.getPostgresDatabase().getConnection();
    }

    public static Connection connect(String database) throws SQLException {
        return SERVER.getDatabase("postgres", database).getConnection();
    }

    public static void run(String... statements) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    public static void runIn(String database, String... statements) {
        try (Connection connection = SERVER.getDatabase("postgres", database).getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    public static String one(String query) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The first part of its version: 18, say. */
    public static int version() {
        return Integer.parseInt(one("select current_setting('server_version_num')::int / 10000"));
    }

    /** Version 13 cannot scan a range of rows' places. */
    public static void assumePieces() {
        assumeTrue(version() >= 14);
    }

    /** Waits until the query answers with the number. */
    public static void awaitOne(String query, long number) {
        Instant end = Instant.now().plusSeconds(20);
        while (!one(query).equals(String.valueOf(number))) {
            if (Instant.now().isAfter(end)) {
                throw new IllegalStateException("never " + number + ": " + query);
            }
            LockSupport.parkNanos(10_000_000);
        }
    }

    /** Others than that role are let in without one. */
    public static void requirePassword(String role) {
        Path hba = Path.of(one("show hba_file"));
        try {
            String line = "host all " + role + " all scram-sha-256\n";
            String old = Files.readString(hba);
            if (!old.startsWith(line)) {
                Files.writeString(hba, line + old);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        run("select pg_reload_conf()");
    }
}
