package io.parallax.engine;

import static io.parallax.engine.Diffing.query;
import static io.parallax.engine.Diffing.table;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parallax.contract.Codec;
import io.parallax.contract.Dataset;
import io.parallax.contract.DiffSpec;
import io.parallax.contract.SourceDetails;
import io.parallax.contract.tally.DifferingRow;
import io.parallax.contract.tally.Rechecked;
import io.parallax.contract.tally.Tally;
import io.parallax.engine.session.Cancellation;
import io.parallax.engine.session.ConnectionSettings;
import io.parallax.engine.task.Compared;
import io.parallax.engine.task.HeldSnapshot;
import io.parallax.engine.task.Planned;
import io.parallax.engine.task.Sizing;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys that differed, read again after the sides have moved. */
class RecheckIT {
    private static final String NAME = "engine-recheck";

    private final DiffEngine engine = Diffing.engine(Sizing.DEFAULT);

    /** A diff that has been read once, and the keys of its differing rows, numbered from 1. */
    private record Read(Planned planned, Map<Long, ObjectNode> keys) {
        ObjectNode body() {
            ObjectNode body = Codec.mapper().createObjectNode().put("kind", "recheck");
            ArrayNode all = body.putArray("keys");
            keys.forEach((id, key) -> all.addObject().put("id", id).set("key", key));
            return body;
        }

        /** The keys of these numbers, as texts. */
        List<String> keys(List<Long> ids) {
            return ids.stream()
                    .map(id -> Objects.requireNonNull(keys.get(id)).toString())
                    .sorted()
                    .toList();
        }
    }

    private Read read(Dataset a, Dataset b, String... key) {
        return read(engine, TestServer.source(), new DiffSpec(a, b, List.of(key), List.of(), List.of()));
    }

    private static Read read(DiffEngine engine, SourceDetails source, DiffSpec spec) {
        Planned planned = engine.plan(spec, source, source, new Cancellation());
        List<DifferingRow> rows = planned.plan().rows();
        Map<Long, ObjectNode> keys = new LinkedHashMap<>();
        if (rows != null) {
            rows.stream().map(DifferingRow::key).distinct().forEach(one -> keys.put(keys.size() + 1L, one));
        }
        return new Read(planned, keys);
    }

    private Compared recheck(Read read) {
        return recheck(engine, TestServer.source(), read);
    }

    private static Compared recheck(DiffEngine engine, SourceDetails source, Read read) {
        return engine.compare(read.planned.plan().common(), read.body(), source, source, new Cancellation());
    }

    private static Rechecked outcome(Compared compared) {
        return Objects.requireNonNull(compared.rechecked());
    }

    @Test
    void tellsWhatAReplicaHasCaughtUpWithFromWhatStaysDifferent() {
        // Given
        TestServer.run(
                "drop table if exists origin, replica",
                "create table origin (id int, v text)",
                "insert into origin select g, 'v' || g from generate_series(1, 100) g",
                "create table replica (id bigint, v text)",
                "insert into replica select id, v from origin where id not in (1, 2)",
                "update replica set v = 'old' where id in (3, 4)",
                "insert into replica values (501, 'gone'), (502, 'stays')",
                "insert into replica values (5, 'v5'), (6, 'v6'), (null, 'no key')",
                "insert into origin values (7, 'v7'), (null, 'no key')");
        Read read = read(table("origin"), table("replica"), "id");
        assertThat(read.keys(List.copyOf(read.keys.keySet()))).hasSize(9);

        // When half of each kind catches up
        TestServer.run(
                "insert into replica values (1, 'v1')",
                "update replica set v = 'v3' where id = 3",
                "delete from replica where id = 501",
                "delete from replica where ctid = (select max(ctid) from replica where id = 5)");
        Compared compared = recheck(read);

        // Then
        assertThat(read.keys(outcome(compared).settled()))
                .containsExactly("{\"id\":1}", "{\"id\":3}", "{\"id\":501}", "{\"id\":5}");
        assertThat(read.keys(outcome(compared).remained()))
                .containsExactly("{\"id\":2}", "{\"id\":4}", "{\"id\":502}", "{\"id\":6}", "{\"id\":7}");
        assertThat(compared.tally()).isEqualTo(Tally.zero(1));
        assertThat(compared.effort().reads()).isNull();
    }

    @Test
    void seesThatAKeyDiffersInAnotherWayThanBefore() {
        TestServer.run(
                "drop table if exists origin, replica",
                "create table origin (id int, v text)",
                "create table replica (id int, v text)",
                "insert into origin values (1, 'a'), (2, 'b')");
        Read read = read(table("origin"), table("replica"), "id");

        TestServer.run("insert into replica values (1, 'other'), (2, 'b'), (2, 'b')");

        assertThat(outcome(recheck(read)).remained()).hasSize(2);
    }

