package io.parallax.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

/** What diffs write into databases is there when it should be, and gone when it should be. */
@ExtendWith(InstallationExtension.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class MaterializeIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private static long source;

    @BeforeAll
    static void tables(Installation installation) throws Exception {
        installation.inSource(
                """
                drop schema if exists heavy cascade; drop schema if exists scratch cascade;
                create schema heavy; create schema scratch;
                grant usage on schema heavy to reader;
                grant usage, create on schema scratch to reader;
                create table heavy.a (id int, price numeric, "it's" text, x_a text);
                insert into heavy.a select g, g / 4.0, repeat('x', g %% 3), 'k' || g from generate_series(1, 70000) g;
                insert into heavy.a select 10, g, 'twice', 'd' from generate_series(1, 2) g;
                create table heavy.b (id int, price numeric, "it's" text, x_a text);
                insert into heavy.b
                    select id, case when id %% 1000 = 0 then price + 1 else price end,
                           case when id %% 1500 = 0 then null else "it's" end, x_a
                    from heavy.a where id > 30 or id = 9;
                insert into heavy.b values (80001, 1, 'b', 'new'), (60000, 1, 'b', 'again');
                grant select on all tables in schema heavy to reader"""
                        .replace("%%", "%"));
        ObjectNode body = Api.object().put("name", "heavy").put("type", "pg").put("temp_schema", "scratch");
        body.set("options", installation.sourceOptions());
        source = installation.api().post("/data_sources", body).path("id").asLong();
    }

    @Test
    @Order(1)
    void testsWhetherTablesCanBeWritten(Installation installation) throws Exception {
        assertThat(tempSchemaStep(installation, source).at("/result/outcome").asText())
                .isEqualTo("success");
        ObjectNode body =
                Api.object().put("name", "heavy, elsewhere").put("type", "pg").put("temp_schema", "heavy");
        body.set("options", installation.sourceOptions());
        long other = installation.api().post("/data_sources", body).path("id").asLong();
        JsonNode refused = tempSchemaStep(installation, other);
        assertThat(refused.at("/result/outcome").asText()).isEqualTo("failed");
        assertThat(refused.at("/result/message").asText()).contains("permission denied for schema heavy");
    }

    private static JsonNode tempSchemaStep(Installation installation, long source) throws Exception {
        long job = installation
                .api()
                .post("/data_sources/" + source + "/test", Api.object())
                .path("job_id")
                .asLong();
        JsonNode test = await().atMost(PATIENCE)
                .until(() -> installation.api().get("/data_sources/test/" + job), found -> Set.of("done", "failed")
                        .contains(found.path("status").asText()));
        return test.path("results").get(1);
    }

    @Test
    @Order(2)
    void comparesCopiesOfItsInputs(Installation installation) throws Exception {
        ObjectNode request = queries(
                "select id, price, \"it's\" as t from heavy.a; -- all", "select id, price, \"it's\" as t from heavy.b");
        request.put("materialize_dataset1", true).put("materialize_dataset2", true);
        request.put("filter1", "id <> 10").put("filter2", "id <> 60000");
        JsonNode copied = finished(installation, request);
        request.remove(List.of("materialize_dataset1", "materialize_dataset2"));
        JsonNode direct = finished(installation, request);

        assertThat(copied.path("pks")).isEqualTo(direct.path("pks"));
        assertThat(copied.path("values")).isEqualTo(direct.path("values"));
        assertThat(copied.path("schema")).isEqualTo(direct.path("schema"));
        assertThat(copied.at("/values/rows_with_differences").asInt()).isPositive();
        assertThat(copied.at("/materialized_results").isMissingNode()).isTrue();
        awaitNoTables(installation);
    }

    @Test
    @Order(3)
    void leavesNothingBehindOfDiffsThatFailOrAreCancelled(Installation installation) throws Exception {
        ObjectNode failing = queries("select id, 1 / (id - 500) as t from heavy.a", "select 1 as id, 1 as t");
        failing.put("materialize_dataset1", true).put("materialization_destination_id", source);
        JsonNode failed = installation.api().finished(post(installation, failing), PATIENCE);
        assertThat(failed.at("/error/error_value").asText()).contains("Side A:").contains("division by zero");

        ObjectNode writing = queries("with x as (delete from heavy.a returning id) select id from x", "select 1 as id");
        writing.put("materialize_dataset1", true);
        assertThat(installation
                        .api()
                        .finished(post(installation, writing), PATIENCE)
                        .path("status")
                        .asText())
                .isEqualTo("failed");

        ObjectNode slow = queries(
                "select id, price from heavy.a", "select id, price from heavy.b where pg_sleep(0.002) is not null");
        slow.put("materialize_dataset1", true).put("materialize_dataset2", true);
        long diff = post(installation, slow);
        await("the copy").atMost(PATIENCE).until(() -> running(installation, "pg_sleep") > 0);
        // A's copy is made. A crash of its database would empty an unlogged one, and zero rows would be compared.
        assertThat(
                        texts(
                                installation,
                                "select relpersistence from pg_class where relkind = 'r' and relnamespace = 'scratch'::regnamespace"))
                .containsOnly("p");
        installation.api().post("/datadiffs/" + diff + "/cancel", Api.object());
        await("the end of the statement").atMost(PATIENCE).until(() -> running(installation, "pg_sleep") == 0);
        awaitNoTables(installation);
    }

    private static long running(Installation installation, String what) throws SQLException {
        return number(
                installation,
                "select count(*) from pg_stat_activity where state <> 'idle' and pid <> pg_backend_pid() and query like '%"
                        + what + "%'");
    }

    @Test
    @Order(4)
    void writesAllRowsThatDiffer(Installation installation) throws Exception {
        ObjectNode request = tables();
        request.put("materialization_destination_id", source).put("materialize_without_sampling", true);
        JsonNode found = finished(installation, request);
        JsonNode results = found.path("materialized_results");
        assertThat(results.at("/diff/0/data_source_id").asLong()).isEqualTo(source);
        assertThat(results.at("/diff/0/is_sampled").asBoolean()).isFalse();

        String diff = path(results, "diff");
        assertThat(columns(installation, results, "diff"))
                .containsExactly(
                        "id integer",
                        "price_a numeric",
                        "price_b numeric",
                        "is_diff_price boolean",
                        "it's_a text",
                        "it's_b text",
                        "is_diff_it's boolean",
                        "x_a_a text",
                        "x_a_b text",
                        "is_diff_x_a boolean");
        assertThat(number(installation, "select count(*) from " + diff))
                .isEqualTo(found.at("/values/rows_with_differences").asLong());
        String wrong =
                """
                select count(*) from %s d full join (
                    select a.id, a.price as pa, b.price as pb, a."it's" as ta, b."it's" as tb
                    from heavy.a a join heavy.b b on a.id = b.id
                    where (a.price, a."it's", a.x_a) is distinct from (b.price, b."it's", b.x_a)
                      and a.id not in (10, 60000)) e on e.id = d.id
                where d.id is null or e.id is null or (pa, pb, ta, tb, pa <> pb, ta is distinct from tb)
                      is distinct from (price_a, price_b, "it's_a", "it's_b", is_diff_price, "is_diff_it's")"""
                        .formatted(diff);
        assertThat(number(installation, wrong)).isZero();

        String exclusives = path(results, "exclusives");
        assertThat(texts(
                        installation,
                        "select is_exclusive_a || ' ' || is_exclusive_b || ' ' || count(*) || ' ' || min(id) || ' ' || max(id) from "
                                + exclusives + " group by is_exclusive_a, is_exclusive_b order by 1"))
                // 30 keys less 9, the first of 10's rows among them; one is new.
                .containsExactly("false true 1 80001 80001", "true false 29 1 30");
        assertThat(found.at("/pks/exclusives").toString()).isEqualTo("[29,1]");
        assertThat(texts(
                        installation,
                        "select id || ' ' || \"it's\" from " + path(results, "duplicates1") + " order by 1"))
                .containsExactly("10 twice", "10 twice", "10 x");
        assertThat(texts(installation, "select id || ' ' || x_a from " + path(results, "duplicates2") + " order by 1"))
                .containsExactly("60000 again", "60000 k60000");
        awaitTables(installation, 4);

        long id = lastDiff;
        installation.api().patch("/datadiffs/" + id, Api.object().put("purged", true));
        awaitNoTables(installation);
        assertThat(installation
                        .api()
                        .get("/datadiffs/" + id + "/summary_results")
                        .at("/materialized_results/diff")
                        .isNull())
                .isTrue();
    }

    @Test
    @Order(5)
    void writesASampleOfRows(Installation installation) throws Exception {
        ObjectNode request = tables();
        request.put("materialization_destination_id", source).put("filter1", "id % 2 = 0");
        JsonNode found = finished(installation, request);
        JsonNode results = found.path("materialized_results");
        assertThat(found.at("/pks/exclusives/1").asLong()).isGreaterThan(30_000);
        assertThat(results.at("/exclusives/0/is_sampled").asBoolean()).isTrue();
        assertThat(number(installation, "select count(*) from " + path(results, "exclusives")))
                .isBetween(1000L, 20_000L);
        installation.api().patch("/datadiffs/" + lastDiff, Api.object().put("purged", true));
        awaitNoTables(installation);
    }

    /** A worker dies while it copies an input; another one does it all over. */
    @Test
    @Order(6)
    void survivesTheDeathOfAWorker(Installation installation) throws Exception {
        ObjectNode slow = queries(
                "select id, price from heavy.a where id > 69000 and pg_sleep(0.005) is not null",
                "select id, price from heavy.b where id > 69000");
        slow.put("materialize_dataset1", true).put("materialization_destination_id", source);
        slow.put("materialize_without_sampling", true);
        long diff = post(installation, slow);
        String worker =
                await("a worker").atMost(PATIENCE).until(() -> workerOf(installation, diff), name -> name != null);
        await("the copy").atMost(PATIENCE).until(() -> running(installation, "pg_sleep") > 0);
        installation.worker(worker).kill();
        try {
            JsonNode found = installation.api().finished(diff, PATIENCE);
            assertThat(found.path("status").asText()).as(found.toString()).isEqualTo("success");
            assertThat(found.at("/values/rows_with_differences").asInt()).isEqualTo(1);
            assertThat(number(installation, "select count(*) from " + path(found.path("materialized_results"), "diff")))
                    .isEqualTo(1);
        } finally {
            installation.startWorker(worker);
        }
        installation.api().patch("/datadiffs/" + diff, Api.object().put("purged", true));
        awaitNoTables(installation);
    }

    private static String workerOf(Installation installation, long diff) throws SQLException {
        try (Connection connection = installation.store();
                Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("select worker from ledger_task where stage = 0 and diff = " + diff)) {
            return row.next() ? row.getString(1) : null;
        }
    }

    private static long lastDiff;

    private static long post(Installation installation, ObjectNode request) throws Exception {
        lastDiff = installation.api().post("/datadiffs", request).path("id").asLong();
        return lastDiff;
    }

    private static JsonNode finished(Installation installation, ObjectNode request) throws Exception {
        JsonNode found = installation.api().finished(post(installation, request), PATIENCE);
        assertThat(found.path("status").asText()).as(found.toString()).isEqualTo("success");
        return found;
    }

    private static ObjectNode queries(String a, String b) {
        return request().put("query1", a).put("query2", b);
    }

    private static ObjectNode tables() {
        ObjectNode request = request();
        request.putArray("table1").add("heavy").add("a");
        request.putArray("table2").add("heavy").add("b");
        return request;
    }

    private static ObjectNode request() {
        ObjectNode request = Api.object().put("data_source1_id", source).put("data_source2_id", source);
        request.putArray("pk_columns").add("id");
        return request;
    }

    private static String path(JsonNode results, String table) {
        JsonNode path = results.path(table).path(0).path("path");
        return '"' + path.path(0).asText() + "\".\"" + path.path(1).asText() + '"';
    }

    private static List<String> columns(Installation installation, JsonNode results, String table) throws SQLException {
        return texts(
                installation,
                "select attname || ' ' || format_type(atttypid, null) from pg_attribute where attnum > 0 and attrelid = '"
                        + path(results, table).replace("'", "''") + "'::regclass order by attnum");
    }

    private static void awaitNoTables(Installation installation) {
        awaitTables(installation, 0);
    }

    private static void awaitTables(Installation installation, long count) {
        await("tables in scratch").atMost(PATIENCE).untilAsserted(() -> assertThat(texts(
                        installation,
                        "select relname from pg_class where relkind = 'r' and relnamespace = 'scratch'::regnamespace"))
                .hasSize((int) count));
    }

    private static long number(Installation installation, String sql) throws SQLException {
        return Long.parseLong(texts(installation, sql).get(0));
    }

    private static List<String> texts(Installation installation, String sql) throws SQLException {
        try (Connection connection = installation.source();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> texts = new ArrayList<>();
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
            return texts;
        }
    }
}
