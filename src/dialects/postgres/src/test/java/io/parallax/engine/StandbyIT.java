package io.parallax.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parallax.contract.Dataset;
import io.parallax.contract.DiffFailedException;
import io.parallax.contract.DiffSpec;
import io.parallax.contract.ErrorType;
import io.parallax.contract.Workspace;
import io.parallax.contract.message.TestStep;
import io.parallax.engine.session.Cancellation;
import io.parallax.engine.task.Databases;
import io.parallax.engine.task.HeldSnapshot;
import io.parallax.engine.task.Planned;
import io.parallax.engine.task.Sizing;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A source that is a standby, which replays the log of its primary. */
class StandbyIT {
    private static StandbyServers servers;

    @BeforeAll
    static void servers(@TempDir Path directory) throws IOException, SQLException {
        servers = StandbyServers.start(directory, "0");
        servers.run(
                "create table t (id int primary key, v text)",
                "insert into t select g, 'v' from generate_series(1, 2000) g",
                "analyze t");
        servers.awaitReplay();
    }

    @AfterAll
    static void stop() {
        servers.close();
    }

    private static DiffSpec spec() {
        Dataset t = new Dataset(List.of("public", "t"), null, null);
        return new DiffSpec(t, t, List.of("id"), List.of(), List.of());
    }

    @Test
    void comparesWithItsPrimary() {
        for (Sizing sizing : List.of(Sizing.DEFAULT, Diffing.TINY, Diffing.PIECES)) {
            Diffing.Outcome outcome =
                    Diffing.diff(Diffing.engine(sizing), spec(), servers.primary(), servers.standby());
            assertThat(outcome.tally().rowsWithDifferences()).isZero();
        }
    }

    @Test
    void saysThatNothingCanBeWrittenToIt() {
        assertThat(Diffing.DEFAULT.test(servers.standby(), "public", new Cancellation()))
                .filteredOn(step -> step.step().equals("temp_schema"))
                .singleElement()
                .satisfies(step -> {
                    assertThat(step.outcome()).isEqualTo(TestStep.Outcome.FAILED);
                    assertThat(step.code()).isEqualTo("Unsupported");
                    assertThat(step.message()).contains("is a standby");
                });
        Workspace workspace = new Workspace("parallax_0123456789abcdef_", "public", null, null);
        DiffSpec copying = DiffSpec.draft(spec().a(), spec().b(), List.of("id"), List.of(), List.of())
                .workspace(workspace)
                .spec();
        assertThatThrownBy(() -> Diffing.DEFAULT.plan(
                        copying,
                        new Databases(servers.standby(), servers.primary()),
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
        TestServer.assumePieces();
        servers.run("create table u as select * from t");
        // A session on the primary would keep what is to be cleaned up there.
        TestServer.run("create table u as select g as id, 'v'::text as v from generate_series(1, 2000) g");
        Dataset u = new Dataset(List.of("public", "u"), null, null);
        DiffSpec spec = new DiffSpec(u, u, List.of("id"), List.of(), List.of());
        DiffEngine engine = Diffing.engine(Diffing.PIECES);
        servers.awaitReplay();
        Planned planned = engine.plan(spec, servers.standby(), TestServer.source(), new Cancellation());
        try (HeldSnapshot held = Objects.requireNonNull(planned.hold())) {
            servers.run("delete from u", "vacuum (truncate false) u");
            StandbyServers.await(() -> !held.check());

            assertThat(held.loss().orElseThrow().failure().message())
                    .contains("recovery conflict", "hot_standby_feedback");
            assertThatThrownBy(() -> Diffing.finish(engine, planned, servers.standby(), TestServer.source()))
                    .isInstanceOfSatisfying(DiffFailedException.class, e -> {
                        assertThat(e.losesPlan()).isTrue();
                        assertThat(e.failure().message())
                                .startsWith("Side A: ")
                                .contains("recovery conflict", "hot_standby_feedback", "max_standby_streaming_delay");
                    });
        }
    }
}
