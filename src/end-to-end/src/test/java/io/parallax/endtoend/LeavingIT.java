package io.parallax.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Services that are told to end while there is work: nobody waits for them, and nothing that they do is lost. */
@ExtendWith(InstallationExtension.class)
class LeavingIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Nobody who asks for a small diff is to wait for longer. */
    private static final Duration SOON = Duration.ofSeconds(5);

    /** How long whoever leaves has something to do, if it is up to it: many times as long. */
    private static final String GRACE = "90s";

    /** How long clients call a replica that is not ready any more. */
    private static final Duration LISTED_FOR = Duration.ofSeconds(4);

    private static final int SMALL_DIFFS = 24;

    private static final int QUESTIONS = 9;

    /** As chance has it which worker gets which, some may have to wait for a place. */
    private static final int IN_HAND = 6;

    private static final String LEAVING = "worker-leaving";

    private static long source;

    @BeforeAll
    static void register(Installation installation) throws Exception {
        source = installation.register("left", installation.sourceOptions());
    }

    /** Work stands still while the gate is shut; whoever waits for it looks at it by itself, whatever its snapshot. */
    @BeforeEach
    void tables(Installation installation) throws SQLException {
        installation.inSource(
                """
                drop schema if exists left_alone cascade;
                create schema left_alone;
                create sequence left_alone.gate minvalue 0;
                create function left_alone.passes(id int) returns boolean language plpgsql volatile as $$
                begin
                  while id % 1000 = 7 and (select last_value = 1 from left_alone.gate) loop
                    perform pg_sleep(0.05);
                  end loop;
                  return true;
                end $$;
                create table left_alone.a as select g as id, g % 97 as v from generate_series(1, 100000) g;
                alter table left_alone.a add primary key (id);
                create table left_alone.b as select id, v from left_alone.a where id % 10000 <> 3;
                alter table left_alone.b add primary key (id);
                update left_alone.b set v = -1 where id % 20000 = 9;
                create table left_alone.few as select id, v from left_alone.a where id <= 100;
                analyze left_alone.a, left_alone.b;
                grant usage on schema left_alone to reader;
                grant select on all tables in schema left_alone to reader;
                grant select on all sequences in schema left_alone to reader""");
        gate(installation, 0);
    }

    /** Whatever a failed test leaves is to end. */
    @AfterEach
    void open(Installation installation) throws SQLException {
        gate(installation, 0);
    }

    @Test
    void smallDiffsDoNotWaitForAWorkerThatLeavesNorDoesItsSnapshotGo(Installation installation) throws Exception {
        // Given a worker that keeps the snapshots of a diff, of which it has tasks in hand
        ServiceProcess leaving = startLeaving(installation);
        await("the ledger counts on it").atMost(PATIENCE).until(() -> isCountedOn(installation));
        long large = heldBy(installation, LEAVING);

        // When
        leaving.tellToEnd();

        // Then others do what comes
        for (int number = 0; number < SMALL_DIFFS; number++) {
            assertThat(duration(installation, small(installation, installation.api())))
                    .isLessThan(SOON);
        }
        assertThat(leaving.alive()).isTrue();
        assertThat(isCountedOn(installation)).isFalse();
        await("the snapshots' new keeper")
                .atMost(PATIENCE)
                .until(() -> inStore(
                                installation,
                                "select count(*) from ledger_task where holds and worker <> '%s' and diff = %d"
                                        .formatted(LEAVING, large))
                        == 1);

        // When what they show is changed, and what was begun before is done
        installation.inSource("update left_alone.b set v = v + 1000");
        gate(installation, 0);
        await("what was begun before")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> outdated(installation, large) == 0);
        gate(installation, 1);

        // Then it goes
        await("its end").atMost(PATIENCE).until(() -> !leaving.alive());
        assertThat(Api.isOver(installation.api().get("/datadiffs/" + large + "/summary_results")))
                .isFalse();
        gate(installation, 0);
        JsonNode summary = installation.api().finished(large, PATIENCE);
        assertThat(summary.path("status").asText()).as(summary.toString()).isEqualTo("success");
        assertThat(summary.at("/pks/exclusives/0").asInt()).isEqualTo(10);
        assertThat(summary.at("/values/rows_with_differences").asInt()).isEqualTo(5);
        assertThat(summary.path("reads"))
                .extracting(side -> side.path("consistency").asText())
                .containsExactly("snapshot", "snapshot");
        assertThat(inStore(installation, "select plan from diff where id = " + large))
                .isEqualTo(1);
    }

    @Test
    void aWorkerThatLeavesAnswersWhatItWasAsked(Installation installation) throws Exception {
        // Given questions that stand still on all workers
        ServiceProcess leaving = startLeaving(installation);
        gate(installation, 1);
        ExecutorService askers = Executors.newFixedThreadPool(QUESTIONS);
        try {
            List<Future<Api.Answer>> answers = new ArrayList<>();
            for (int number = 0; number < QUESTIONS; number++) {
                answers.add(askers.submit(() -> installation
                        .api()
                        .postRaw(
                                "/data_sources/" + source + "/query",
                                "{\"query\": \"select left_alone.passes(7) as passed\", \"timeout_seconds\": 50}")));
            }
            await("most in hand").atMost(PATIENCE).until(() -> standing(installation, "parallax") >= IN_HAND);

            // When
            leaving.tellToEnd();
            await("its farewell to its groups").atMost(PATIENCE).until(() -> leaving.log()
                    .contains("Others get what waits from now on"));
            gate(installation, 0);

            // Then
            for (Future<Api.Answer> answer : answers) {
                assertThat(answer.get().status()).as(answer.get().body()).isEqualTo(200);
            }
            await("its end").atMost(PATIENCE).until(() -> !leaving.alive());
        } finally {
            askers.shutdownNow();
        }
    }

    /** Whatever stands before the services sends them calls until it has noticed that they are not ready any more. */
    @Test
    void aReplicaThatLeavesGoesOnAnswering(Installation installation) throws Exception {
        // Given
        ServiceProcess leaving = installation
                .startApi("api-leaving", Map.of("QUARKUS_SHUTDOWN_DELAY", "45s"))
                .awaitReady();
        Api api = new Api(leaving.url(), installation.apiKey());
        gate(installation, 1);
        long large = large(installation);
        HttpResponse<InputStream> stream = listen(installation, leaving.url(), large);

        // When
        leaving.tellToEnd();
        await("not ready any more").atMost(PATIENCE).until(() -> !leaving.ready());
        List<Long> diffs = new ArrayList<>();
        ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
        CompletableFuture<Void> readers = CompletableFuture.runAsync(() -> read(api, failures));
        while (!readers.isDone()) {
            diffs.add(small(installation, api));
        }
        readers.join();
        assertThat(diffs).hasSizeGreaterThan(2);

        // Then no call failed, nobody listens to it any more, and whatever was asked of it is soon done
        assertThat(failures).isEmpty();
        assertThat(new String(stream.body().readAllBytes(), StandardCharsets.UTF_8))
                .contains("data:");
        await("its end").atMost(PATIENCE).until(() -> !leaving.alive());
        assertThat(leaving.log()).doesNotContain("Timed out waiting for graceful shutdown");
        for (long diff : diffs) {
            assertThat(duration(installation, diff)).isLessThan(SOON);
        }
        gate(installation, 0);
        installation.api().finished(large, PATIENCE);
    }

    /** For much less than the delay. */
    private static void read(Api api, ConcurrentLinkedQueue<String> failures) {
        long end = System.nanoTime() + LISTED_FOR.toNanos();
        while (System.nanoTime() - end < 0) {
            try {
                Api.Answer answer = api.getRaw("/data_sources/" + source);
                if (answer.status() != 200) {
                    failures.add(answer.toString());
                }
            } catch (Exception e) {
                failures.add(e.toString());
            }
        }
    }

    private static HttpResponse<InputStream> listen(Installation installation, URI url, long diff) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(url.resolve("/api/v1/datadiffs/" + diff + "/events"))
                                .header("Authorization", "Key " + installation.apiKey())
                                .build(),
                        HttpResponse.BodyHandlers.ofInputStream());
    }

    private static ServiceProcess startLeaving(Installation installation) throws Exception {
        return installation
                .startWorker(LEAVING, Map.of("PARALLAX_WORKER_GRACE", GRACE))
                .awaitReady();
    }

    /** A diff of many tasks, at which all workers stand still, and whose plan this one has made. */
    private static long heldBy(Installation installation, String worker) throws Exception {
        while (true) {
            gate(installation, 0);
            long diff = large(installation);
            await("a plan")
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(5))
                    .until(() ->
                            inStore(installation, "select count(*) from ledger_task where stage > 0 and diff = " + diff)
                                    > 0);
            gate(installation, 1);
            boolean isHolder = inStore(
                            installation,
                            "select count(*) from ledger_task where holds and worker = '%s' and diff = %d"
                                    .formatted(worker, diff))
                    == 1;
            if (isHolder) {
                await("work at a gate that is shut")
                        .atMost(PATIENCE)
                        .until(() -> standing(installation, "parallax diff " + diff) > 4);
                return diff;
            }
            installation.api().post("/datadiffs/" + diff + "/cancel", Api.object());
        }
    }

    private static long large(Installation installation) throws Exception {
        ObjectNode body = request("a", "b").put("bisection_factor", 1).put("snapshot", true);
        body.put("filter1", "left_alone.passes(id)");
        return installation.api().post("/datadiffs", body).path("id").asLong();
    }

    private static long small(Installation installation, Api api) throws Exception {
        return api.post("/datadiffs", request("few", "few")).path("id").asLong();
    }

    private static ObjectNode request(String a, String b) {
        ObjectNode body = Api.object().put("data_source1_id", source).put("data_source2_id", source);
        body.putArray("table1").add("left_alone").add(a);
        body.putArray("table2").add("left_alone").add(b);
        body.putArray("pk_columns").add("id");
        return body;
    }

    /** From the call that asked for it to its end, by the store's clock. */
    private static Duration duration(Installation installation, long id) throws Exception {
        assertThat(installation.api().finished(id, PATIENCE).path("status").asText())
                .isEqualTo("success");
        JsonNode diff = installation.api().get("/datadiffs/" + id);
        return Duration.between(
                OffsetDateTime.parse(diff.path("created_at").asText()),
                OffsetDateTime.parse(diff.path("finished_at").asText()));
    }

    /** Tasks in flight that may still need what the first worker keeps. */
    private static long outdated(Installation installation, long diff) throws SQLException {
        return inStore(
                installation,
                """
                select count(*) from ledger_task t join ledger_task h on h.diff = t.diff and h.holds
                where t.diff = %d and not t.holds and t.issued_at < h.issued_at and not exists (
                    select from ledger_result r
                    where (r.diff, r.plan, r.stage, r.task) = (t.diff, t.plan, t.stage, t.task))
                """
                        .formatted(diff));
    }

    private static boolean isCountedOn(Installation installation) throws SQLException {
        return inStore(
                        installation,
                        "select count(*) from live_worker where task_slots = 2 and job_slots = 4 and name = '" + LEAVING
                                + "'")
                == 1;
    }

    private static long standing(Installation installation, String application) throws SQLException {
        try (Connection connection = installation.source()) {
            return Installation.number(
                    connection,
                    "select count(*) from pg_stat_activity where wait_event = 'PgSleep' and application_name = '"
                            + application + "'");
        }
    }

    private static void gate(Installation installation, int shut) throws SQLException {
        installation.inSource("select setval('left_alone.gate', " + shut + ")");
    }

    private static long inStore(Installation installation, String query) throws SQLException {
        try (Connection store = installation.store()) {
            return Installation.number(store, query);
        }
    }
}
