package io.parallax.engine;

import io.parallax.contract.SourceDetails;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** A primary, and a standby that replays what it streams. */
final class StandbyServers implements AutoCloseable {
    private static final int FIRST_NAMED_BACKUP = 15;

    private final EmbeddedPostgres primary;
    private final EmbeddedPostgres standby;

    private StandbyServers(EmbeddedPostgres primary, EmbeddedPostgres standby) {
        this.primary = primary;
        this.standby = standby;
    }

    /** {@code most}: how long a session of the standby may stand in replay's way, as its settings say it. */
    static StandbyServers start(Path directory, String most) throws IOException, SQLException {
        Path origin = directory.resolve("primary");
        Path copy = directory.resolve("standby");
        EmbeddedPostgres primary = EmbeddedPostgres.builder()
                .setDataDirectory(origin)
                .setServerConfig("max_connections", "40")
                .setServerConfig("synchronous_commit", "on")
                .setLocaleConfig("locale", "C.UTF-8")
                .start();
        try {
            backUp(primary, origin, copy);
            Files.writeString(
                    copy.resolve("postgresql.auto.conf"),
                    ("\nrestore_command = 'cp \"%s/pg_wal/%%f\" \"%%p\"'\nwal_retrieve_retry_interval = '50ms'\n"
                                    + "primary_conninfo = 'host=127.0.0.1 port=%d user=postgres'\n"
                                    + "max_standby_archive_delay = %s\nmax_standby_streaming_delay = %s\n")
                            .formatted(origin, primary.getPort(), most, most),
                    StandardOpenOption.APPEND);
            Files.createFile(copy.resolve("standby.signal"));
            return new StandbyServers(
                    primary,
                    EmbeddedPostgres.builder()
                            .setDataDirectory(copy)
                            .setCleanDataDirectory(false)
                            .setServerConfig("max_connections", "40")
                            .start());
        } catch (IOException | SQLException | RuntimeException e) {
            primary.close();
            throw e;
        }
    }

    private static void backUp(EmbeddedPostgres primary, Path origin, Path copy) throws IOException, SQLException {
        try (Connection connection = primary.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            boolean named = connection.getMetaData().getDatabaseMajorVersion() >= FIRST_NAMED_BACKUP;
            statement.execute(
                    named
                            ? "select pg_backup_start('standby', true)"
                            : "select pg_start_backup('standby', true, false)");
            copy(origin, copy);
            try (ResultSet row = statement.executeQuery(
                    "select labelfile from " + (named ? "pg_backup_stop" : "pg_stop_backup") + "(false)")) {
                row.next();
                Files.writeString(copy.resolve("backup_label"), row.getString(1));
            }
            statement.execute("select pg_switch_wal()");
        }
    }

    private static void copy(Path origin, Path copy) throws IOException {
        try (Stream<Path> files = Files.walk(origin)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Path target = copy.resolve(origin.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                    Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwx------"));
                } else if (!file.getFileName().toString().startsWith("postmaster")) {
                    Files.copy(file, target);
                }
            }
        }
    }

    SourceDetails primary() {
        return source(primary, "postgres");
    }

    SourceDetails standby() {
        return standby("postgres");
    }

    SourceDetails standby(String user) {
        return source(standby, user);
    }

    private static SourceDetails source(EmbeddedPostgres server, String user) {
        return new SourceDetails(
                "pg", TestServer.options().put("port", server.getPort()).put("user", user));
    }

    Connection connectToPrimary() throws SQLException {
        return primary.getPostgresDatabase().getConnection();
    }

    Connection connectToStandby() throws SQLException {
        return standby.getPostgresDatabase().getConnection();
    }

    /** On the primary; the standby has been sent all of it. */
    void run(String... statements) throws SQLException {
        try (Connection connection = connectToPrimary();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
            statement.execute("select pg_switch_wal()");
        }
    }

    /** The primary's last word, to be compared with what is replayed. */
    String written() throws SQLException {
        try (Connection connection = connectToPrimary()) {
            return one(connection, "select pg_current_wal_lsn()::text");
        }
    }

    boolean hasReplayed(String position) {
        return isOnStandby("pg_last_wal_replay_lsn() >= '" + position + "'::pg_lsn");
    }

    void awaitReplay() throws SQLException {
        String position = written();
        await(() -> hasReplayed(position));
    }

    void awaitOnStandby(String condition) {
        await(() -> isOnStandby(condition));
    }

    boolean isOnStandby(String condition) {
        try (Connection connection = connectToStandby()) {
            return one(connection, "select (" + condition + ")::text").equals("true");
        } catch (SQLException e) {
            throw new IllegalStateException(condition, e);
        }
    }

    private static String one(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }

    static void await(BooleanSupplier condition) {
        Instant end = Instant.now().plus(Duration.ofSeconds(20));
        while (!condition.getAsBoolean()) {
            if (Instant.now().isAfter(end)) {
                throw new IllegalStateException("it never came about");
            }
            LockSupport.parkNanos(10_000_000);
        }
    }

    @Override
    public void close() {
        try {
            standby.close();
            primary.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
