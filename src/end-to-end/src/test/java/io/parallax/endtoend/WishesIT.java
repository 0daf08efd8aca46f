package io.parallax.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each field of a request, from HTTP to real tables and back. */
@ExtendWith(InstallationExtension.class)
class WishesIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final ObjectMapper JSON = new ObjectMapper();

    private static long source;

    @BeforeAll
    static void tables(Installation installation) throws Exception {
        installation.inSource(
                """
                drop schema if exists wishes cascade;
                create schema wishes;
                grant usage on schema wishes to reader;
                create table wishes.sale (id int primary key, price float8, item text, note text,
                                          sold timestamp, qty int);
                insert into wishes.sale
                    select g, g, 'Item ' || g, '', timestamp '2026-01-01' + g * interval '1 day', g % 7
                    from generate_series(1, 100) g;
                create table wishes."Sale's copy" ("Id." int primary key, price float8, item text, note text,
                                                   sold timestamp, "select" int);
                insert into wishes."Sale's copy"
                    select id, case when id <= 10 then price + 0.5 else price end,
                           case when id <= 20 then lower(item) else item end,
                           case when id <= 30 then null else note end,
                           case when id <= 40 then sold + interval '1 ms' else sold end,
                           case when id <= 50 then qty + 2 else qty end
                    from wishes.sale where id <> 100;
                create view wishes.totals as select item, sum(price) as total from wishes.sale group by item;
                create materialized view wishes."Best of" as select * from wishes.totals where total > 90;
                create table wishes.long_a as select g as id, g as v from generate_series(1, 60000) g;
                alter table wishes.long_a add primary key (id);
                create table wishes.long_b as select id, v + 1 as v from wishes.long_a;
                alter table wishes.long_b add primary key (id);
                create table wishes.guarded (id int primary key, v int);
                insert into wishes.guarded select g, g from generate_series(1, 10) g;
                alter table wishes.guarded enable row level security;
                create policy few on wishes.guarded using (id < 4);
                analyze wishes.long_a, wishes.long_b;
                grant select on all tables in schema wishes to reader""");
        source = installation.register("wishes", installation.sourceOptions());
    }

    /** More of the body; rows compared; rows that differ; differing values by column, in A's order. */
    static Stream<Arguments> counts() {
        return Stream.of(
                arguments("{}", 99, 50, "price 10, item 20, note 30, sold 40, qty 50"),
                arguments("{'columns_to_compare': ['item', 'qty']}", 99, 50, "item 20, qty 50"),
                arguments("{'include_columns': ['select']}", 99, 50, "qty 50"),
                arguments("{'exclude_columns': ['qty', 'sold', 'note']}", 99, 20, "price 10, item 20"),
                arguments(
                        "{'diff_tolerance': 0.5, 'exclude_columns': ['qty', 'sold', 'note']}",
                        99,
                        20,
                        "price 0, item 20"),
                arguments(
                        "{'diff_tolerance': 0.1, 'tolerance_mode': 'relative', 'columns_to_compare': ['price']}",
                        99,
                        4,
                        "price 4"),
                arguments(
                        "{'diff_tolerances_per_column': [{'column_name': 'qty', 'tolerance_value': 2}],"
                                + " 'columns_to_compare': ['price', 'qty']}",
                        99,
                        10,
                        "price 10, qty 0"),
                arguments(
                        "{'diff_tolerances_per_column': [{'column_name': 'qty', 'tolerance_value': 0.5,"
                                + " 'tolerance_mode': 'relative'}], 'columns_to_compare': ['qty']}",
                        99,
                        // abs(q / (q + 2) - 1) = 2 / (q + 2) is at most a half from q = 2 on.
                        15,
                        "qty 15"),
                arguments("{'datetime_tolerance': 2, 'columns_to_compare': ['sold']}", 99, 0, "sold 0"),
                arguments("{'datetime_tolerance': 3, 'columns_to_compare': ['sold']}", 99, 40, "sold 40"),
                arguments(
                        "{'table_modifiers': ['case_insensitive_strings'], 'columns_to_compare': ['item', 'note']}",
                        99,
                        30,
                        "item 0, note 30"),
                arguments(
                        "{'table_modifiers': ['null_equals_empty_string'], 'columns_to_compare': ['item', 'note']}",
                        99,
                        20,
                        "item 20, note 0"),
                arguments(
                        "{'time_column': 'sold', 'time_interval_start': '2026-01-11T00:00:00Z',"
                                + " 'columns_to_compare': ['item', 'qty']}",
                        90,
                        41,
                        "item 11, qty 41"),
                arguments(
                        "{'time_column': 'sold', 'time_interval_start': '2026-01-11', 'time_interval_end': '2026-01-13',"
                                + " 'columns_to_compare': ['item']}",
                        2,
                        2,
                        "item 2"),
                arguments("{'algorithm': 'fetch_and_compare', 'columns_to_compare': ['item']}", 99, 20, "item 20"),
                arguments("{'algorithm': 'joindiff', 'columns_to_compare': ['item']}", 99, 20, "item 20"),
                arguments(
                        "{'algorithm': 'hashdiff', 'bisection_factor': 2, 'bisection_threshold': 5,"
                                + " 'columns_to_compare': ['item']}",
                        99,
                        20,
                        "item 20"),
                arguments(
                        "{'data_source1_session_parameters': {'work_mem': '1MB'}, 'columns_to_compare': ['item']}",
                        99,
                        20,
                        "item 20"));
    }

    @ParameterizedTest
    @MethodSource
    void counts(String more, int compared, int differing, String columns, Installation installation) throws Exception {
        ObjectNode body = body();
        body.setAll((ObjectNode) JSON.readTree(more.replace('\'', '"')));
        JsonNode values = finished(installation, body).path("values");

        assertThat(values.path("total_rows").asInt()).isEqualTo(compared);
        assertThat(values.path("rows_with_differences").asInt()).isEqualTo(differing);
        assertThat(StreamSupport.stream(values.path("columns_diff_stats").spliterator(), false)
                        .map(column -> column.path("column_name").asText() + " "
                                + column.path("values_different").asInt()))
                .isEqualTo(List.of(columns.split(", ")));
    }

    @Test
    void comparesASampleOfValues(Installation installation) throws Exception {
        ObjectNode body = body();
        body.put("sampling_ratio", 0.5).put("sampling_threshold", 0).put("sampling_confidence", 99.9);
        JsonNode created = installation.api().post("/datadiffs", body);
        JsonNode summary = installation.api().finished(created.path("id").asLong(), PATIENCE);

        assertThat(summary.path("pks").path("total_rows").toString()).isEqualTo("[100,99]");
        assertThat(summary.path("pks").path("exclusives").toString()).isEqualTo("[1,0]");
        JsonNode values = summary.path("values");
        assertThat(values.path("sampled").asBoolean()).isTrue();
        assertThat(values.path("sampling_ratio").asDouble()).isEqualTo(0.5);
        assertThat(values.path("total_rows").asInt()).isBetween(20, 80);
        JsonNode price = values.path("columns_diff_stats").get(0).path("values_different_estimate");
        assertThat(price.path("interval").path("min").asInt()).isLessThanOrEqualTo(10);
        assertThat(price.path("interval").path("max").asInt()).isGreaterThanOrEqualTo(10);
        // The exclusive row was found by the first plan, the others by the second.
        JsonNode rows =
                installation.api().get("/datadiffs/" + created.path("id").asLong() + "/results");
        assertThat(rows.path("results"))
                .extracting(row -> row.path("kind").asText())
                .contains("exclusive1", "value");
        assertThat(rows.path("complete").asBoolean()).isFalse();
    }

    @Test
    void tellsFiguresApartByTime(Installation installation) throws Exception {
        ObjectNode body = body();
        body.put("time_column", "sold").put("time_aggregate", "month");
        JsonNode timeline = finished(installation, body).path("timeline");

        assertThat(timeline.path("time_aggregate").asText()).isEqualTo("month");
        // Sold on the days after 2026-01-01: 30 rows in January, then 28, 31 and 11, of which the last is in A only.
        assertThat(timeline.path("buckets"))
                .extracting(bucket -> bucket.path("start").asText().substring(0, 10) + " "
                        + bucket.path("compared_rows") + " " + bucket.path("exclusives"))
                .containsExactly(
                        "2026-01-01 30 [0,0]", "2026-02-01 28 [0,0]", "2026-03-01 31 [0,0]", "2026-04-01 10 [1,0]");
        assertThat(timeline.path("buckets").get(1).path("columns"))
                .extracting(column -> column.path("column_name").asText() + " " + column.path("values_different"))
                .containsExactly("sold 10", "qty 20");
    }

    /** Readers of JSON that have floats only lose no digits, and whoever reads by key finds it in order. */
    @Test
    void showsWideNumbersAsTextsInTheOrderOfTheKey(Installation installation) throws Exception {
        ObjectNode body = Api.object().put("data_source1_id", source).put("data_source2_id", source);
        String query =
                "select 9007199254740990 + g as id, g / 8.0 as amount, g::int4 as small, g / 8.0::float8 as ratio,"
                        + " g::int4 as mixed from generate_series(1, 20) g";
        body.put("query1", query);
        body.put(
                "query2",
                "select id, amount + 0.10 as amount, small + 1 as small, ratio + 1 as ratio, mixed::int8 + 1 as mixed"
                        + " from (" + query + ") q where id <> 9007199254740999");
        body.putArray("pk_columns").add("id");
        JsonNode created = installation.api().post("/datadiffs", body);
        installation.api().finished(created.path("id").asLong(), PATIENCE);

        String results = "/datadiffs/" + created.path("id").asLong() + "/results?order=key";
        JsonNode first =
                installation.api().get(results + "&limit=2").path("results").path(0);
        assertThat(first.path("key").toString()).isEqualTo("{\"id\":\"9007199254740991\"}");
        assertThat(first.path("values").toString())
                .startsWith("{\"amount\":{\"a\":\"0.125")
                .contains("\"small\":{\"a\":1,\"b\":2},\"ratio\":{\"a\":0.125,\"b\":1.125},"
                        + "\"mixed\":{\"a\":\"1\",\"b\":\"2\"}");
        List<String> keys = StreamSupport.stream(
                        installation.api().get(results).path("results").spliterator(), false)
                .map(row -> row.path("key").path("id").asText())
                .toList();
        assertThat(keys).hasSize(20).isSorted();
        assertThat(installation.api().getRaw(results + "&format=csv").contentType())
                .isEqualTo("text/csv;charset=utf-8");
    }

    @Test
    void namesViewsDownstream(Installation installation) throws Exception {
        JsonNode dependencies = finished(installation, body()).path("dependencies");
        assertThat(dependencies.size()).isEqualTo(1);
        assertThat(dependencies.path("deps").path("PostgreSQL"))
                .extracting(view -> view.path("item_type").asText() + " " + view.path("path"))
                .containsExactly("materialized view [\"wishes\",\"Best of\"]", "view [\"wishes\",\"totals\"]");
        assertThat(dependencies
                        .path("deps")
                        .path("PostgreSQL")
                        .get(1)
                        .path("uid")
                        .asText())
                .isEqualTo(source + "/wishes/totals");
    }

    @Test
    void comparesRowsOfRepeatedKeys(Installation installation) throws Exception {
        ObjectNode body = Api.object().put("data_source1_id", source).put("data_source2_id", source);
        body.put("query1", "select id / 2 as id, item from wishes.sale where id < 50");
        body.put(
                "query2",
                "select id / 2 as id, case when id % 10 = 0 then 'other' else item end as item"
                        + " from wishes.sale where id between 2 and 51 order by random()");
        body.putArray("pk_columns").add("id");
        assertThat(finished(installation, body)
                        .path("values")
                        .path("total_rows")
                        .asInt())
                .isZero();

        body.put("compare_duplicates", true);
        JsonNode values = finished(installation, body).path("values");
        assertThat(values.path("total_rows").asInt()).isEqualTo(48);
        assertThat(values.path("rows_with_differences").asInt()).isEqualTo(4);
    }

    @Test
    void notesThatRowSecurityHidesRows(Installation installation) throws Exception {
        ObjectNode body = Api.object().put("data_source1_id", source).put("data_source2_id", source);
        body.putArray("table1").add("wishes").add("guarded");
        body.put("query2", "select id, v from wishes.guarded");
        body.putArray("pk_columns").add("id");
        String address = "/datadiffs/"
                + installation.api().post("/datadiffs", body).path("id").asLong();
        JsonNode summary =
                installation.api().finished(Long.parseLong(address.substring(address.lastIndexOf('/') + 1)), PATIENCE);

        assertThat(summary.path("pks").path("total_rows").toString()).isEqualTo("[3,3]");
        JsonNode notes = installation.api().get(address).path("notes");
        assertThat(notes)
                .extracting(JsonNode::asText)
                .containsExactly(
                        "Row security is active for the login of side A on wishes.guarded, so rows that its policies hide"
                                + " were not compared.",
                        "Row security is active for the login of side B on wishes.guarded, so rows that its policies hide"
                                + " were not compared.");
        assertThat(installation.api().get(address + "/summary").path("notes")).isEqualTo(notes);
        assertThat(installation.api().get(address + "/summary").path("feedback").asText())
                .endsWith(notes.get(1).asText());
    }

    @Test
    void endsEarlyAndSaysSo(Installation installation) throws Exception {
        ObjectNode body = Api.object().put("data_source1_id", source).put("data_source2_id", source);
        body.putArray("table1").add("wishes").add("long_a");
        body.putArray("table2").add("wishes").add("long_b");
        body.putArray("pk_columns").add("id");
        body.put("bisection_factor", 2).put("diff_threshold", 5000);
        JsonNode summary = finished(installation, body);

        assertThat(summary.path("partial").path("reason").asText()).isEqualTo("diff_threshold");
        assertThat(summary.path("partial").path("coverage").asDouble()).isBetween(0.05, 0.9);
        int compared = summary.path("values").path("total_rows").asInt();
        assertThat(compared).isBetween(5000, 55_000);
        assertThat(summary.path("values").path("rows_with_differences").asInt()).isEqualTo(compared);
        assertThat(summary.path("pks").path("total_rows").toString()).isEqualTo("[" + compared + "," + compared + "]");
    }

    @Test
    void findsTheKey(Installation installation) throws Exception {
        ObjectNode body = body();
        body.remove("pk_columns");
        body.put("infer_pk", true);
        JsonNode created = installation.api().post("/datadiffs", body);
        JsonNode summary = installation.api().finished(created.path("id").asLong(), PATIENCE);

        assertThat(summary.path("pks").path("distincts").toString()).isEqualTo("[100,99]");
        JsonNode diff =
                installation.api().get("/datadiffs/" + created.path("id").asLong());
        assertThat(diff.path("pk_columns").toString()).isEqualTo("[\"id\"]");
        assertThat(installation
                        .api()
                        .get("/datadiffs/" + created.path("id").asLong() + "/summary")
                        .path("feedback")
                        .asText())
                .startsWith("1 key is on side A only and 0 keys on side B only. Of 99 compared rows, 50 differ");
    }

    @Test
    void profilesBothSides(Installation installation) throws Exception {
        ObjectNode body = body();
        body.put("run_profiles", true).put("filter1", "id between 21 and 60");
        JsonNode profiles = finished(installation, body).path("profiles");

        assertThat(profiles).extracting(side -> side.path("rows").asInt()).containsExactly(40, 99);
        assertThat(profiles.get(0).path("columns"))
                .extracting(WishesIT::profile)
                .containsExactly(
                        "id int4 0 21 60",
                        "price float8 0 21 60",
                        "item text 0 Item 21 Item 60",
                        "note text 0  ",
                        "sold timestamp 0 2026-01-22T00:00:00 2026-03-02T00:00:00",
                        "qty int4 0 0 6");
        assertThat(profiles.get(1).path("columns"))
                .extracting(WishesIT::profile)
                .containsExactly(
                        "Id. int4 0 1 99",
                        "price float8 0 1.5 99",
                        "item text 0 Item 21 item 9",
                        "note text 30  ",
                        "sold timestamp 0 2026-01-02T00:00:00.001 2026-04-10T00:00:00",
                        "select int4 0 0 8");
        assertThat(finished(installation, body()).has("profiles")).isFalse();
    }

    private static String profile(JsonNode column) {
        return String.join(
                " ",
                column.path("column_name").asText(),
                column.path("type").asText(),
                column.path("nulls").asText(),
                column.path("min").asText(),
                column.path("max").asText());
    }

    /** The larger one of both data sources stands in where the request has none. */
    @Test
    void takesTheTolerancesOfDataSources(Installation installation) throws Exception {
        ObjectNode body = body();
        body.putArray("columns_to_compare").add("price");
        assertThat(differingPrices(installation, body)).isEqualTo(10);

        ObjectNode registration = Api.object().put("name", "tolerant").put("type", "pg");
        registration.put("float_tolerance", 0.5).set("options", installation.sourceOptions());
        long tolerant = installation
                .api()
                .post("/data_sources", registration)
                .path("id")
                .asLong();
        body.put("data_source2_id", tolerant);
        assertThat(differingPrices(installation, body)).isZero();
        body.put("diff_tolerance", 0.4);
        assertThat(differingPrices(installation, body)).isEqualTo(10);

        body.remove("diff_tolerance");
        installation.api().patch("/data_sources/" + tolerant, Api.object().put("float_tolerance", 0.49));
        assertThat(differingPrices(installation, body)).isEqualTo(10);
        installation.api().patch("/data_sources/" + source, Api.object().put("float_tolerance", 0.5));
        try {
            assertThat(differingPrices(installation, body)).isZero();
        } finally {
            installation.api().patch("/data_sources/" + source, Api.object().set("float_tolerance", null));
        }
    }

    private static int differingPrices(Installation installation, ObjectNode body) throws Exception {
        return finished(installation, body)
                .path("values")
                .path("rows_with_differences")
                .asInt();
    }

    @Test
    void tellsWhatASourceCannotDo(Installation installation) throws Exception {
        ObjectNode body = body();
        body.putArray("diff_tolerances_per_column")
                .addObject()
                .put("column_name", "item")
                .put("tolerance_value", 1);
        JsonNode summary = installation
                .api()
                .finished(installation.api().post("/datadiffs", body).path("id").asLong(), PATIENCE);

        assertThat(summary.path("error").path("error_type").asText()).isEqualTo("TypeMismatch");
        assertThat(summary.path("error").path("error_value").asText()).contains("item", "only numbers");
    }

    private static ObjectNode body() {
        ObjectNode body = Api.object().put("data_source1_id", source).put("data_source2_id", source);
        body.putArray("table1").add("wishes").add("sale");
        body.putArray("table2").add("wishes").add("Sale's copy");
        body.putArray("pk_columns").add("id");
        body.putArray("column_mapping").addArray().add("id").add("Id.");
        ((com.fasterxml.jackson.databind.node.ArrayNode) body.path("column_mapping"))
                .addArray()
                .add("qty")
                .add("select");
        return body;
    }

    private static JsonNode finished(Installation installation, ObjectNode body) throws Exception {
        JsonNode summary = installation
                .api()
                .finished(installation.api().post("/datadiffs", body).path("id").asLong(), PATIENCE);
        assertThat(summary.path("status").asText()).as(summary.toString()).isEqualTo("success");
        return summary;
    }
}
