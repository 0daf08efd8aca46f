package io.parallax.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.parallax.contract.Dataset;
import io.parallax.contract.DiffFailedException;
import io.parallax.contract.DiffSpec;
import io.parallax.contract.ErrorType;
import io.parallax.contract.SourceDetails;
import io.parallax.engine.session.Cancellation;
import io.parallax.engine.task.HeldSnapshot;
import io.parallax.engine.task.Planned;
import io.parallax.engine.task.Sizing;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** On a standby that would wait for its readers for ever: neither replay nor those who wait behind it have to. */
class GivingWayOnStandbyIT {
    /** Of statements that our diffs would hold up for minutes. */
    private static final String PATIENCE = "set statement_timeout to '6s'";

    private static final String SLEEPING =
            "exists (select from pg_stat_activity where application_name = 'engine-test' and wait_event = 'PgSleep')";

    private static final String REPLAY_WAITS_FOR_A_LOCK =
            """
            exists (select from pg_locks l join pg_stat_activity a using (pid)
            where not l.granted and l.mode = 'AccessExclusiveLock' and a.backend_type = 'startup')""";

    private static final String REPLAY_WAITS_FOR_A_SNAPSHOT =
            "exists (select from pg_stat_activity where wait_event = 'RecoveryConflictSnapshot')";

    private static final Sizing AT_ONCE = new Sizing(10_000, 16, 3, 20, 3, 20, 30, Sizing.Approach.MEASURED);
    private static final Sizing PIECES = new Sizing(0, 600, 1000, 20, 3, 300, 1_000_000, Sizing.Approach.PIECES);

    private static StandbyServers servers;

    @BeforeAll
    static void servers(@TempDir Path directory) throws IOException, SQLException {
        servers = StandbyServers.start(directory, "-1");
        servers.run("create role standing_reader login");
    }

    @AfterAll
    static void stop() {
        servers.close();
    }

    @BeforeEach
    void tables() throws SQLException {
        servers.run(
                "drop schema if exists standing cascade",
                "create schema standing",
                """
                create function standing.slow() returns boolean language plpgsql volatile as
                $$ begin perform pg_sleep(0.05); return true; end $$""",
                "create table standing.b as select g as id, g % 7 as v from generate_series(1, 3000) g",
                "alter table standing.b add primary key (id)",
                "create table standing.other as table standing.b",
                "create table standing.t as table standing.b",
                "alter table standing.t add primary key (id)",
                "create materialized view standing.kept as select * from standing.b",
                "grant usage on schema standing to standing_reader",
                "grant select on all tables in schema standing to standing_reader",
                "analyze standing.t, standing.b, standing.kept");
        servers.awaitReplay();
    }

    private static DiffSpec spec(String table, @Nullable String filter) {
        return new DiffSpec(
                new Dataset(List.of("standing", table), null, filter),
                new Dataset(List.of("standing", "b"), null, null),
                List.of("id"),
                List.of("v"),
                List.of());
    }

    private static Planned plan(Sizing sizing, DiffSpec spec, SourceDetails source) {
        return Diffing.engine(sizing).plan(spec, source, source, new Cancellation());
    }

    /** Of a diff that reads on the standby meanwhile. */
    private static DiffFailedException failure(SourceDetails source, String table, Conflict conflict) throws Exception {
        CompletableFuture<Planned> ours =
                CompletableFuture.supplyAsync(() -> plan(AT_ONCE, spec(table, "standing.slow()"), source));
        servers.awaitOnStandby(SLEEPING);
        conflict.assertIsOverSoon();
        try {
            ours.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof DiffFailedException failure) {
                assertThat(failure.givesWay()).isTrue();
                assertThat(failure.losesPlan()).isTrue();
                assertThat(failure.failure().type()).isEqualTo(ErrorType.TIMEOUT);
                return failure;
            }
            throw e;
        }
        throw new AssertionError("it did not give way");
    }

    /** Something on the primary that replay cannot get past while somebody reads on the standby. */
    private interface Conflict {
        void assertIsOverSoon() throws Exception;
    }

    /** Who reads the table waits behind replay, and replay for the diff. */
    private static Conflict lock(String sql, String table) {
        return () -> {
            servers.run(sql);
            awaitWaitOrReplay(REPLAY_WAITS_FOR_A_LOCK);
            assertIsRead(table);
            servers.awaitReplay();
        };
    }

    /** Who reads another table waits behind replay's lock on it, and replay for the diff's snapshot. */
    private static Conflict snapshot() {
        return () -> {
            try (Connection connection = servers.connectToPrimary();
                    Statement statement = connection.createStatement()) {
                servers.run("delete from standing.t where id < 100");
                connection.setAutoCommit(false);
                statement.execute("lock table standing.other in access exclusive mode");
                servers.run("vacuum (truncate false) standing.t");
                awaitWaitOrReplay(REPLAY_WAITS_FOR_A_SNAPSHOT);
                connection.commit();
            }
            assertIsRead("other");
            servers.awaitReplay();
        };
    }

    /** The wait may be over before it is seen. */
    private static void awaitWaitOrReplay(String wait) throws SQLException {
        String position = servers.written();
        StandbyServers.await(() -> servers.isOnStandby(wait) || servers.hasReplayed(position));
    }

    private static void assertIsRead(String table) throws SQLException {
        try (Connection connection = servers.connectToStandby();
                Statement statement = connection.createStatement()) {
            statement.execute(PATIENCE);
            statement.execute("select count(*) from standing." + table);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "alter table standing.t add column more int",
                "truncate standing.t",
                "vacuum full standing.t",
                "reindex table standing.t",
                "cluster standing.t using t_pkey",
                "begin; drop table standing.t; create table standing.t (id int); commit"
            })
    void letsReplayThrough(String sql) throws Exception {
        // The primary may have cleaned up its catalogs as well, which replay comes to first.
        assertThat(failure(servers.standby(), "t", lock(sql, "t")).failure().message())
                .contains("its standby's replay")
                .containsPattern("AccessExclusiveLock on standing[.]t|RecoveryConflictSnapshot");
    }

    @Test
    void letsTheReplayOfARefreshThrough() throws Exception {
        failure(servers.standby(), "kept", lock("refresh materialized view standing.kept", "kept"));
    }

    /** Locks are in lists that all logins may read. */
    @Test
    void letsReplayThroughThatItMayNotSee() throws Exception {
        failure(servers.standby("standing_reader"), "t", lock("truncate standing.t", "t"));
    }

    @Test
    void letsGoOfASnapshotThatReplayWaitsFor() throws Exception {
        assertThat(failure(servers.standby(), "t", snapshot()).failure().message())
                .contains("its standby's replay", "RecoveryConflictSnapshot", "hot_standby_feedback");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void letsGoOfASnapshotThatIsHeldForOthers(boolean locked) throws Exception {
        TestServer.assumePieces();
        Planned planned = plan(PIECES, spec("t", null), servers.standby());
        try (HeldSnapshot held = Objects.requireNonNull(planned.hold())) {
            (locked ? lock("truncate standing.t", "t") : snapshot()).assertIsOverSoon();

            assertThat(held.check()).isFalse();
            assertThat(held.loss())
                    .hasValueSatisfying(loss -> assertThat(loss.givesWay()).isTrue());
        }
    }
}
