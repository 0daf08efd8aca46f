package io.parallax.dialect.postgres;

import static io.parallax.engine.Diffing.diff;
import static io.parallax.engine.Diffing.query;
import static io.parallax.engine.Diffing.table;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parallax.contract.Codec;
import io.parallax.contract.DiffSpec;
import io.parallax.contract.EqualityRules;
import io.parallax.contract.TimeBuckets;
import io.parallax.contract.tally.Rechecked;
import io.parallax.contract.tally.Sides;
import io.parallax.contract.tally.Tally;
import io.parallax.engine.DiffEngine;
import io.parallax.engine.Diffing;
import io.parallax.engine.TestServer;
import io.parallax.engine.postgres.hash.Hashing;
import io.parallax.engine.session.Cancellation;
import io.parallax.engine.task.Planned;
import io.parallax.engine.task.Sizing;
import io.parallax.engine.task.Sizing.Approach;
import io.parallax.engine.task.Sizing.Search;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a column may hold is compared, in every role of a column and on every path; nothing of ours fails on a value. */
class ExtremesIT {
    private static final String DEEP = "(repeat('[', %1$d) || repeat(']', %1$d))::json";

    /** Of two types of one family: values that both sides hold, and those that only A can or does; as SQL. */
    record Extremes(String typeA, String typeB, List<String> shared, List<String> onlyA) {
        Extremes with(String... values) {
            return new Extremes(typeA, typeB, List.of(values), onlyA);
        }

        Extremes and(String... values) {
            return new Extremes(typeA, typeB, shared, List.of(values));
        }

        /** Without what a server of this version does not know. */
        Extremes known(int version) {
            return new Extremes(typeA, typeB, known(shared, version), known(onlyA, version));
        }

        private List<String> known(List<String> values, int version) {
            return values.stream()
                    // Which these were read as before.
                    .filter(value -> version >= 16 || !typeA.equals("\"char\"") || !value.startsWith("'\\"))
                    .filter(this::isTaken)
                    .toList();
        }

        private boolean isTaken(String value) {
            try {
                TestServer.one("select (" + value + ")::" + typeA + " is null");
                return true;
            } catch (IllegalStateException e) {
                return false;
            }
        }

        /** Loads both sides; B's first two rows have each other's {@code v}. */
        void load() {
            TestServer.run(
                    "drop table if exists extreme_a, extreme_b",
                    "create table extreme_a (id int primary key, k " + typeA + ", v " + typeA + ")",
                    "create table extreme_b (id int primary key, k " + typeB + ", v " + typeB + ")",
                    "insert into extreme_a "
                            + rows(
                                    Stream.concat(shared.stream(), onlyA.stream())
                                            .toList(),
                                    typeA),
                    "insert into extreme_b " + rows(shared, typeB),
                    "update extreme_b b set v = o.k from extreme_b o where b.id <= 2 and o.id = 3 - b.id",
                    indexed("extreme_a"),
                    indexed("extreme_b"));
        }

        private static String rows(List<String> values, String type) {
            return IntStream.range(0, values.size())
                    .mapToObj(i -> "select " + (i + 1) + ", (" + values.get(i) + ")::" + type + ", (" + values.get(i)
                            + ")::" + type)
                    .collect(Collectors.joining(" union all "));
        }

        /** Where the type can be. */
        private static String indexed(String table) {
            return "do $$ begin create index on " + table + " (k); exception when others then null; end $$";
        }

        int both() {
            return shared.size();
        }

        int all() {
            return shared.size() + onlyA.size();
        }

        @Override
        public String toString() {
            return typeA + " and " + typeB;
        }
    }

