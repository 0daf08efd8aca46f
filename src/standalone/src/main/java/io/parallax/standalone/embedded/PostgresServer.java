package io.parallax.standalone.embedded;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;

/** A PostgreSQL of our own on a loopback port; every connection needs a password. */
public final class PostgresServer implements AutoCloseable {
    /** The major version of the bundled server; its data is of no use to another. */
    public static final int MAJOR = 18;

    public static final String HOST = "127.0.0.1";
    public static final String SUPERUSER = "postgres";

    private static final Duration START = Duration.ofSeconds(30);
    private static final Duration STOP = Duration.ofSeconds(30);

    private final PostgresSettings settings;
    private final EmbeddedPostgres server;
    private final Optional<ProcessHandle> postmaster;

    private PostgresServer(PostgresSettings settings, EmbeddedPostgres server) {
        this.settings = settings;
        this.server = server;
        this.postmaster = PostmasterFile.in(settings.data()).process();
    }

    /**
     * A server on this directory's data, made first when there is none.
     *
     * <p>Nobody else may use the directory meanwhile. A server that a killed process left behind there is stopped.
     *
     * @throws IOException when it does not start; nothing is left running then
     */
    public static PostgresServer start(PostgresSettings settings) throws IOException {
        Files.createDirectories(settings.directory());
        StartLog log = StartLog.of(settings.log());
        PostmasterFile.in(settings.data()).stopOrphan();
        if (!Files.exists(settings.made())) {
            Directories.delete(settings.data());
        }
        PostgresServer server = new PostgresServer(settings, launch(settings));
        try {
            server.refuseForeign();
            Files.writeString(settings.made(), MAJOR + "\n");
            return server;
        } catch (SQLException | IOException | RuntimeException e) {
            server.close();
            throw new IOException(failure(settings, log), e);
        }
    }

    /** Stops a server that a killed process left behind on the directory. */
    public static void stopLeftOver(Path directory) throws IOException {
        PostmasterFile.in(PostgresSettings.data(directory)).stopOrphan();
    }

    public int port() {
        return settings.port();
    }

    /** The superuser's view of a database. */
    public DataSource database(String name) {
        return server.getDatabase(SUPERUSER, name);
    }

    /** Makes the database, unless it is there; nobody but its owner may connect until told otherwise. */
    public void ensureDatabase(String name, String owner) throws SQLException {
        try (Connection connection = database("postgres").getConnection();
                Statement statement = connection.createStatement()) {
            if (!exists(statement, "select from pg_database where datname = " + literal(name))) {
                statement.execute("create database " + identifier(name) + " owner " + identifier(owner));
                statement.execute("revoke all on database " + identifier(name) + " from public");
            }
        }
    }

    /** Makes the role, able to log in and nothing else, unless it is there; the password becomes this one. */
    public void ensureRole(String name, String password) throws SQLException {
        try (Connection connection = database("postgres").getConnection();
                Statement statement = connection.createStatement()) {
            if (!exists(statement, "select from pg_roles where rolname = " + literal(name))) {
                statement.execute("create role " + identifier(name) + " login");
            }
            statement.execute("alter role " + identifier(name) + " password " + literal(password));
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        if (postmaster.isPresent()) {
            awaitEnd(postmaster.get());
        }
    }

    static String identifier(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    private static EmbeddedPostgres launch(PostgresSettings settings) throws IOException {
        if (!FreePort.isFree(InetAddress.getByName(HOST), settings.port())) {
            throw new IOException("PostgreSQL did not start: port " + settings.port() + " is in use.");
        }
        Path passwordFile = passwordFile(settings);
        StartLog log = StartLog.of(settings.log());
        try {
            return launch(builder(settings, passwordFile), log);
        } catch (IOException | IllegalStateException e) {
            PostmasterFile.in(settings.data()).stopOrphan();
            throw new IOException(failure(settings, log), e);
        } finally {
            Files.deleteIfExists(passwordFile);
        }
    }

    /** The library waits for the end of its patience for a server that has given up. */
    private static EmbeddedPostgres launch(EmbeddedPostgres.Builder builder, StartLog log) throws IOException {
        StartLog.Watch watch = log.watch(Thread.currentThread());
        EmbeddedPostgres started;
        try {
            started = builder.start();
        } finally {
            watch.close();
        }
        if (watch.failed()) {
            started.close();
            throw new IOException("it has given up");
        }
        return started;
    }

    private static EmbeddedPostgres.Builder builder(PostgresSettings settings, Path passwordFile) {
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setDataDirectory(settings.data())
                .setCleanDataDirectory(false)
                .setOverrideWorkingDirectory(settings.binaries().toFile())
                .setRegisterShutdownHook(false)
                .setPort(settings.port())
                .setPGStartupWait(START)
                .setErrorRedirector(
                        ProcessBuilder.Redirect.appendTo(settings.log().toFile()))
                .setOutputRedirector(
                        ProcessBuilder.Redirect.appendTo(settings.log().toFile()))
                .setConnectConfig("password", settings.password())
                // These follow initdb's own "-A trust", and the last one counts.
                .setLocaleConfig("auth", "scram-sha-256")
                .setLocaleConfig("pwfile", passwordFile.toString())
                // The same order of text on every machine, whatever locales it has.
                .setLocaleConfig("locale", "C")
                .setLocaleConfig("locale-provider", "builtin")
                .setLocaleConfig("builtin-locale", "C.UTF-8")
                .setServerConfig("listen_addresses", HOST)
                // A socket file in /tmp would be a second door, and could collide with another server's.
                .setServerConfig("unix_socket_directories", "")
                .setServerConfig("max_connections", "100");
        if (settings.durable()) {
            durable(builder);
        }
        settings.parameters().forEach(builder::setServerConfig);
        return builder;
    }

    /** The library starts its servers with {@code -F}; a later setting wins. */
    private static void durable(EmbeddedPostgres.Builder builder) {
        builder.setServerConfig("fsync", "on").setServerConfig("synchronous_commit", "on");
    }

    private static Path passwordFile(PostgresSettings settings) throws IOException {
        Path file = Files.createTempFile(
                settings.directory(),
                "initdb",
                ".tmp",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return Files.writeString(file, settings.password());
    }

    /** Whoever answers on the port must be the server of our data: another one may have taken the port first. */
    private void refuseForeign() throws SQLException, IOException {
        try (Connection connection = database("postgres").getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("show data_directory")) {
            if (!row.next() || !Files.isSameFile(Path.of(row.getString(1)), settings.data())) {
                throw new IOException("another PostgreSQL answers on port " + settings.port());
            }
        }
    }

    private static boolean exists(Statement statement, String query) throws SQLException {
        try (ResultSet rows = statement.executeQuery(query)) {
            return rows.next();
        }
    }

    private static void awaitEnd(ProcessHandle process) throws IOException {
        try {
            process.onExit().get(STOP.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            // What it had promised to keep is in its log on disk; the next start replays it.
            process.destroyForcibly();
        } catch (ExecutionException e) {
            throw new IOException("PostgreSQL, process " + process.pid() + ", cannot be watched", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String failure(PostgresSettings settings, StartLog log) {
        String reason = log.reason();
        return "PostgreSQL did not start on port " + settings.port() + (reason.isEmpty() ? "" : ": " + reason)
                + " Its log is " + settings.log() + ".";
    }
}
