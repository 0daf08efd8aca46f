package io.parallax.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.parallax.contract.Dataset;
import io.parallax.contract.DiffSpec;
import io.parallax.contract.SourceDetails;
import io.parallax.contract.Workspace;
import io.parallax.contract.message.SourceQuestion;
import io.parallax.engine.postgres.session.PostgresSessions;
import io.parallax.engine.session.Cancellation;
import io.parallax.engine.session.ConnectionSettings;
import io.parallax.engine.session.Sessions;
import io.parallax.engine.task.Databases;
import io.parallax.engine.task.Sizing;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A piece of work takes no more connections of a source than the ledger counts for it. */
class LimitedSourceIT {
    /** With both sides in it, and one that looks. */
    private static final int BOTH = 3;

    private final DiffEngine engine = Diffing.engine(Sizing.DEFAULT);

    @BeforeEach
    void tables() {
        TestServer.run(
                "drop schema if exists narrow cascade",
                "do $$ begin if not exists (select from pg_roles where rolname = 'narrow') then"
                        + " create role narrow login; end if; end $$",
                "create schema narrow authorization narrow",
                "create table narrow.t as select g as id, g % 7 as v from generate_series(1, 50) g",
                "alter table narrow.t owner to narrow");
    }

    private static SourceDetails narrow(int most) {
        return new SourceDetails("pg", TestServer.options().put("user", "narrow"), most);
    }

    /** Takes longer than it takes until the first look. */
    private static Dataset slow() {
        return new Dataset(null, "select t.id, t.v from narrow.t t where t.id <> 1 or pg_sleep(0.7) is not null", null);
    }

    private static DiffSpec spec(Workspace workspace) {
        return DiffSpec.draft(slow(), slow(), List.of("id"), List.of(), List.of())
                .workspace(workspace)
                .spec();
    }

    @Test
    void readsBothSides() {
        assertThat(most(() -> engine.plan(spec(null), narrow(BOTH), narrow(BOTH), new Cancellation())))
                .isBetween(2, BOTH);
    }

    @Test
    void copiesAndWrites() {
        Workspace workspace =
                new Workspace("parallax_00000000c01a9a78_", "narrow", "narrow", new Workspace.Results("narrow", true));
        Databases databases = new Databases(narrow(BOTH + 1), narrow(BOTH + 1), narrow(BOTH + 1));
        assertThat(most(() -> engine.plan(
                        spec(workspace), databases, null, "parallax_00000000c01a9a78_tmp_", new Cancellation())))
                .isBetween(2, BOTH + 1);
        assertThat(most(() -> engine.dropTables(narrow(2), "narrow", "parallax_00000000c01a9a78_", new Cancellation())))
                .isLessThanOrEqualTo(2);
    }

    @Test
    void answers() {
        SourceQuestion question =
                new SourceQuestion.Query("select id, pg_sleep(0.05)::text as s from narrow.t", 40, null);
        assertThat(most(() -> engine.answer(question, narrow(2), new Cancellation())))
                .isBetween(1, 2);
        assertThat(most(() -> engine.answer(question, narrow(1), new Cancellation())))
                .isEqualTo(1);
    }

    @Test
    void isTried() {
        assertThat(most(() -> assertThat(engine.test(narrow(1), "narrow", new Cancellation()))
                        .allMatch(step -> step.code().equals("ok"))))
                .isLessThanOrEqualTo(1);
    }

    /** The source counts it until it has ended it, and has room for one only. */
    @Test
    void meetsNothingOfTheLastConnection() throws SQLException {
        TestServer.awaitOne("select count(*) from pg_stat_activity where usename = 'narrow'", 0);
        Sessions sessions = new PostgresSessions(ConnectionSettings.DEFAULT);
        try (Connection connection = TestServer.connect();
                Statement statement = connection.createStatement()) {
            for (int round = 0; round < 30; round++) {
                sessions.open(narrow(1), new Cancellation()).close();
                try (ResultSet rows =
                        statement.executeQuery("select count(*) from pg_stat_activity where usename = 'narrow'")) {
                    rows.next();
                    assertThat(rows.getInt(1)).isZero();
                }
            }
        }
    }

    /** The most connections that there were at one time. */
    private static int most(Runnable work) {
        TestServer.awaitOne("select count(*) from pg_stat_activity where usename = 'narrow'", 0);
        CompletableFuture<Void> done = CompletableFuture.runAsync(work);
        int most = 0;
        try (Connection connection = TestServer.connect();
                Statement statement = connection.createStatement()) {
            while (!done.isDone()) {
                try (ResultSet rows =
                        statement.executeQuery("select count(*) from pg_stat_activity where usename = 'narrow'")) {
                    rows.next();
                    most = Math.max(most, rows.getInt(1));
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        done.join();
        return most;
    }
}