    static final List<Extremes> ALL = List.of(
            of("numeric", "bigint")
                    .with("-9223372036854775808", "9223372036854775807", "0", "1", "-1", "4294967296")
                    .and(
                            "'NaN'",
                            "'Infinity'",
                            "'-Infinity'",
                            "1e30",
                            "-1e30",
                            "9223372036854775808",
                            "-9223372036854775809",
                            "0.5",
                            "1e131071",
                            "-1e-16383"),
            of("numeric", "smallint").with("32767", "-32768", "0").and("32768", "'NaN'", "1e30", "9223372036854775808"),
            of("numeric", "float8")
                    .with("0", "1", "'NaN'", "'Infinity'", "'-Infinity'", "0.5", "-9007199254740992")
                    .and("1e30", "-1.5"),
            of("float8", "numeric(30,2)")
                    .with("0", "1", "'NaN'", "0.25")
                    .and("'Infinity'", "5e-324", "-1.7976931348623157e308"),
            of("float4", "bigint")
                    .with("0", "1", "-9223372036854775808")
                    .and("'NaN'", "'Infinity'", "3.4028235e38", "1e-45"),
            of("float8", "float4")
                    .with("'NaN'", "'Infinity'", "'-Infinity'", "0.5")
                    .and("1e-300", "1e300"),
            of("numeric", "numeric")
                    .with("1e131071", "1e-16383", "'NaN'", "'Infinity'", "'-Infinity'", "-1e131071", "0")
                    .and("1"),
            of("date", "date")
                    .with(
                            "'-infinity'",
                            "'infinity'",
                            "'4714-11-24 BC'",
                            "'5874897-12-31'",
                            "'0001-12-31 BC'",
                            "'294276-12-31'",
                            "'294277-01-01'")
                    .and("'2000-01-01'"),
            of("timestamp", "timestamp(3)")
                    .with(
                            "'294276-12-31 23:59:59.9999'::timestamp(3)",
                            "'-infinity'",
                            "'infinity'",
                            "'4714-11-24 BC'",
                            "'294276-12-31 23:59:59.999'",
                            "'4714-12-01 BC'",
                            "'4713-01-01 BC'")
                    .and("'294276-12-31 23:59:59.999999'", "'2000-01-01 00:00:00.000001'"),
            of("timestamptz(3)", "timestamptz")
                    .with(
                            "'294276-12-31 23:59:59.9999Z'::timestamptz(3)",
                            "'-infinity'",
                            "'infinity'",
                            "'4714-11-24 00:00:00Z BC'",
                            "'294276-12-31 23:59:59.999Z'",
                            "'4714-12-01 00:00:00Z BC'",
                            "'4713-01-01 00:00:00Z BC'")
                    .and("'2000-01-01Z'"),
            of("time", "time(0)").with("'00:00'", "'24:00'", "'23:59:59'").and("'23:59:59.999999'"),
            of("timetz", "timetz")
                    .with("'00:00+15:59'", "'24:00-15:59'", "'12:00+00'")
                    .and("'23:59:59.999999-15:59:59'"),
            of("interval", "interval")
                    .with(
                            "'178956970 years 7 mons'",
                            "'-178956970 years -8 mons'",
                            "make_interval(days => -2147483648)",
                            "'2562047788:00:54.775806'",
                            "-'9223372036854775807 microseconds'::interval - '1 microsecond'::interval",
                            "'infinity'",
                            "'-infinity'",
                            "'1 mon -30 days'")
                    .and("'0'"),
            of("money", "money")
                    .with("'-92233720368547758.08'", "'92233720368547758.07'", "'0'")
                    .and("'-0.01'"),
            of("\"char\"", "text").with("'x'", "''", "' '", "chr(92)").and("'~'"),
            of("\"char\"", "\"char\"")
                    .with("'x'", "''", "chr(233)::\"char\"", "'\\377'::\"char\"")
                    .and("'\\200'::\"char\""),
            of("\"char\"[]", "text[]")
                    .with("array['x', '']", "array['y', null]", "'{}'")
                    .and("array['z']"),
            of("text", "varchar")
                    .with("''", "' '", "repeat('é', 100000)", "repeat('é', 1000)", "chr(1)", "chr(1114111)")
                    .and("repeat('é', 1001)"),
            of("bytea", "bytea")
                    .with("''", "'\\x00'", "decode(repeat('00ff', 5000), 'hex')")
                    .and("'\\xff'"),
            of("json", "jsonb")
                    .with(
                            "'1e131071'",
                            "'1e-16383'",
                            "'{\"a\": 1, \"a\": 2}'",
                            "'\"\\u00e9\\ud83d\\ude00\"'",
                            "'\"\\\\u0000\"'",
                            "'0e999999999'",
                            "'[1.0, 2.50]'",
                            "('[' || repeat('[],', 6000) || '1]')::json",
                            "('\"' || repeat('[', 9000) || '\"')::json",
                            DEEP.formatted(5000))
                    .and(
                            "'\"\\u0000\"'",
                            "'\"\\ud800\"'",
                            "'\"\\ud800x\"'",
                            "'\"\\udc00\\ud800\"'",
                            "'{\"\\u0000\": 1}'",
                            "'1e400000'",
                            "'-1e131072'",
                            "'[1e-16384]'",
                            "'0e9999999999'",
                            "('[0.' || repeat('0', 16383) || '1]')::json",
                            "repeat('9', 131073)::json",
                            "'2'"),
            of("json", "json")
                    .with(
                            "'\"\\u0000\"'",
                            "' \"\\u0000\"'",
                            "'\"\\ud800\"'",
                            "'\"\\uD800\"'",
                            "'1e400000'",
                            "'[1e400000, 1]'",
                            "'[1e400000,1]'",
                            "'[1]'",
                            "'null'",
                            DEEP.formatted(6000))
                    .and("'[1e400000,  1]'"),
            of("json[]", "jsonb[]")
                    .with("array['1', '2']::json[]", "array['{\"b\":1,\"a\":2.0}', null]::json[]", "'{}'")
                    .and("array['\"\\u0000\"']::json[]", "array['1e400000']::json[]"),
            of("holder", "holder")
                    .with("row('\"\\u0000\"', 'NaN')::holder", "row(null, null)::holder", "row('1', 1)::holder")
                    .and("row('1.0', 1)::holder"),
            of("some_json", "json")
                    .with("'\"\\udfff\"'", "'{\"a\": [1e400000]}'", "'{}'")
                    .and("'[]'"),
            of("numeric[]", "bigint[]")
                    .with("'{9223372036854775807}'", "'{{1,2},{3,4}}'", "'[-3:-2]={5,6}'", "'{}'")
                    .and("'{NaN}'", "'{1e30}'", "'{Infinity}'"),
            of("numeric[]", "float8[]").with("'{NaN,Infinity}'", "'{0}'").and("'{0.5}'"),
            of("timestamptz[]", "timestamptz[]")
                    .with("'{infinity,-infinity}'", "array['294276-12-31 23:59:59.9999Z'::timestamptz(3)]")
                    .and("'{}'"),
            of("point", "point")
                    .with("'(NaN,Infinity)'", "'(-0,0)'", "'(1e308,5e-324)'")
                    .and("'(0,0)'"),
            of("numrange", "numrange")
                    .with("'(,)'", "'empty'", "'[1e131071,)'", "'(-Infinity,NaN)'")
                    .and("'[1,2)'"),
            of("xml", "xml").with("'<a/>'", "'<a />'", "''", "'text'").and("'<b/>'"),
            of("inet", "cidr")
                    .with("'0.0.0.0/0'::cidr", "'::/0'::cidr", "'255.255.255.255'::cidr")
                    .and("'10.0.0.1/8'"),
            of("oid", "oid").with("0", "4294967295").and("1"),
            of("pg_lsn", "pg_lsn").with("'FFFFFFFF/FFFFFFFF'", "'0/0'").and("'0/1'"),
            of("tsvector", "tsvector").with("''", "'a:1'", "'''  '''").and("'b'"),
            of("bit varying", "bit varying").with("''", "B'0'", "B'00'").and("B'1'"),
            of("uuid", "uuid")
                    .with("'00000000-0000-0000-0000-000000000000'", "'ffffffff-ffff-ffff-ffff-ffffffffffff'")
                    .and("'00000000-0000-0000-0000-000000000001'"));

