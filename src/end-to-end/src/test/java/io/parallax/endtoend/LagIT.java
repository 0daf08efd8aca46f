package io.parallax.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A replica that lags behind while it is compared, and catches up before the differing keys are read again. */
@ExtendWith(InstallationExtension.class)
class LagIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    /** Too long for a test: it ends the wait itself. */
    private static final int SECONDS = 3600;

    @BeforeEach
    void tables(Installation installation) throws SQLException {
        // Several tasks of 60 000 rows of both sides.
        installation.inSource(
                """
                drop table if exists origin, replica;
                create table origin as select g as id, 'v' || g as v from generate_series(1, 100000) g;
                alter table origin add primary key (id);
                create table replica as select id::bigint, v from origin where id % 10000 <> 7;
                alter table replica add primary key (id);
                update replica set v = 'old' where id % 20000 = 9;
                insert into replica values (200001, 'deleted at the origin');
                analyze origin, replica""");
    }

    @Test
    void tellsLagFromDivergence(Installation installation) throws Exception {
        // Given
        long diff = start(installation, true);
        awaitRecheck(installation, diff);
        await("snapshots let go").atMost(PATIENCE).until(() -> inTransactions(installation) == 0);

        // When the replica catches up but for one row of each kind
        installation.inSource(
                """
                insert into replica select id, v from origin where id % 10000 = 7 and id <> 7;
                update replica set v = 'v' || id where v = 'old' and id <> 9""");
        endWait(installation, diff);
        JsonNode summary = installation.api().finished(diff, PATIENCE);

        // Then
        assertFirstRead(summary);
        assertThat(summary.path("reads"))
                .extracting(side -> side.path("consistency").asText())
                .containsExactly("snapshot", "snapshot");
        JsonNode recheck = summary.path("recheck");
        assertThat(recheck.path("after_seconds").asInt()).isEqualTo(SECONDS);
        assertThat(recheck.path("keys_rechecked").asInt()).isEqualTo(16);
        assertThat(recheck.path("keys_remaining").asInt()).isEqualTo(3);
        assertThat(recheck.path("by_kind"))
                .isEqualTo(
                        Api.object().put("exclusive1", 1).put("exclusive2", 1).put("value", 1));
        assertThat(recheck.path("complete").asBoolean()).isTrue();
        JsonNode rows =
                installation.api().get("/datadiffs/" + diff + "/results").path("results");
        assertThat(rows).hasSize(16).allSatisfy(row -> assertThat(
                        row.path("remained").asBoolean())
                .isEqualTo(List.of(7, 9, 200001)
                        .contains(row.path("key").path("id").asInt())));
    }

    @Test
    void tellsThatAllWasLag(Installation installation) throws Exception {
        long diff = start(installation, false);
        awaitRecheck(installation, diff);

        installation.inSource(
                """
                insert into replica select id, v from origin where id % 10000 = 7;
                update replica set v = 'v' || id where v = 'old';
                delete from replica where id = 200001""");
        endWait(installation, diff);
        JsonNode summary = installation.api().finished(diff, PATIENCE);

        assertFirstRead(summary);
        assertThat(summary.path("reads"))
                .extracting(side -> side.path("consistency").asText())
                .containsExactly("statements", "statements");
        assertThat(summary.path("recheck").path("keys_rechecked").asInt()).isEqualTo(16);
        assertThat(summary.path("recheck").path("keys_remaining").asInt()).isZero();
    }

    private static void assertFirstRead(JsonNode summary) {
        assertThat(summary.path("status").asText()).as(summary.toString()).isEqualTo("success");
        assertThat(summary.path("pks").path("exclusives"))
                .extracting(JsonNode::asInt)
                .containsExactly(10, 1);
        assertThat(summary.path("values").path("rows_with_differences").asInt()).isEqualTo(5);
    }

    private static long start(Installation installation, boolean inSnapshots) throws Exception {
        long source = installation.register("lag " + inSnapshots, installation.sourceOptions());
        ObjectNode body = Api.object().put("data_source1_id", source).put("data_source2_id", source);
        body.putArray("table1").add("public").add("origin");
        body.putArray("table2").add("public").add("replica");
        body.putArray("pk_columns").add("id");
        body.put("snapshot", inSnapshots).put("recheck", SECONDS);
        return installation.api().post("/datadiffs", body).path("id").asLong();
    }

    private static void awaitRecheck(Installation installation, long diff) {
        await("the first read's end").atMost(PATIENCE).until(() -> {
            try (Connection store = installation.store()) {
                return Installation.number(store, "select count(*) from diff where rechecking and id = " + diff) == 1;
            }
        });
    }

    private static void endWait(Installation installation, long diff) throws SQLException {
        try (Connection store = installation.store();
                Statement statement = store.createStatement()) {
            statement.execute("update ledger_task set not_before = now() where not_before > now() and diff = " + diff);
        }
    }

    private static long inTransactions(Installation installation) throws SQLException {
        try (Connection source = installation.source()) {
            return Installation.number(
                    source,
                    "select count(*) from pg_stat_activity where usename = '" + Installation.READER
                            + "' and state = 'idle in transaction'");
        }
    }
}
