package io.parallax.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The calls of clients that were written for Datafold, one after the other, and what they read of the answers. */
@ExtendWith(InstallationExtension.class)
class ExistingClientsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static long source;

    @BeforeAll
    static void tables(Installation installation) throws Exception {
        installation.inSource(
                """
                drop table if exists client_a, client_b cascade;
                create table client_a as select g as id, 'v' || g as v, g * 2 as w from generate_series(1, 50) g;
                create table client_b as select id, case when id = 7 then 'x' else v end as v, w::text as w, 1 as extra
                    from client_a where id <> 9;
                create view client_totals as select v, count(*) from client_a group by v;
                create materialized view client_best as select * from client_b limit 1;
                grant select on client_a, client_b to reader""");
        source = installation.register("existing clients", installation.sourceOptions());
    }

    /** Looks for its data source by id, posts nulls and empty lists, and waits for success. */
    @Test
    void theCommandLineTool(Installation installation) throws Exception {
        JsonNode meta = installation.api().get("/organization/meta");
        assertThat(meta.path("org_id").isIntegralNumber()).isTrue();
        assertThat(StreamSupport.stream(installation.api().get("/data_sources").spliterator(), false)
                        .map(found -> found.path("id").asLong()))
                .contains(source);

        ObjectNode body = Api.object().put("data_source1_id", source).put("data_source2_id", source);
        body.putArray("table1").add("public").add("client_a");
        body.putArray("table2").add("public").add("client_b");
        body.putArray("pk_columns").add("id");
        body.putNull("filter1").putNull("filter2");
        body.putArray("include_columns");
        body.putArray("exclude_columns");
        long id = installation.api().post("/datadiffs", body).path("id").asLong();
        JsonNode summary = installation.api().finished(id, PATIENCE);

        assertThat(summary.path("status").asText()).isEqualTo("success");
        JsonNode column = summary.path("values").path("columns_diff_stats").get(0);
        assertThat(column.path("column_name").asText()).isEqualTo("v");
        assertThat(column.path("match").asDouble()).isBetween(97.9, 98.0);
        assertThat(summary.path("schema").path("column_type_differs").toString())
                .isEqualTo("[\"w\"]");
        assertThat(summary.path("schema").path("exclusive_columns").toString()).isEqualTo("[[],[\"extra\"]]");
        assertThat(sizes(summary.path("dependencies").path("deps"))).isEqualTo(Map.of("PostgreSQL", 2));
    }

    /** What it prints of them: how many there are, by application. */
    private static Map<String, Integer> sizes(JsonNode applications) {
        return applications.properties().stream().collect(Collectors.toMap(Map.Entry::getKey, application -> {
            assertThat(application.getValue().isArray()).isTrue();
            return application.getValue().size();
        }));
    }

    /** Asks for the options of a type by their titles, then posts them with a path of the temporary schema. */
    @Test
    void theCommandLineToolThatAddsADataSource(Installation installation) throws Exception {
        JsonNode type = StreamSupport.stream(
                        installation.api().get("/data_sources/types").spliterator(), false)
                .filter(known -> known.path("type").asText().equals("pg"))
                .findFirst()
                .orElseThrow();
        JsonNode schema = type.path("configuration_schema");
        assertThat(schema.path("title").isTextual()).isTrue();
        assertThat(schema.path("secret").isArray()).isTrue();
        for (String name : List.of("host", "user", "port", "password", "dbname")) {
            JsonNode option = schema.path("properties").path(name);
            assertThat(option.path("title").isTextual()).as(name).isTrue();
            assertThat(option.path("type").asText()).as(name).isEqualTo(name.equals("port") ? "integer" : "string");
            assertThat(option.has("format")).as(name).isEqualTo(name.equals("password"));
        }
    }

    /** Waits until it has heard that each of three steps is done, and takes no other words than four. */
    @Test
    void theCommandLineToolThatTestsADataSource(Installation installation) throws Exception {
        ObjectNode options = installation.sourceOptions().deepCopy().put("password", "wrong");
        long refused = installation.register("existing clients, refused", options);
        assertThat(steps(installation, source))
                .isEqualTo(Map.of("connection", "ok", "temp_schema", "skip", "schema_download", "ok"));
        assertThat(steps(installation, refused))
                .isEqualTo(Map.of("connection", "error", "temp_schema", "skip", "schema_download", "skip"));
    }

    private static Map<String, String> steps(Installation installation, long tested) throws Exception {
        long job = installation
                .api()
                .post("/data_sources/" + tested + "/test", Api.object())
                .path("job_id")
                .asLong();
        Map<String, String> done = new TreeMap<>();
        await().atMost(PATIENCE).until(() -> {
            for (JsonNode step :
                    installation.api().get("/data_sources/test/" + job).path("results")) {
                JsonNode result = step.path("result");
                assertThat(result.path("code").asText()).isIn("ok", "error", "skip", "unknown");
                assertThat(result.path("message").isTextual()).isTrue();
                assertThat(result.path("outcome").isTextual()).isTrue();
                if (step.path("status").asText().equals("done")) {
                    done.put(step.path("step").asText(), result.path("code").asText());
                }
            }
            return done.size() == 3;
        });
        return done;
    }

    /** Five fields, then polls; prints what it finds. */
    @Test
    void theScript(Installation installation) throws Exception {
        ObjectNode body = Api.object().put("data_source1_id", source).put("data_source2_id", source);
        body.putArray("table1").add("public").add("client_a");
        body.putArray("table2").add("public").add("client_b");
        body.putArray("pk_columns").add("id");
        long id = installation.api().post("/datadiffs", body).path("id").asLong();
        JsonNode summary = installation.api().finished(id, PATIENCE);

        assertThat(summary.path("pks").path("exclusives").toString()).isEqualTo("[1,0]");
        assertThat(summary.path("values").path("columns_diff_stats").isArray()).isTrue();
        // It goes through what is below, by application, one object after the other.
        for (Map.Entry<String, JsonNode> kind : summary.path("dependencies").properties()) {
            assertThat(kind.getValue().isObject()).as(kind.getKey()).isTrue();
            kind.getValue().forEach(objects -> assertThat(objects).isNotEmpty().allSatisfy(object -> assertThat(
                            object.path("name").isTextual())
                    .isTrue()));
        }
        assertThat(sizes(summary.path("dependencies").path("deps"))).isEqualTo(Map.of("PostgreSQL", 2));
        assertThat(summary.path("schema").path("column_counts").toString()).isEqualTo("[3,4]");
    }

    /** Sends an algorithm, asks for the diff itself until it is over, then for its summary, then looks around. */
    @Test
    void theAssistant(Installation installation) throws Exception {
        ObjectNode body = Api.object().put("data_source1_id", source).put("data_source2_id", source);
        body.put("query1", "select * from client_a").put("query2", "select * from client_b");
        body.putArray("pk_columns").add("id");
        body.put("algorithm", "hash");
        long id = installation.api().post("/datadiffs", body).path("id").asLong();
        JsonNode diff = await().atMost(PATIENCE)
                .until(() -> installation.api().get("/datadiffs/" + id), answer -> Set.of("done", "failed", "cancelled")
                        .contains(answer.path("status").asText()));
        assertThat(diff.path("status").asText()).isEqualTo("done");
        JsonNode summary = installation.api().get("/datadiffs/" + id + "/summary");
        assertThat(summary.path("result").asText()).isEqualTo("different");
        assertThat(summary.path("diff_stats").path("rows_removed").asInt()).isEqualTo(1);
        assertThat(summary.path("feedback").asText())
                .isEqualTo("1 key is on side A only and 0 keys on side B only. Of 49 compared rows, 1 differs, in v."
                        + " Only side B has extra. The types of w cannot be compared.");

        assertThat(summary.path("table1").isNull()).isTrue();
        assertThat(summary.path("error").isNull()).isTrue();
        assertThat(diff.path("algorithm").asText()).isEqualTo("join");

        JsonNode again = installation.api().post("/datadiffs", (ObjectNode) diff);
        assertThat(again.path("ignored_fields")).isEmpty();
        assertThat(again.path("id").asLong()).isNotEqualTo(id);

        JsonNode rows = installation
                .api()
                .post(
                        "/data_sources/" + source + "/query",
                        Api.object().put("query", "select id, v from client_a where id = 7"))
                .path("rows");
        assertThat(rows.toString()).isEqualTo("[{\"id\":7,\"v\":\"v7\"}]");
    }
}
