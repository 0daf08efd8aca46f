package io.parallax.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parallax.contract.seal.SealingKey;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A worker that was given another sealing key does no harm: it is not ready, and others do what it hands back. */
@ExtendWith(InstallationExtension.class)
class WrongKeyIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final List<String> GROUPS = List.of("parallax-diff-worker-jobs", "parallax-diff-worker-tasks");

    @Test
    void whatItHandsBackIsDoneByAnotherOne(Installation installation) throws Exception {
        // Given a worker with another key, and nobody else
        installation.inSource(
                """
                drop table if exists sealed_a, sealed_b;
                create table sealed_a as select g as id, g as v from generate_series(1, 60000) g;
                create table sealed_b as select id, case when id = 7 then 0 else v end as v from sealed_a;
                alter table sealed_a add primary key (id);
                alter table sealed_b add primary key (id)""");
        long source = installation.register("sealed", installation.sourceOptions());
        ServiceProcess wrong =
                installation.startWorker("worker-wrong", Map.of("PARALLAX_SEALING_KEY", SealingKey.random()));
        try (Admin kafka =
                Admin.create(Map.of("bootstrap.servers", installation.kafka().bootstrapServers()))) {
            await("the word of another key").atMost(PATIENCE).until(() -> wrong.log()
                    .contains("that this worker has not got"));
            installation.worker("worker-1").freeze();
            installation.worker("worker-2").freeze();
            await("it alone").atMost(PATIENCE).until(() -> members(kafka), List.of(1, 1)::equals);

            // When there is something to do
            long diff = posted(installation, source);

            // Then it is handed back, again and again, and whoever looks sees why
            await("a note").atMost(PATIENCE).until(() -> installation
                    .api()
                    .get("/datadiffs/" + diff)
                    .path("notes")
                    .toString()
                    .contains("(worker-wrong) has handed work of this diff back: The connection details do not open"));
            assertThat(wrong.ready()).isFalse();

            // And done when somebody is there who can, at the first attempt
            installation.worker("worker-1").thaw();
            installation.worker("worker-2").thaw();
            JsonNode summary = installation.api().finished(diff, PATIENCE);
            assertThat(summary.path("status").asText()).as(summary.toString()).isEqualTo("success");
            assertThat(summary.at("/values/rows_with_differences").asInt()).isEqualTo(1);
            try (Connection store = installation.store()) {
                assertThat(Installation.number(store, "select max(attempt) from ledger_task where diff = " + diff))
                        .isEqualTo(1);
            }
        } finally {
            installation.worker("worker-1").thaw();
            installation.worker("worker-2").thaw();
            wrong.close();
        }
    }

    private static long posted(Installation installation, long source) throws Exception {
        ObjectNode body = Api.object().put("data_source1_id", source).put("data_source2_id", source);
        body.putArray("table1").add("public").add("sealed_a");
        body.putArray("table2").add("public").add("sealed_b");
        body.putArray("pk_columns").add("id");
        return installation.api().post("/datadiffs", body).path("id").asLong();
    }

    private static List<Integer> members(Admin kafka) throws Exception {
        var found = kafka.describeConsumerGroups(GROUPS).all().get(1, TimeUnit.MINUTES);
        return GROUPS.stream().map(group -> found.get(group).members().size()).toList();
    }
}
