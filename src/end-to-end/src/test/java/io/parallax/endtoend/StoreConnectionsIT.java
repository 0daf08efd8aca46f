package io.parallax.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.parallax.oracle.PgBouncer;
import io.parallax.oracle.needs.Needs;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Replicas whose connections the store does not take as they are, or that do not reach it directly. */
@ExtendWith(InstallationExtension.class)
class StoreConnectionsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int CLIENTS = 8;
    private static final int ROUNDS = 10;

    private static String ended(Installation installation, String name, Map<String, String> different)
            throws Exception {
        try (ServiceProcess service = installation.startApi(name, different)) {
            await().atMost(PATIENCE).until(() -> !service.alive());
            return service.log();
        }
    }

    @Test
    void moreThanTheStoreTakesAreRefusedAtTheStart(Installation installation) throws Exception {
        assertThat(ended(installation, "api-greedy", Map.of("PARALLAX_STORE_CONNECTIONS", "5000")))
                .contains("PARALLAX_STORE_CONNECTIONS is 5000, and the store takes");
    }

    @Test
    void saysHowManyThereAre(Installation installation) {
        assertThat(installation.services().get(0).log())
                .contains("This replica opens up to 20 connections of")
                .contains("that the store takes");
    }

    @Test
    void migrationsNeedAWayPastThePooler(Installation installation) throws Exception {
        assertThat(ended(installation, "api-no-way", Map.of("PARALLAX_STORE_POOLER", "transaction")))
                .contains("migrations need a way past it");
        assertThat(ended(installation, "api-what", Map.of("PARALLAX_STORE_POOLER", "statement")))
                .contains("PARALLAX_STORE_POOLER is statement");
    }

    /** Fewer connections than the service has, so that each transaction is on another one. */
    @Test
    @Tag("needs-pgbouncer")
    @Needs("pgbouncer")
    void servesBehindAPooler(Installation installation) throws Exception {
        installation.inSource("create table pooled as select i as id, i as value from generate_series(1, 50) i");
        long source = installation.register("pooled", installation.sourceOptions());
        try (PgBouncer pooler = PgBouncer.start(installation.postgresPort(), 3, installation.storeLogin());
                ServiceProcess service = installation.startApi("api-pooled", pooled(installation, pooler))) {
            service.awaitReady();
            Api api = new Api(service.url(), installation.apiKey());
            assertThat(inParallel(() -> use(api, source)))
                    .hasSize(CLIENTS * ROUNDS)
                    .allSatisfy(diff -> assertThat(
                                    api.finished(diff, PATIENCE).path("status").asText())
                            .isEqualTo("success"));
            assertThat(service.log())
                    .contains("each statement is planned anew")
                    .contains("alter role ... set enable_seqscan = off")
                    .doesNotContain("prepared statement")
                    .doesNotContain(" ERROR ");
        }
    }

    private static Map<String, String> pooled(Installation installation, PgBouncer pooler) {
        return Map.of(
                "PARALLAX_STORE_POOLER",
                "transaction",
                "PARALLAX_STORE_HOST",
                "127.0.0.1",
                "PARALLAX_STORE_PORT",
                Integer.toString(pooler.port()),
                "PARALLAX_STORE_DIRECT_PORT",
                Integer.toString(installation.postgresPort()));
    }

    private static List<Long> use(Api api, long source) throws IOException, InterruptedException {
        List<Long> diffs = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            var body = Api.object().put("data_source1_id", source).put("data_source2_id", source);
            body.putArray("table1").add("pooled");
            body.putArray("table2").add("pooled");
            body.putArray("pk_columns").add("id");
            long diff = api.post("/datadiffs", body).path("id").asLong();
            diffs.add(diff);
            assertThat(api.get("/datadiffs/" + diff).path("id").asLong()).isEqualTo(diff);
            assertThat(api.get("/datadiffs?page_size=20").path("count").asInt()).isPositive();
            assertThat(api.get("/data_sources/" + source).path("id").asLong()).isEqualTo(source);
        }
        return diffs;
    }

    private interface Use {
        List<Long> run() throws IOException, InterruptedException;
    }

    private static List<Long> inParallel(Use use) throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        try {
            List<Future<List<Long>>> uses = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                uses.add(clients.submit(use::run));
            }
            List<Long> all = new ArrayList<>();
            for (Future<List<Long>> one : uses) {
                all.addAll(one.get());
            }
            return all;
        } finally {
            clients.shutdownNow();
        }
    }
}
