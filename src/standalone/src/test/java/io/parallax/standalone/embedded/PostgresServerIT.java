package io.parallax.standalone.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresServerIT {
    @TempDir
    static Path binaries;

    @TempDir
    Path directory;

    @Test
    void keepsItsDataAndEndsItsProcess() throws Exception {
        ProcessHandle postmaster;
        try (PostgresServer server = start("secret")) {
            execute(server, "create table kept as select 42 as answer");
            postmaster = postmaster();
            assertThat(postmaster.isAlive()).isTrue();
        }
        assertThat(postmaster.isAlive()).isFalse();
        try (PostgresServer server = start("secret")) {
            assertThat(one(server, "select answer::text from kept")).isEqualTo("42");
            assertThat(one(server, "show fsync")).isEqualTo("on");
            assertThat(one(server, "show synchronous_commit")).isEqualTo("on");
            assertThat(one(server, "show server_version")).startsWith(PostgresServer.MAJOR + ".");
            assertThat(one(server, "show listen_addresses")).isEqualTo(PostgresServer.HOST);
        }
    }

    @Test
    void letsNobodyInWithoutThePassword() throws Exception {
        try (PostgresServer server = start("secret")) {
            server.ensureRole("reader", "another");
            server.ensureRole("reader", "its own");
            String url = "jdbc:postgresql://127.0.0.1:" + server.port() + "/postgres";
            assertThatThrownBy(() -> DriverManager.getConnection(url, "postgres", "wrong"))
                    .isInstanceOf(SQLException.class)
                    .hasFieldOrPropertyWithValue("SQLState", "28P01");
            DriverManager.getConnection(url, "reader", "its own").close();
        }
        assertThat(Files.readString(directory.resolve("data/pg_hba.conf"))).doesNotContainPattern("(?m)^[^#]*trust");
        try (var files = Files.list(directory)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("data", "server.log", "made");
        }
    }

    @Test
    void stopsTheServerThatAKilledProcessLeftBehind() throws Exception {
        Process killed = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledStarter.class.getName(),
                        directory.toString(),
                        binaries.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("killed.log").toFile())
                .start();
        assertThat(killed.waitFor(60, TimeUnit.SECONDS)).isTrue();
        ProcessHandle left = postmaster();
        assertThat(left.isAlive()).isTrue();

        try (PostgresServer server = start("secret")) {
            assertThat(left.isAlive()).isFalse();
            assertThat(one(server, "select answer::text from kept")).isEqualTo("42");
        }
    }

    /** A process that dies without a chance to stop its server. */
    static final class KilledStarter {
        public static void main(String... arguments) throws Exception {
            PostgresServer server = PostgresServer.start(
                    new PostgresSettings(Path.of(arguments[0]), Path.of(arguments[1]), FreePort.any(), "secret", true));
            execute(server, "create table kept as select 42 as answer");
            Runtime.getRuntime().halt(1);
        }
    }

    @Test
    void startsWhenTheProcessOfTheFileIsSomethingElse() throws Exception {
        start("secret").close();
        Process stranger = new ProcessBuilder("cat").start();
        try {
            Files.write(
                    directory.resolve("data/postmaster.pid"),
                    List.of(
                            Long.toString(stranger.pid()),
                            directory.resolve("data").toString(),
                            "1",
                            "1",
                            "",
                            "",
                            ""));
            try (PostgresServer server = start("secret")) {
                assertThat(one(server, "select 1::text")).isEqualTo("1");
                assertThat(stranger.isAlive()).isTrue();
            }
        } finally {
            stranger.destroy();
            assertThat(stranger.waitFor(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void makesItsDataAnewWhenTheFirstStartWasCutOff() throws Exception {
        Files.createDirectories(directory.resolve("data/base"));
        Files.writeString(directory.resolve("data/postgresql.conf"), "");
        try (PostgresServer server = start("secret")) {
            assertThat(one(server, "select 1::text")).isEqualTo("1");
        }
    }

    @Test
    void takesParametersOfItsOwn() throws Exception {
        PostgresSettings settings =
                new PostgresSettings(directory, binaries, FreePort.any(), "secret", false, Map.of("work_mem", "7MB"));
        try (PostgresServer server = PostgresServer.start(settings)) {
            assertThat(one(server, "show work_mem")).isEqualTo("7MB");
        }
    }

    @Test
    void saysAtOnceWhyItDoesNotStart() throws Exception {
        start("secret").close();
        assertFails(Map.of("work_mem", "nonsense"), "invalid value for parameter \"work_mem\"");
        assertFails(Map.of("shared_buffers", "1000TB"), "shared_buffers");
        Files.writeString(directory.resolve("data/PG_VERSION"), "13\n");
        assertFails(Map.of(), "initialized by PostgreSQL version 13");
        Files.writeString(directory.resolve("data/PG_VERSION"), PostgresServer.MAJOR + "\n");
        start("secret").close();
    }

    private void assertFails(Map<String, String> parameters, String reason) {
        PostgresSettings settings =
                new PostgresSettings(directory, binaries, FreePort.any(), "secret", false, parameters);
        Instant before = Instant.now();
        assertThatThrownBy(() -> PostgresServer.start(settings))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("PostgreSQL did not start on port " + settings.port() + ": ")
                .hasMessageContaining(reason)
                .hasMessageNotContaining("\n")
                .hasMessageContaining("server.log");
        // It does not wait for what will never be.
        assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(20));
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void refusesAPortInUse() throws Exception {
        start("secret").close();
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName(PostgresServer.HOST))) {
            assertThatThrownBy(() -> PostgresServer.start(settings(other.getLocalPort(), "secret")))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("port " + other.getLocalPort() + " is in use");
        }
        assertThat(directory.resolve("data/postmaster.pid")).doesNotExist();
    }

    private PostgresServer start(String password) throws IOException {
        return PostgresServer.start(settings(FreePort.any(), password));
    }

    private PostgresSettings settings(int port, String password) {
        return new PostgresSettings(directory, binaries, port, password, true);
    }

    private ProcessHandle postmaster() {
        return PostmasterFile.in(directory.resolve("data")).process().orElseThrow();
    }

    private static void execute(PostgresServer server, String sql) throws SQLException {
        try (Connection connection = server.database("postgres").getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String one(PostgresServer server, String sql) throws SQLException {
        try (Connection connection = server.database("postgres").getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }
}
