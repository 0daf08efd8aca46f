package io.parallax.dialect.postgres;

import static io.parallax.engine.Diffing.diff;
import static io.parallax.engine.Diffing.query;
import static org.assertj.core.api.Assertions.assertThat;

import io.parallax.contract.Dataset;
import io.parallax.contract.tally.Sides;
import io.parallax.engine.TestServer;
import io.parallax.engine.postgres.hash.Hashing;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Pairs of values that are equal, and pairs that are not, as values, as keys, and to the fingerprints. */
class EqualityIT {
    record Pair(String a, String b) {
        @Override
        public String toString() {
            return (a.length() > 60 ? a.substring(0, 60) : a) + " | " + (b.length() > 60 ? b.substring(0, 60) : b);
        }
    }

    static final List<Pair> EQUAL = List.of(
            // number
            pair("5::int2", "5::int8"),
            pair("5::int4", "5.00::numeric"),
            pair("100::int4", "100.0::numeric"),
            pair("0::int4", "0.000::numeric"),
            pair("1.0::numeric", "1.00::numeric"),
            pair("1.0::numeric(3,1)", "1.00::numeric(5,2)"),
            pair("'NaN'::numeric", "'NaN'::float8"),
            pair("'NaN'::numeric", "'NaN'::numeric"),
            pair("'Infinity'::numeric", "'Infinity'::float4"),
            pair("'-Infinity'::numeric", "'-Infinity'::float8"),
            pair("'-0'::float8", "'0'::float8"),
            pair("'-0'::float4", "0::int2"),
            pair("'NaN'::float8", "-'NaN'::float8"),
            pair("0.5::float4", "0.5::float8"),
            pair("0.1::float8", "0.1::numeric"),
            pair("9007199254740993::int8", "9007199254740992::float8"),
            pair("1e400::numeric", "'Infinity'::float8"),
            pair("-1e400::numeric", "'-Infinity'::float8"),
            pair("1e-400::numeric", "0::float8"),
            pair("-1e-400::numeric", "'-0'::float8"),
            pair("4.94e-324::numeric", "4.94e-324::float8"),
            // Half way between zero and the smallest double: to even.
            pair(fraction(1075), "0::float8"),
            pair(fraction(1074), "5e-324::float8"),
            pair(fraction(1075) + " + 1e-1100::numeric", "5e-324::float8"),
            pair("-(" + fraction(1075) + ")", "0::float8"),
            pair("(" + power(1024) + " - " + power(970) + ")::numeric", "'Infinity'::float8"),
            pair("(" + power(1024) + " - " + power(970) + " - 1)::numeric", "1.7976931348623157e308::float8"),
            // text
            pair("'a'::text", "'a'::varchar(5)"),
            pair("'a'::char(5)", "'a'::text"),
            pair("'a'::char(5)", "'a'::char(9)"),
            pair("'a'::name", "'a'::text"),
            pair("'Ab'::citext", "'Ab'::text"),
            pair("'red'::color", "'red'::text"),
            pair("'red'::color", "'red'::other_color"),
            pair("'x'::\"char\"", "'x'::text"),
            pair("'b'::text collate \"en-x-icu\"", "'b'::text collate \"C\""),
            pair("repeat('x', 5000)", "repeat('x', 5000)::varchar"),
            pair("''::text", "'  '::char(3)"),
            // time
            pair("timestamptz '2024-01-01 12:00+02'", "timestamptz '2024-01-01 10:00+00'"),
            pair("timestamp '0044-03-15 BC'", "timestamp '0044-03-15 BC'"),
            pair("timestamptz 'infinity'", "timestamptz 'infinity'"),
            pair("date '-infinity'", "date '-infinity'"),
            pair("date '12345-01-01'", "date '12345-01-01'"),
            pair("time '12:00:00'", "time(3) '12:00:00'"),
            pair("interval '1 year 1 mon'", "interval '13 mons'"),
            pair("timestamp(3) '2024-01-01 00:00:00.1'", "timestamp '2024-01-01 00:00:00.100'"),
            // json
            pair("'{\"a\": 1, \"b\": [1.0, 2.50]}'::json", "'{\"b\":[1,2.5],\"a\":1.000}'::jsonb"),
            pair("'1e2'::jsonb", "'100.0'::json"),
            pair("'-0.0'::jsonb", "'0'::jsonb"),
            pair("'\"\\u00e9\"'::jsonb", "'\"é\"'::json"),
            pair("'{\"a\":1,\"a\":2}'::json", "'{\"a\":2}'::jsonb"),
            pair("'[1.050, 100, 0.10, 1.00500, -3.0, 120.0]'::jsonb", "'[1.05, 1e2, 0.1, 1.005, -3, 1.2e2]'::jsonb"),
            pair("'null'::jsonb", "'null'::json"),
            // others
            pair("'\\x00ff'::bytea", "'\\x00FF'::bytea"),
            pair("'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11'::uuid", "'a0eebc999c0b4ef8bb6d6bb9bd380a11'::uuid"),
            pair("true", "'yes'::bool"),
            pair("'10.0.0.1/32'::inet", "'10.0.0.1'::inet"),
            pair("'12.00'::money", "'$12.00'::money"),
            pair("'[1,5)'::int4range", "'[1,4]'::int4range"),
            pair("row(null, null)::pair", "row(null, null)::pair"),
            pair("5::positive", "5::int4"),
            pair("5::positive", "5::int8"),
            pair("'x'::short_name", "'x'::text"),
            // arrays
            pair("'{1,2}'::int4[]", "'{1,2}'::int8[]"),
            pair("'{1,2}'::int2[]", "'{1.0,2.00}'::numeric[]"),
            pair("'{1.0,NULL}'::numeric[]", "'{1.00,NULL}'::numeric[]"),
            pair("'{-0,NaN,0.5}'::float4[]", "'{0,NaN,0.5}'::float8[]"),
            pair("'{1}'::int4[]", "'{1}'::float8[]"),
            pair("'{a,\"b c\",NULL}'::char(3)[]", "'{a,\"b c\",NULL}'::text[]"),
            pair("'{red}'::color[]", "'{red}'::varchar[]"),
            pair("'{{1,2},{3,4}}'::numeric[]", "'{{1,2},{3,4.0}}'::numeric[]"),
            pair("'[0:1]={1,2}'::int4[]", "'[0:1]={1,2}'::int8[]"),
            pair("'[0:1]={1,2}'::numeric[]", "'[0:1]={1.0,2}'::numeric[]"),
            pair("array['{\"a\":1}']::json[]", "array['{\"a\":1.0}']::jsonb[]"),
            pair("'{}'::int4[]", "'{}'::int8[]"),
            pair("'{}'::numeric[]", "'{}'::numeric[]"),
            pair("array[interval '13 mons']", "array[interval '1 year 1 mon']"),
            pair("array[row(1, 'x')::pair]", "array[row(1, 'x')::pair]"),
            pair("'{5}'::positive[]", "'{5}'::int4[]"),
            pair("'{2024-01-01}'::date[]", "'{2024-01-01}'::date[]"));