    private static Extremes of(String typeA, String typeB) {
        return new Extremes(typeA, typeB, List.of(), List.of());
    }

    static Stream<Extremes> all() {
        int version = TestServer.version();
        // This one takes all.
        return version >= 18
                ? ALL.stream()
                : ALL.stream().map(extremes -> extremes.known(version)).filter(extremes -> extremes.both() > 1);
    }

    private static final List<Sizing> SIZINGS = List.of(
            Sizing.DEFAULT,
            Diffing.ONE,
            new Sizing(0, 5, 1, 2, 2, 3, 6, Approach.SEGMENTS, Search.FINGERPRINTS),
            new Sizing(0, 5, 1, 2, 2, 3, 6, Approach.SEGMENTS, Search.KEYS),
            new Sizing(0, 5, 1, 2, 2, 3, 6, Approach.SEGMENTS, Search.ROWS),
            new Sizing(0, 5, 1, 2, 2, 3, 6, Approach.PIECES));

    @BeforeAll
    static void types() {
        TestServer.run(
                "drop type if exists holder cascade",
                "drop domain if exists some_json cascade",
                "create type holder as (j json, n numeric)",
                "create domain some_json as json");
    }

    @ParameterizedTest
    @MethodSource("all")
    void areComparedAsKeys(Extremes extremes) {
        extremes.load();
        DiffSpec spec = spec("k", List.of("v"));

        for (Sizing sizing : SIZINGS) {
            assertThat(diff(sizing, spec).tally()).as("%s", sizing).isEqualTo(tally(extremes, List.of(2L)));
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void areComparedAsValues(Extremes extremes) {
        extremes.load();
        DiffSpec spec = spec("id", List.of());

        for (Sizing sizing : SIZINGS) {
            assertThat(diff(sizing, spec).tally()).as("%s", sizing).isEqualTo(tally(extremes, List.of(0L, 2L)));
        }
        List<Hashing> hashings = TestServer.version() < 14 ? List.of(Hashing.MD5) : List.of(Hashing.values());
        for (Hashing hashing : hashings) {
            assertThat(diff(Diffing.DEFAULT, hashing, spec).tally())
                    .as("%s", hashing)
                    .isEqualTo(tally(extremes, List.of(0L, 2L)));
        }
    }

    /** What a query has as a constant may be computed before anything is read. */
    @ParameterizedTest
    @MethodSource("all")
    void areComparedAsConstants(Extremes extremes) {
        List<String> values = Stream.concat(extremes.shared().stream(), extremes.onlyA().stream())
                .toList();
        for (String value : values) {
            String row = "select (" + value + ")::" + extremes.typeA() + " as v";
            assertThat(diff(query(row), query(row), "v").tally().comparedRows()).isEqualTo(1);
        }
        String row = IntStream.range(0, values.size())
                .mapToObj(i -> "(" + values.get(i) + ")::" + extremes.typeA() + " as v" + i)
                .collect(Collectors.joining(", ", "select 1 as id, ", ""));
        assertThat(diff(query(row), query(row), "id").tally().differencesPerColumn())
                .hasSameSizeAs(values)
                .containsOnly(0L);
    }

    @ParameterizedTest
    @MethodSource("all")
    void areComparedWithAllWishes(Extremes extremes) {
        extremes.load();
        boolean areNumbers = extremes.typeA().matches("numeric|float[48]");
        boolean areTimes = extremes.typeA().matches("date|timestamp(tz)?([(]3[)])?");
        EqualityRules.Tolerance tolerance = new EqualityRules.Tolerance(new BigDecimal("1e-9"), true);
        EqualityRules rules =
                new EqualityRules(areNumbers ? Map.of("k", tolerance) : Map.of(), tolerance, 6, true, true, List.of());

        TimeBuckets.Unit[] units = TimeBuckets.Unit.values();
        // Each unit has its own SQL, and each path its own place for it: every one of each is seen, not every pair.
        for (int i = 0; i < Math.max(SIZINGS.size(), areTimes ? units.length : 0); i++) {
            Sizing sizing = SIZINGS.get(i % SIZINGS.size());
            assertWished(extremes, diff(sizing, wishes(rules, areTimes ? units[i % units.length] : null)));
        }
    }

    private static void assertWished(Extremes extremes, Diffing.Outcome outcome) {
        assertThat(outcome.tally().exclusives())
                .isEqualTo(Sides.of(extremes.onlyA().size(), 0));
        assertThat(outcome.tally().differencesPerColumn().get(0)).isZero();
        assertThat(Objects.requireNonNull(outcome.plan().profiles()).get(0).rows())
                .isEqualTo(extremes.all());
        assertThat(
                        outcome.timeline() == null
                                ? extremes.both()
                                : outcome.timeline().buckets().stream()
                                        .mapToLong(bucket -> bucket.compared())
                                        .sum())
                .isEqualTo(extremes.both());
    }

    @ParameterizedTest
    @MethodSource("all")
    void areReadAgain(Extremes extremes) {
        extremes.load();
        DiffEngine engine = Diffing.engine(Sizing.DEFAULT);
        Planned planned =
                engine.plan(spec("k", List.of("v")), TestServer.source(), TestServer.source(), new Cancellation());
        ObjectNode body = Codec.mapper().createObjectNode().put("kind", "recheck");
        ArrayNode keys = body.putArray("keys");
        Objects.requireNonNull(planned.plan().rows())
                .forEach(row -> keys.addObject().put("id", keys.size()).set("key", row.key()));

        Rechecked rechecked = Objects.requireNonNull(engine.compare(
                        planned.plan().common(), body, TestServer.source(), TestServer.source(), new Cancellation())
                .rechecked());

        assertThat(keys).hasSize(extremes.onlyA().size() + 2);
        assertThat(rechecked.settled()).isEmpty();
        assertThat(rechecked.remained()).hasSize(keys.size());
    }

    @Test
    void notesHowManyJsonTextsAreNoValues() {
        Extremes extremes = of("json", "json")
                .with("'1'", "'\"\\u0000\"'", "'\"\\\\u0000\"'", "'[1e400000]'", "'{\"\\ud800\": 1}'")
                .and("'1e131072'");
        extremes.load();
        TestServer.run("update extreme_b set v = '1'");

        for (Sizing sizing : SIZINGS) {
            assertThat(diff(sizing, spec("k", List.of("v"))).notes())
                    .as("%s", sizing)
                    .containsExactly(
                            "3 json values of the column k on side B are no jsonb values, so they were compared as texts.",
                            "4 json values of the column k on side A are no jsonb values, so they were compared as texts.",
                            "4 json values of the column v on side A are no jsonb values, so they were compared as texts.");
        }
        TestServer.run("delete from extreme_a where id > 2", "update extreme_b set k = '1', v = '1'");
        assertThat(diff(Sizing.DEFAULT, spec("id", List.of("k"))).notes())
                .containsExactly(
                        "1 json value of the column k on side A is no jsonb value, so it was compared as text.");
    }

    private static DiffSpec wishes(EqualityRules rules, TimeBuckets.@Nullable Unit unit) {
        return DiffSpec.draft(table("extreme_a"), table("extreme_b"), List.of("id"), List.of(), List.of())
                .rules(rules)
                .timeBuckets(unit == null ? null : new TimeBuckets("k", unit))
                .profiles(true)
                .spec();
    }

    private static DiffSpec spec(String key, List<String> include) {
        return new DiffSpec(table("extreme_a"), table("extreme_b"), List.of(key), include, List.of());
    }

    private static Tally tally(Extremes extremes, List<Long> differences) {
        return new Tally(
                Sides.of(extremes.all(), extremes.both()),
                Sides.ZERO,
                Sides.ZERO,
                Sides.of(extremes.all(), extremes.both()),
                Sides.of(extremes.onlyA().size(), 0),
                extremes.both(),
                2,
                differences);
    }
}