    @Test
    void looksPastThePlansSnapshots() {
        // Given
        TestServer.run(
                "drop table if exists origin, replica",
                "create table origin (id uuid, v int)",
                "insert into origin select md5(g::text)::uuid, g from generate_series(1, 2000) g",
                "create table replica as select id, case when v = 9 then 0 else v end as v from origin",
                "analyze origin, replica");
        DiffEngine pieces = Diffing.engine(Diffing.PIECES);
        DiffSpec spec = new DiffSpec(table("origin"), table("replica"), List.of("id"), List.of(), List.of());
        Planned planned = pieces.plan(spec, TestServer.source(), TestServer.source(), new Cancellation());
        ObjectNode nine = Codec.mapper().createObjectNode().put("id", "45c48cce-2e2d-7fbd-ea1a-fc51c7c6ad26");

        // When
        TestServer.run("update replica set v = 9 where v = 0");
        try (HeldSnapshot held = Objects.requireNonNull(planned.hold())) {
            Compared compared = recheck(new Read(planned, Map.of(1L, nine)));

            // Then
            assertThat(held.check()).isTrue();
            assertThat(outcome(compared)).isEqualTo(new Rechecked(List.of(1L), List.of()));
            assertThat(compared.effort().rowsFetched()).isEqualTo(2);
        }
    }