    static final List<Pair> DIFFERENT = List.of(
            // number
            pair("1::int8", "4294967297::int8"),
            pair("-1::int8", "1::int8"),
            pair("0::int4", "1::int4"),
            pair("9223372036854775807::int8", "'-9223372036854775808'::int8"),
            pair("-1.5::numeric", "1.5::numeric"),
            pair("'NaN'::numeric", "'Infinity'::numeric"),
            pair("'NaN'::float8", "'Infinity'::float8"),
            pair("'Infinity'::float8", "'-Infinity'::float8"),
            pair("0::float8", "5e-324::float8"),
            pair("1::float8", "1.0000000000000002::float8"),
            pair("0.1::float4", "0.1::float8"),
            pair("0.1::float4", "0.1::numeric"),
            pair("9007199254740993::int8", "9007199254740992::int8"),
            pair("9007199254740993::int8", "9007199254740992::numeric"),
            pair("5e-324::numeric", "0::float8"),
            pair("1000::numeric", "1::numeric"),
            pair("10000::numeric", "1::numeric"),
            pair("100000000::numeric(20,2)", "10000::numeric"),
            pair("1::numeric", "0.0001::numeric"),
            pair("0::numeric", "'NaN'::numeric"),
            pair("'-Infinity'::numeric", "'NaN'::numeric"),
            pair("'-Infinity'::numeric", "'Infinity'::numeric"),
            pair("0::numeric", "'Infinity'::numeric"),
            pair("'-4294967298'::int8", "1::int8"),
            pair("4294967296::int8", "1::int4"),
            pair("null::int8", "0::int8"),
            pair("null::numeric(5,2)", "0::numeric"),
            pair("null::numeric", "'NaN'::numeric"),
            pair("null::float8", "0::float8"),
            pair("null::float8", "'NaN'::float8"),
            pair("0.001::numeric", "0.01::numeric"),
            // text
            pair("'a'::text", "'a '::text"),
            pair("'a '::varchar", "'a'::char(3)"),
            pair("'a'::text", "'A'::text"),
            pair("null::text", "''::text"),
            pair("null::text", "'<null>'::text"),
            pair("null::text", "'null'::text"),
            pair("'Ab'::citext", "'ab'::citext"),
            pair("'é'::text", "U&'e\\0301'::text"),
            pair("''::text", "' '::text"),
            pair("'red'::color", "'green'::color"),
            pair("repeat('x', 5000)", "repeat('x', 4999) || 'y'"),
            pair("repeat('x', 1000)", "repeat('x', 1001)"),
            // time
            pair("timestamp '2024-01-01 00:00:00.000001'", "timestamp '2024-01-01 00:00:00'"),
            pair("timestamptz 'infinity'", "timestamptz '-infinity'"),
            pair("timestamp 'infinity'", "timestamp '294276-12-31 23:59:59.999999'"),
            pair("timestamp '-infinity'", "timestamp '4714-11-24 00:00:00 BC'"),
            pair("timestamp '4714-11-24 00:00:00 BC'", "timestamp '4714-11-24 00:00:00.000001 BC'"),
            pair("timestamptz '294276-12-31 23:59:59.999999Z'", "timestamptz '294276-12-31 23:59:59.999998Z'"),
            pair("timestamp '2000-01-01 00:00:00.000001'", "timestamp '1999-12-31 22:48:25.032705'"),
            pair("timestamp '2000-01-01 01:11:34.967297'", "timestamp '2000-01-01'"),
            pair("timestamp '2000-01-01 01:11:34.967296'", "timestamp '2000-01-01 00:00:00.000001'"),
            // The same halves, before and after.
            pair(after("1"), before("2")),
            pair(after("4294967296.0 * 7 + 5"), before("4294967296.0 * 7 + 6")),
            pair(after("4294967296.0 * 7 + 5"), before("4294967296.0 * 8 - 5")),
            pair(before("4294967296"), before("4294967297")),
            pair(before("2147483648"), before("2147483649")),
            pair(before("2147483647"), before("2147483649")),
            pair(before("4294967296"), before("4294967296.0 * 2 - 1")),
            pair("timestamp '2038-01-19 03:14:07.999999'", "timestamp '2038-01-19 03:14:08'"),
            pair("timestamp '2106-02-07 06:28:15.999999'", "timestamp '2106-02-07 06:28:16'"),
            pair("timestamp '1901-12-13 20:45:51.999999'", "timestamp '1901-12-13 20:45:52'"),
            pair("timestamptz '1700-01-01 00:00:00.000001Z'", "timestamptz '1700-01-01Z'"),
            pair("null::timestamp", "timestamp '1970-01-01'"),
            pair("null::timestamptz", "timestamptz '2000-01-01Z'"),
            pair("null::date", "date '2000-01-01'"),
            pair("date 'infinity'", "date '-infinity'"),
            pair("date 'infinity'", "date '5874897-12-31'"),
            pair("date '-infinity'", "date '4714-11-24 BC'"),
            pair("time '00:00:00.000005'", "time '01:11:34.9673'"),
            pair("null::time", "time '00:00'"),
            pair("time '24:00:00'", "time '00:00:00'"),
            pair("timetz '12:00+00'", "timetz '13:00+01'"),
            pair("interval '1 mon'", "interval '30 days'"),
            pair("interval '1 day'", "interval '24 hours'"),
            pair("date '2024-01-01'", "date '2024-01-01 BC'"),
            // json
            pair("'{\"a\": -1}'::jsonb", "'{\"a\": 1}'::jsonb"),
            pair("'[1, 2]'::jsonb", "'[2, 1]'::jsonb"),
            pair("'[1, [2]]'::jsonb", "'[[1], 2]'::jsonb"),
            pair("'\"1.0\"'::jsonb", "'\"1.00\"'::jsonb"),
            pair("'\"a\\\"1.0\"'::jsonb", "'\"a\\\"1\"'::jsonb"),
            pair("'{\"a.0\\\\\": \"b.00\"}'::jsonb", "'{\"a.0\\\\\": \"b.0\"}'::jsonb"),
            pair("'10'::jsonb", "'1'::jsonb"),
            pair("'10.01'::jsonb", "'10.1'::jsonb"),
            pair("'1'::jsonb", "'\"1\"'::jsonb"),
            pair("'null'::jsonb", "'{}'::jsonb"),
            // others
            pair("'\\x00'::bytea", "'\\x0000'::bytea"),
            pair("null::bytea", "''::bytea"),
            pair("null::bool", "false"),
            pair("null::bool", "true"),
            pair("true", "false"),
            pair("null::uuid", "'00000000-0000-0000-0000-000000000000'::uuid"),
            pair("null::jsonb", "'null'::jsonb"),
            pair("null::inet", "'0.0.0.0'::inet"),
            pair("null::pair", "row(null, null)::pair"),
            pair("null::int4[]", "'{}'::int4[]"),
            pair("'$1.00'::money", "'$1.01'::money"),
            pair("B'01'", "B'010'"),
            pair("'(1,2)'::point", "'(2,1)'::point"),
            pair("'[1.0,2)'::numrange", "'[1.00,2)'::numrange"),
            pair("row(null, null)::pair", "row(null, '')::pair"),
            // arrays
            pair("'{1,2}'::int4[]", "'{2,1}'::int4[]"),
            pair("'{1,2}'::int4[]", "'[0:1]={1,2}'::int4[]"),
            pair("'{1,2}'::numeric[]", "'[0:1]={1,2}'::numeric[]"),
            pair("'{1,2}'::int4[]", "'{{1,2}}'::int8[]"),
            pair("'{1,2}'::numeric[]", "'{{1,2}}'::numeric[]"),
            pair("'{NULL}'::text[]", "'{\"NULL\"}'::text[]"),
            pair("'{NULL}'::numeric[]", "'{}'::numeric[]"),
            pair("'{NULL}'::text[]", "'{\"\"}'::text[]"),
            pair("'{\"a,b\"}'::text[]", "'{a,b}'::text[]"),
            pair("array[interval '1 mon']", "array[interval '30 days']"),
            pair("'{0.1}'::float4[]", "'{0.1}'::float8[]"));

