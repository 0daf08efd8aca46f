package io.parallax.endtoend.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parallax.endtoend.BruteForce;
import java.io.IOException;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** One question of each kind, answered by brute force and, in peace, by the service itself. */
final class Questions {
    static final String TEMP_SCHEMA = "scratch";

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final List<String> COMPARED = List.of("amount", "t", "day");

    /** A second for a whole table: rows take a while now and then, so that there is something to disturb. */
    private static final String SLOWLY = "(amount % 100 <> 50 or pg_sleep(0.005) is not null)";

    private static final String VERY_SLOWLY = "(amount % 20 <> 10 or pg_sleep(0.02) is not null)";

    private static final String TABLES =
            """
            create schema scratch;
            grant usage, create on schema scratch to reader;
            create table few_a (id bigint, amount int, t text, day timestamp);
            insert into few_a select g, g * 7, 'text ' || g, timestamp '2024-01-01' + g * interval '1 hour'
                from generate_series(1, 400) g;
            create table few_b as select id, case when id % 40 = 3 then -amount else amount end as amount, t, day from few_a where id <> 77;
            create table range_a (id bigint, amount int, t text, day timestamp);
            insert into range_a select g + g / 100, g % 1000, 'text ' || g, timestamp '2024-01-01' + g * interval '10 minutes'
                from generate_series(1, 16000) g;
            create table range_b as
                select id, case when id % 997 = 5 then amount + 1 else amount end as amount,
                    case when id % 1501 = 7 then null else t end as t, day
                from range_a where id % 2003 <> 11;
            insert into range_b select 20000 + g, g, 'new', timestamp '2024-03-03' from generate_series(1, 40) g;
            insert into range_a select * from range_a where id % 3001 = 13;
            insert into range_b select id, amount, 'again', day from range_b where id % 2801 = 17;
            insert into range_a select null, g, 'no key', null from generate_series(1, 3) g;
            create index on range_a (id);
            create index on range_b (id);
            create table heap_a as select 'key ' || md5(id::text) || id as id, amount, t, day from range_a;
            create table heap_b as select 'key ' || md5(id::text) || id as id, amount, t, day from range_b;
            grant select on all tables in schema public to reader;
            vacuum analyze""";

    private final Site site;
    private final Client client;
    private final Random random = new Random(1);
    private final Map<String, JsonNode> figures = new LinkedHashMap<>();
    private final List<Question> all = new ArrayList<>();
    private long plain;
    private long other;
    private long limited;

    private Questions(Site site) {
        this.site = site;
        this.client = site.client();
    }

    /** Makes tables and data sources, then asks everything once. */
    static List<Question> prepare(Site site) throws Exception {
        Questions questions = new Questions(site);
        questions.makeTables();
        questions.plain = questions.source("plain", Client.object().put("temp_schema", TEMP_SCHEMA));
        questions.other = questions.source("other", Client.object());
        questions.limited = questions.source("limited", Client.object().put("max_allowed_connections", 4));
        questions.askAll();
        return List.copyOf(questions.all);
    }

    private void makeTables() throws Exception {
        for (String statement : TABLES.split(";\n")) {
            site.inSource(statement);
        }
        try (Connection connection = site.inSource()) {
            for (String name : List.of("few", "range", "heap")) {
                figures.put(name, BruteForce.figures(connection, name + "_a", name + "_b", "id", COMPARED));
            }
        }
    }

    private long source(String name, ObjectNode body) throws IOException, InterruptedException {
        body.put("name", name).put("type", "pg");
        body.set("options", site.sourceOptions());
        return client.post(random, "/data_sources", body).body().path("id").asLong();
    }

    private void askAll() throws Exception {
        exact("small", "few", tables("few", plain, plain));
        exact("ranges", "range", slow(tables("range", plain, plain)));
        exact("ranges across", "range", slow(tables("range", plain, other)));
        exact("pieces", "heap", slow(tables("heap", plain, other)));
        exact("slices", "heap", slow(tables("heap", limited, limited)));
        exact(
                "timeline",
                "range",
                tables("range", plain, plain).put("time_column", "day").put("time_aggregate", "week"));
        exact("not sampled", "range", tables("range", plain, other).put("sampling_ratio", 0.1));
        exact("snapshot", "range", slow(tables("range", plain, other)).put("snapshot", true));
        exact("recheck", "range", tables("range", plain, plain).put("recheck", 1));
        exact("copies", "range", copies());
        exact("written", "range", written(slow(tables("range", plain, plain))));
        exact("copies written", "range", written(copies()));
        fails("missing table", "NoSuchTableException", tables("nowhere", plain, plain));
        fails("broken query", "QueryError", copies().put("query1", "select id, 1 / (id - 500) as amount from range_a"));
        JsonNode known = all.get(1).answer();
        ObjectNode long1 =
                tables("range", plain, plain).put("filter1", VERY_SLOWLY).put("filter2", VERY_SLOWLY);
        all.add(new Question("cancelled", long1, null, known, true));
        ObjectNode long2 = written(copies().put("filter1", VERY_SLOWLY));
        all.add(new Question("cancelled while written", long2, null, all.get(11).answer(), true));
    }

    private void exact(String kind, String tables, ObjectNode request) throws Exception {
        JsonNode summary = asked(request);
        assertThat(summary.path("status").asText()).as(kind + summary).isEqualTo("success");
        assertThat(BruteForce.reported(summary)).as(kind).isEqualTo(figures.get(tables));
        JsonNode answer = Answers.of(
                summary,
                client.get(random, "/datadiffs/" + last + "/results?limit=1000").body());
        all.add(new Question(kind, request, null, answer, false));
    }

    private void fails(String kind, String error, ObjectNode request) throws Exception {
        JsonNode summary = asked(request);
        assertThat(summary.at("/error/error_type").asText()).as(kind + summary).isEqualTo(error);
        all.add(new Question(kind, request, error, null, false));
    }

    private long last;

    private JsonNode asked(ObjectNode request) throws Exception {
        JsonNode diff = client.post(random, "/datadiffs", request).body();
        last = diff.path("id").asLong();
        assertThat(last).as(diff.toString()).isPositive();
        String path = "/datadiffs/" + last + "/summary_results";
        return await("diff " + last)
                .atMost(PATIENCE)
                .until(() -> client.get(random, path).body(), summary -> List.of("success", "failed")
                        .contains(summary.path("status").asText()));
    }

    private static ObjectNode tables(String name, long a, long b) {
        ObjectNode request = request(a, b);
        request.putArray("table1").add("public").add(name + "_a");
        request.putArray("table2").add("public").add(name + "_b");
        return request;
    }

    private ObjectNode copies() {
        ObjectNode request = request(plain, plain);
        request.put("query1", "select id, amount, t, day from range_a");
        request.put("query2", "select id, amount, t, day from range_b");
        return request.put("materialize_dataset1", true).put("materialize_dataset2", true);
    }

    private ObjectNode written(ObjectNode request) {
        return request.put("materialization_destination_id", plain).put("materialize_without_sampling", true);
    }

    private static ObjectNode slow(ObjectNode request) {
        return request.put("filter1", SLOWLY).put("filter2", SLOWLY);
    }

    private static ObjectNode request(long a, long b) {
        ObjectNode request = Client.object().put("data_source1_id", a).put("data_source2_id", b);
        request.putArray("pk_columns").add("id");
        return request;
    }
}