    /** Types of A's key and B's, and values that fit A; what does not fit B is on A alone. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "int2|int8|1;-2;3",
                "int4|numeric|0;-7;2147483647",
                "numeric|int4|1;2.5;NaN;99999999999999999999;Infinity;7.00",
                "numeric|numeric|1.50;0;NaN;-Infinity;123456789012345678901234567890.5",
                "float8|numeric|0.1;NaN;1e300;-0;Infinity",
                "numeric|float4|0.1;16777217;0.5",
                "float4|float8|0.1;-0;NaN;1e30",
                "text|varchar(40)|;a;it's;\"q\\uote\\;ünï;{x,y}",
                "text|char(5)|a;ab;abcde;toolong",
                "text|shade|red;green;unheard of",
                "text|name|a;b",
                "text|text collate \"und-x-icu\"|a;A;z",
                "uuid|uuid|a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11;00000000-0000-0000-0000-000000000000",
                "date|date|2024-02-29;0044-03-15 BC;12345-01-01;infinity;-infinity;0001-01-01 BC",
                "timestamp|timestamp|2024-02-29 12:00:00.123456;0044-03-15 01:02:03 BC;20000-01-01 00:00:00;infinity",
                "timestamptz|timestamptz(3)|2024-02-29 12:00:00.123Z;0044-03-15 01:02:03Z BC;-infinity",
                "time|time|00:00;24:00;12:30:00.5",
                "bytea|bytea|\\x;\\x00ff;\\x5c22",
                "bool|bool|true;false",
                "interval|interval|1 month;30 days;720:00:00",
                "jsonb|json|{\"a\": 1.0};[1];\"x\"",
                "int4[]|int8[]|{1,2};{};{NULL}"
            })
    void findsKeysOfAnyType(String typeA, String typeB, String values) {
        // Given
        TestServer.run(
                "drop table if exists keys_a, keys_b",
                "do $$ begin create type shade as enum ('red', 'green'); exception when duplicate_object then end $$",
                "create table keys_a (k " + typeA + ", v int)",
                "create table keys_b (k " + typeB + ", v int)");
        String[] keys = values.split(";");
        for (String key : keys) {
            TestServer.run("insert into keys_a values ('" + key.replace("'", "''") + "', 1)");
            TestServer.run("do $$ begin insert into keys_b values ('" + key.replace("'", "''")
                    + "', 2); exception when others then end $$");
        }
        Read read = read(table("keys_a"), table("keys_b"), "k");
        assertThat(read.keys).hasSizeGreaterThanOrEqualTo(keys.length);

        // When nothing has changed
        Rechecked unchanged = outcome(recheck(read));

        // Then
        assertThat(read.keys(unchanged.remained())).isEqualTo(read.keys(List.copyOf(read.keys.keySet())));
        assertThat(unchanged.settled()).isEmpty();

        // When what is on both sides becomes equal
        TestServer.run("update keys_b set v = 1");
        Read again = read(table("keys_a"), table("keys_b"), "k");

        // Then a new diff finds the same keys to differ
        assertThat(read.keys(outcome(recheck(read)).remained()))
                .isEqualTo(again.keys(List.copyOf(again.keys.keySet())));

        // When
        TestServer.run("delete from keys_a", "delete from keys_b");

        // Then
        assertThat(outcome(recheck(read)).remained()).isEmpty();
    }

    @Test
    void findsLongKeysAndKeysOfSeveralColumns() {
        // Given
        String longText = "repeat('long ', 500) || g";
        TestServer.run(
                "drop table if exists keys_a, keys_b",
                "create table keys_a as select g % 3 as k1, " + longText
                        + " as k2, date '2024-01-01' + g as k3, g as v from generate_series(1, 30) g",
                "create table keys_b as select k1::numeric, k2, k3, v + 1 as v from keys_a");
        Read read = read(table("keys_a"), query("select k3, k2, v, k1 from keys_b"), "k1", "k2", "k3");
        assertThat(read.keys).hasSize(30);

        // When
        TestServer.run("update keys_b set v = v - 1 where k1 = 1");

        // Then
        assertThat(outcome(recheck(read)).settled()).hasSize(10);
        assertThat(outcome(recheck(read)).remained()).hasSize(20);
    }

    /** Keys that an index brings whole, though people see their beginning and a hash only. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "text collate \"C\"~text collate \"C\"~repeat('long ', 500) || g",
                "text collate \"C\"~varchar~g || repeat('x', 1001)",
                "text~text~repeat('l\uD83D\uDE00ng ', 300) || g",
                "text collate \"C\"~char(3000)~g || repeat('y ', 1200) || g",
                "bytea~bytea~decode(repeat('00ff', 600) || lpad(g::text, 4, '0'), 'hex')",
                "numeric~numeric~(repeat('7', 1500) || g || '.5')::numeric",
                "numeric~numeric~(g || '.' || repeat('3', 1200))::numeric",
                "jsonb~jsonb~to_jsonb(repeat('{', 1200) || g)",
                "text[]~text[]~array_fill(g::text, array[400])"
            })
    void findsLongKeysByAnIndexToo(String typeA, String typeB, String value) {
        // Given
        TestServer.run(
                "drop table if exists keys_a, keys_b",
                "create table keys_a (k " + typeA + " primary key, v int)",
                "create table keys_b (k " + typeB + " primary key, v int)",
                "insert into keys_a select " + value + ", g from generate_series(1, 5) g",
                "insert into keys_b select " + value + ", -g from generate_series(1, 6) g");
        Read read = read(table("keys_a"), table("keys_b"), "k");
        assertThat(read.keys).hasSize(6);

        // When nothing has changed
        Rechecked unchanged = outcome(recheck(read));

        // Then
        assertThat(unchanged.settled()).isEmpty();
        assertThat(unchanged.remained()).hasSize(6);

        // When
        TestServer.run("update keys_b set v = -v where v > -5");

        // Then
        assertThat(outcome(recheck(read)).settled()).hasSize(4);
        assertThat(outcome(recheck(read)).remained()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({
        "int4, int8",
        "numeric, numeric",
        "text, varchar",
        "uuid, uuid",
        "timestamptz, timestamptz",
        "int4, numeric"
    })
    void readsByIndexWhereThereIsOne(String typeA, String typeB) {
        // Given
        String value =
                switch (typeA) {
                    case "uuid" -> "md5(g::text)::uuid";
                    case "timestamptz" -> "timestamptz '2024-01-01' + g * interval '1 hour'";
                    default -> "g";
                };
        TestServer.run(
                "drop table if exists keys_a, keys_b",
                "create table keys_a (k " + typeA + " primary key, v int)",
                "create table keys_b (k " + typeB + " primary key, v int)",
                "insert into keys_a select " + value + ", g from generate_series(1, 20000) g",
                "insert into keys_b select " + value + ", case when g = 77 then 0 else g end"
                        + " from generate_series(1, 20000) g",
                "analyze keys_a, keys_b");
        DiffEngine named = new DiffEngine(new EngineSettings(
                Sizing.DEFAULT,
                ConnectionSettings.anywhere(
                        NAME,
                        ConnectionSettings.DEFAULT.connectTimeout(),
                        ConnectionSettings.DEFAULT.statementTimeout())));
        // Whose connections are closed after use, which is when the server's statistics get to know of it.
        SourceDetails limited = new SourceDetails("pg", TestServer.options(), 4);
        DiffSpec spec = new DiffSpec(table("keys_a"), table("keys_b"), List.of("k"), List.of(), List.of());
        Read read = read(named, limited, spec);
        assertThat(read.keys).hasSize(1);
        long byIndex = scans("idx_scan");
        long inSequence = scans("seq_scan");

        // When
        Compared compared = recheck(named, limited, read);

        // Then
        assertThat(outcome(compared).remained()).hasSize(1);
        assertThat(scans("idx_scan")).isEqualTo(byIndex + 2);
        assertThat(scans("seq_scan")).isEqualTo(inSequence);
    }

    private static long scans(String which) {
        TestServer.awaitOne("select count(*) from pg_stat_activity where application_name = '" + NAME + "'", 0);
        return Long.parseLong(TestServer.one(
                "select sum(" + which + ") from pg_stat_user_tables where relname in ('keys_a', 'keys_b')"));
    }
}