    private static Pair pair(String a, String b) {
        return new Pair(a, b);
    }

    private static String after(String microseconds) {
        return "timestamp '2000-01-01' + (" + microseconds + ") * interval '1 microsecond'";
    }

    private static String before(String microseconds) {
        return "timestamp '2000-01-01' - (" + microseconds + ") * interval '1 microsecond'";
    }

    private static String fraction(int exponent) {
        return BigDecimal.ONE
                        .divide(new BigDecimal(BigInteger.TWO.pow(exponent)))
                        .toPlainString()
                + "::numeric";
    }

    private static String power(int exponent) {
        return BigInteger.TWO.pow(exponent) + "::numeric";
    }

    @BeforeAll
    static void types() {
        TestServer.run(
                "create extension if not exists citext",
                "drop type if exists color, other_color, pair cascade",
                "drop domain if exists positive, short_name cascade",
                "create type color as enum ('green', 'red')",
                "create type other_color as enum ('red', 'blue', 'green')",
                "create type pair as (x int, y text)",
                "create domain positive as int check (value > 0)",
                "create domain short_name as varchar(10)");
    }

    @ParameterizedTest
    @FieldSource("EQUAL")
    void isEqual(Pair pair) {
        for (Hashing hashing : Hashing.values()) {
            var asValue = diff(hashing, row(pair.a()), row(pair.b()), "id");
            var asKey = diff(hashing, row(pair.a()), row(pair.b()), "v");

            assertThat(asValue.plan().comparedColumns()).containsExactly("v");
            assertThat(asValue.tally().differencesPerColumn()).containsExactly(0L);
            assertThat(asValue.effort().dirtyBuckets()).as("%s", hashing).isZero();
            assertThat(asKey.tally().comparedRows()).isEqualTo(1);
            assertThat(asKey.tally().exclusives()).isEqualTo(Sides.ZERO);
            assertThat(asKey.effort().dirtyBuckets()).as("%s", hashing).isZero();
        }
    }

