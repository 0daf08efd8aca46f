package io.parallax.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parallax.contract.Dataset;
import io.parallax.contract.DiffFailedException;
import io.parallax.contract.DiffSpec;
import io.parallax.contract.ErrorType;
import io.parallax.contract.SourceDetails;
import io.parallax.contract.Workspace;
import io.parallax.contract.message.SourceQuestion;
import io.parallax.contract.message.TestStep;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
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
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A source that is a standby, which replays the log of its primary. */
class StandbyIT {
    private static EmbeddedPostgres primary;
    private static EmbeddedPostgres standby;

    @BeforeAll
    static void servers(@TempDir Path directory) throws IOException, SQLException {
        Path origin = directory.resolve("primary");
        Path copy = directory.resolve("standby");
        primary = EmbeddedPostgres.builder()
                .setDataDirectory(origin)
                .setServerConfig("max_connections", "20")
                .setLocaleConfig("locale", "C.UTF-8")
                .start();
        on(
                primary,
                "create table t (id int primary key, v text)",
                "insert into t select g, 'v' from generate_series(1, 2000) g",
                "analyze t");
        backUp(origin, copy);
        Files.writeString(
                copy.resolve("postgresql.auto.conf"),
                "\nrestore_command = 'cp \"" + origin + "/pg_wal/%f\" \"%p\"'\nwal_retrieve_retry_interval = '50ms'\n"
                        + "max_standby_archive_delay = 0\nmax_standby_streaming_delay = 0\n",
                StandardOpenOption.APPEND);
        Files.createFile(copy.resolve("standby.signal"));
        standby = EmbeddedPostgres.builder()
                .setDataDirectory(copy)
                .setCleanDataDirectory(false)
                .setServerConfig("max_connections", "20")
                .start();
    }

    @AfterAll
    static void stop() throws IOException {
        standby.close();
        primary.close();
    }

    private static void backUp(Path origin, Path copy) throws IOException, SQLException {
        try (Connection connection = primary.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("select pg_backup_start('standby', true)");
            copy(origin, copy);
            try (ResultSet row = statement.executeQuery("select labelfile from pg_backup_stop(false)")) {
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

    private static void on(EmbeddedPostgres server, String... statements) throws SQLException {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static SourceDetails source(EmbeddedPostgres server) {
        return new SourceDetails("pg", TestServer.options().put("port", server.getPort()));
    }

    private static void await(BooleanSupplier condition) {
        Instant end = Instant.now().plus(Duration.ofSeconds(20));
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now()).isBefore(end);
            LockSupport.parkNanos(10_000_000);
        }
    }

    private static DiffSpec spec() {
        Dataset t = new Dataset(List.of("public", "t"), null, null);
        return new DiffSpec(t, t, List.of("id"), List.of(), List.of());
    }

    @Test
    void comparesWithItsPrimary() {
        for (Sizing sizing : List.of(Sizing.DEFAULT, Diffing.TINY, Diffing.PIECES)) {
            Diffing.Outcome outcome =
                    Diffing.diff(new DiffEngine(Diffing.settings(sizing)), spec(), source(primary), source(standby));
            assertThat(outcome.tally().rowsWithDifferences()).isZero();
        }
    }

    @Test
    void saysThatNothingCanBeWrittenToIt() {
        assertThat(Diffing.DEFAULT.test(source(standby), "public", new Cancellation()))
                .filteredOn(step -> step.step().equals("temp_schema"))
                .singleElement()
                .satisfies(step -> {
                    assertThat(step.outcome()).isEqualTo(TestStep.Outcome.FAILED);
                    assertThat(step.code()).isEqualTo("Unsupported");
                    assertThat(step.message()).contains("is a standby");
                });
        Workspace workspace = new Workspace("parallax_0123456789abcdef_", "public", null, null);
        DiffSpec copying = new DiffSpec(
                spec().a(),
                spec().b(),
                List.of("id"),
                List.of(),
                List.of(),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                workspace,
                null);
        assertThatThrownBy(() -> Diffing.DEFAULT.plan(
                        copying,
                        new Databases(source(standby), source(primary)),
                        null,
                        workspace.temporary(1, 1),
                        new Cancellation()))
                .isInstanceOfSatisfying(DiffFailedException.class, e -> {
                    assertThat(e.failure().type()).isEqualTo(ErrorType.UNSUPPORTED);
                    assertThat(e.failure().message()).startsWith("Side A: ").contains("is a standby");
                });
    }

    @Test
    void namesTheConflictThatASnapshotWasLostIn() throws SQLException {
        on(primary, "create table u as select * from t", "select pg_switch_wal()");
        // A session on the primary would keep what is to be cleaned up there.
        TestServer.run("create table u as select g as id, 'v'::text as v from generate_series(1, 2000) g");
        Dataset u = new Dataset(List.of("public", "u"), null, null);
        DiffSpec spec = new DiffSpec(u, u, List.of("id"), List.of(), List.of());
        DiffEngine engine = new DiffEngine(Diffing.settings(Diffing.PIECES));
        await(() -> isThere(engine, List.of("public", "u")));
        Planned planned = engine.plan(spec, source(standby), TestServer.source(), new Cancellation());
        try (Hold hold = Objects.requireNonNull(planned.hold())) {
            on(primary, "delete from u", "vacuum (truncate false) u", "select pg_switch_wal()");
            await(() -> !hold.check());

            assertThat(hold.loss().orElseThrow().failure().message())
                    .contains("recovery conflict", "hot_standby_feedback");
            assertThatThrownBy(() -> Diffing.finish(engine, planned, source(standby), TestServer.source()))
                    .isInstanceOfSatisfying(DiffFailedException.class, e -> {
                        assertThat(e.losesPlan()).isTrue();
                        assertThat(e.failure().message())
                                .startsWith("Side A: ")
                                .contains("recovery conflict", "hot_standby_feedback", "max_standby_streaming_delay");
                    });
        }
    }

    private static boolean isThere(DiffEngine engine, List<String> table) {
        try {
            engine.answer(new SourceQuestion.TableSchema(table), source(standby), new Cancellation());
            return true;
        } catch (DiffFailedException e) {
            return false;
        }
    }
}
