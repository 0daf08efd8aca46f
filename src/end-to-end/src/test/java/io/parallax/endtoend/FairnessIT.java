package io.parallax.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Diffs of one source take their time, however long those of another one take, and however many there are. */
@ExtendWith(InstallationExtension.class)
class FairnessIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Duration MORE = Duration.ofSeconds(1);
    private static final int RUNS = 5;

    /** Those in front of it would take minutes, each by itself. */
    private static final int DIFFS = 100;

    /** Each task of a large diff takes a minute by such a link, and there are more than workers have places for. */
    private static final int BYTES_PER_SECOND = 100_000;

    private static final int LARGE_DIFFS = 12;
    private static final int PLACES = 4;

    private static long source;

    @BeforeAll
    static void tables(Installation installation) throws Exception {
        // The small ones are too large to be compared while they are planned.
        installation.inSource(
                """
                drop table if exists small_a, small_b, large_a, large_b;
                create table small_a as select g as id, 'v' || g as v from generate_series(1, 40000) g;
                create table small_b as select id, case when id % 1000 = 7 then 'other' else v end as v from small_a;
                create table large_a as select g as id, repeat('a' || g, 10) as v from generate_series(1, 500000) g;
                create table large_b as select id, repeat('b' || id, 10) as v from large_a;
                alter table small_a add primary key (id);
                alter table small_b add primary key (id);
                alter table large_a add primary key (id);
                alter table large_b add primary key (id);
                analyze small_a, small_b, large_a, large_b""");
        source = installation.register("answers soon", installation.sourceOptions());
        timeSmall(installation);
    }

    @Test
    void aSourceThatNeverAnswersIsInNobodysWay(Installation installation) throws Exception {
        try (SlowWire silent = SlowWire.silent()) {
            // Given
            Duration alone = alone(installation);
            long silentSource = registered(installation, "never answers", silent);

            // When
            long started = System.nanoTime();
            List<Long> diffs = start(installation, silentSource, "large", DIFFS);
            List<Duration> beside = timeSmallOnes(installation);

            // Then
            assertThat(Collections.max(beside)).isLessThan(most(alone));
            for (long diff : diffs) {
                JsonNode error = installation.api().finished(diff, PATIENCE).path("error");
                assertThat(error.path("error_type").asText()).isEqualTo("SourceUnreachable");
                assertThat(error.path("is_retryable").asBoolean()).isTrue();
            }
            // One by one they would take four minutes.
            assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(40));
            assertThat(silent.clients()).isBetween(1, 8);
        }
    }

    @Test
    void aSlowLinkIsInNobodysWay(Installation installation) throws Exception {
        int port = installation.sourceOptions().path("port").asInt();
        try (SlowWire slow = SlowWire.to(port, BYTES_PER_SECOND)) {
            // Given
            Duration alone = alone(installation);
            List<Long> diffs = start(installation, registered(installation, "far away", slow), "large", LARGE_DIFFS);
            try {
                await("all places taken").atMost(PATIENCE).until(() -> inHand(installation, diffs) >= PLACES);

                // When, then
                assertThat(Collections.max(timeSmallOnes(installation))).isLessThan(most(alone));
                assertThat(inHand(installation, diffs)).isGreaterThanOrEqualTo(PLACES);
            } finally {
                for (long diff : diffs) {
                    installation.api().post("/datadiffs/" + diff + "/cancel", Api.object());
                }
            }
        }
    }

    private static Duration most(Duration alone) {
        return alone.multipliedBy(2).plus(MORE);
    }

    private static Duration alone(Installation installation) throws Exception {
        List<Duration> times = timeSmallOnes(installation);
        Collections.sort(times);
        return times.get(RUNS / 2);
    }

    private static List<Duration> timeSmallOnes(Installation installation) throws Exception {
        List<Duration> times = new ArrayList<>();
        for (int i = 0; i < RUNS; i++) {
            times.add(timeSmall(installation));
        }
        return times;
    }

    private static Duration timeSmall(Installation installation) throws Exception {
        long started = System.nanoTime();
        long diff = start(installation, source, "small", 1).get(0);
        JsonNode summary = installation.api().finished(diff, PATIENCE);
        Duration time = Duration.ofNanos(System.nanoTime() - started);
        assertThat(summary.path("status").asText()).as(summary.toString()).isEqualTo("success");
        assertThat(summary.path("values").path("rows_with_differences").asInt()).isEqualTo(40);
        return time;
    }

    private static List<Long> start(Installation installation, long source, String tables, int count)
            throws IOException, InterruptedException {
        ObjectNode body = Api.object().put("data_source1_id", source).put("data_source2_id", source);
        body.putArray("table1").add("public").add(tables + "_a");
        body.putArray("table2").add("public").add(tables + "_b");
        body.putArray("pk_columns").add("id");
        // The rows themselves come over the link.
        body.put("algorithm", "fetch_and_join");
        List<Long> diffs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            diffs.add(installation.api().post("/datadiffs", body).path("id").asLong());
        }
        return diffs;
    }

    private static long registered(Installation installation, String name, SlowWire wire)
            throws IOException, InterruptedException {
        return installation.register(name, installation.sourceOptions().put("port", wire.port()));
    }

    private static long inHand(Installation installation, List<Long> diffs) throws SQLException {
        try (Connection store = installation.store()) {
            return Installation.number(
                    store,
                    """
                    select count(*) from ledger_task t where stage > 0 and lease_until is not null and not holds
                      and diff between %d and %d and not exists (
                        select from ledger_result r
                        where (r.diff, r.plan, r.stage, r.task) = (t.diff, t.plan, t.stage, t.task))"""
                            .formatted(diffs.get(0), diffs.get(diffs.size() - 1)));
        }
    }
}