    @ParameterizedTest
    @FieldSource("DIFFERENT")
    void isDifferent(Pair pair) {
        for (Hashing hashing : Hashing.values()) {
            var asValue = diff(hashing, row(pair.a()), row(pair.b()), "id");
            var asKey = diff(hashing, row(pair.a()), row(pair.b()), "v");

            assertThat(asValue.tally().differencesPerColumn()).as("%s", hashing).containsExactly(1L);
            assertThat(asKey.tally().comparedRows()).as("%s", hashing).isZero();
            assertThat(asKey.tally().exclusives())
                    .isEqualTo(pair.a().startsWith("null::") ? Sides.of(0, 1) : Sides.of(1, 1));
        }
    }

    @ParameterizedTest
    @FieldSource("EQUAL")
    void isOneKeyTwice(Pair pair) {
        // Both forms on one side; the other side only makes the types what they are.
        var tally = diff(
                        query("select 1 as id, " + pair.a() + " as v union all select 2, " + pair.a()),
                        query("select 1 as id, " + pair.b() + " as v"),
                        "v")
                .tally();

        assertThat(tally.dupes()).isEqualTo(Sides.of(2, 0));
        assertThat(tally.distincts()).isEqualTo(Sides.of(1, 1));
        assertThat(tally.exclusives()).isEqualTo(Sides.ZERO);
    }

    private static Dataset row(String value) {
        return query("select 1 as id, " + value + " as v");
    }
}
