package io.parallax.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A diff whose tasks stand still on both workers, and others who want to change the table and to read it. */
@ExtendWith(InstallationExtension.class)
class DistributedGivingWayIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Of statements that would be held up for as long as the gate is shut. */
    private static final String OTHERS_PATIENCE = "set statement_timeout to '6s'";

    /** Buckets of 1000 rows of either side in a task. */
    private static final int BUCKETS = 2;

    /** What one worker does at a time. */
    private static final int SLOTS = 2;

    private static long source;

    /** Its login sees what others run. */
    @BeforeAll
    static void login(Installation installation) throws Exception {
        String password = UUID.randomUUID().toString();
        installation.inSource("create role waited_reader login in role pg_monitor password '" + password + "'");
        installation.inSource("grant connect on database shop to waited_reader");
        source = installation.register(
                "waited",
                installation.sourceOptions().put("user", "waited_reader").put("password", password));
    }

    /** A task stands still while the gate is shut; whoever waits for it looks at it by itself, whatever its snapshot. */
    @BeforeEach
    void tables(Installation installation) throws SQLException {
        installation.inSource(
                """
                drop schema if exists waited cascade;
                create schema waited;
                create sequence waited.gate minvalue 0;
                create function waited.passes(id int) returns boolean language plpgsql volatile as $$
                begin
                  while id % 1000 = 7 and (select last_value = 1 from waited.gate) loop
                    perform pg_sleep(0.05);
                  end loop;
                  return true;
                end $$;
                create table waited.a as select g as id, g % 97 as v from generate_series(1, 100000) g;
                alter table waited.a add primary key (id);
                create table waited.b as select id, v from waited.a where id % 10000 <> 3;
                alter table waited.b add primary key (id);
                update waited.b set v = -1 where id % 20000 = 9;
                analyze waited.a, waited.b;
                grant usage on schema waited to waited_reader;
                grant select on all tables in schema waited to waited_reader;
                grant select on all sequences in schema waited to waited_reader;
                select setval('waited.gate', 0)""");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void startsOverAndCountsRight(boolean inSnapshots, Installation installation) throws Exception {
        long diff = start(installation, inSnapshots);
        awaitBothAtWork(installation, diff);

        assertNobodyWaitsLong(installation, "alter table waited.a add column more int");
        installation.inSource("select setval('waited.gate', 0)");
        JsonNode summary = installation.api().finished(diff, PATIENCE);

        assertThat(summary.path("status").asText()).as(summary.toString()).isEqualTo("success");
        assertThat(summary.path("pks").path("exclusives"))
                .extracting(JsonNode::asInt)
                .containsExactly(10, 0);
        assertThat(summary.path("values").path("rows_with_differences").asInt()).isEqualTo(5);
        assertThat(gaveWay(installation, diff)).isPositive();
        awaitNothingLeft(installation);
    }

    @Test
    void failsInTheEndAndNamesWhoWaited(Installation installation) throws Exception {
        long diff = start(installation, true);
        awaitBothAtWork(installation, diff);
        // What was begun for one plan may still be ending when the next statement comes.
        for (int time = 1; awaitStandstillOrEnd(installation, diff, 1); time++) {
            assertThat(time).isLessThan(20);
            assertNobodyWaitsLong(installation, "alter table waited.a add column more" + time + " int");
        }
        JsonNode error = installation.api().finished(diff, PATIENCE).path("error");

        assertThat(error.path("error_type").asText()).isEqualTo("Timeout");
        assertThat(error.path("is_retryable").asBoolean()).isTrue();
        assertThat(error.path("error_value").asText())
                .contains("alter table waited.a add column more", "AccessExclusiveLock on waited.a");
        assertThat(gaveWay(installation, diff)).isEqualTo(3);
        awaitNothingLeft(installation);
    }

    private static long start(Installation installation, boolean inSnapshots) throws Exception {
        ObjectNode body = Api.object().put("data_source1_id", source).put("data_source2_id", source);
        body.putArray("table1").add("waited").add("a");
        body.putArray("table2").add("waited").add("b");
        body.putArray("pk_columns").add("id");
        body.putArray("include_columns").add("v");
        body.put("filter1", "waited.passes(id)")
                .put("bisection_factor", BUCKETS)
                .put("snapshot", inSnapshots);
        return installation.api().post("/datadiffs", body).path("id").asLong();
    }

    /** Once there is a plan the gate is shut, and then more tasks stand still than one worker has slots for. */
    private static void awaitBothAtWork(Installation installation, long diff) throws SQLException {
        try (Connection store = installation.store();
                Connection source = installation.source();
                Statement statement = source.createStatement()) {
            await("a plan")
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> Installation.number(
                                    store, "select count(*) from ledger_task where stage > 0 and diff = " + diff)
                            > 0);
            statement.execute("select setval('waited.gate', 1)");
        }
        assertThat(awaitStandstillOrEnd(installation, diff, SLOTS + 1)).isTrue();
    }

    /** Whether so many tasks stand still; false when the diff is over. */
    private static boolean awaitStandstillOrEnd(Installation installation, long diff, int least) {
        return await("work at a gate that is shut")
                        .atMost(PATIENCE)
                        .pollInterval(Duration.ofMillis(50))
                        .until(() -> standing(installation, diff), standing -> standing < 0 || standing >= least)
                > 0;
    }

    /** How many tasks stand still; negative when the diff is over. */
    private static long standing(Installation installation, long diff) throws Exception {
        return Api.isOver(installation.api().get("/datadiffs/" + diff + "/summary_results"))
                ? -1
                : inSource(
                        installation,
                        "select count(*) from pg_stat_activity where wait_event = 'PgSleep'"
                                + " and application_name = 'parallax diff " + diff + "'");
    }

    /** Neither who changes the table, nor who wants to read it and is behind that. */
    private static void assertNobodyWaitsLong(Installation installation, String ddl) throws Exception {
        CompletableFuture<Void> changed = CompletableFuture.runAsync(() -> patiently(installation, ddl));
        await("somebody who waits")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> changed.isDone()
                        || inSource(
                                        installation,
                                        "select count(*) from pg_locks where not granted and mode = 'AccessExclusiveLock'")
                                > 0);
        patiently(installation, "select count(*) from waited.a");
        changed.join();
    }

    private static void patiently(Installation installation, String sql) {
        try (Connection connection = installation.source();
                Statement statement = connection.createStatement()) {
            statement.execute(OTHERS_PATIENCE);
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    private static void awaitNothingLeft(Installation installation) {
        await("all let go")
                .atMost(PATIENCE)
                .until(() -> inSource(
                                installation,
                                "select count(*) from pg_stat_activity where usename = 'waited_reader' and state <> 'idle'")
                        == 0);
    }

    private static long gaveWay(Installation installation, long diff) throws SQLException {
        try (Connection store = installation.store()) {
            return Installation.number(store, "select gave_way from diff where id = " + diff);
        }
    }

    private static long inSource(Installation installation, String query) throws SQLException {
        try (Connection connection = installation.source()) {
            return Installation.number(connection, query);
        }
    }
}
