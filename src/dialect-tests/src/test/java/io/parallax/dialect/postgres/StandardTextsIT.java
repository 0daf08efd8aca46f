package io.parallax.dialect.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.parallax.contract.Dataset;
import io.parallax.contract.SourceDetails;
import io.parallax.engine.TestServer;
import io.parallax.engine.postgres.catalog.PostgresCatalog;
import io.parallax.engine.postgres.session.PostgresSessions;
import io.parallax.engine.postgres.value.CanonicalForms;
import io.parallax.engine.postgres.value.Shorthand;
import io.parallax.engine.session.Cancellation;
import io.parallax.engine.session.ConnectionSettings;
import io.parallax.engine.session.Session;
import io.parallax.engine.session.Sessions;
import io.parallax.engine.type.Column;
import io.parallax.engine.type.DescribedDataset;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is made of other values is written as PostgreSQL writes it under its standard settings, whatever those of the session. */
class StandardTextsIT {
    private static final Map<String, String> STANDARD = CanonicalForms.STANDARD_SETTINGS;

    private static final Map<String, String> ODD = Map.of(
            "DateStyle", "SQL, DMY",
            "IntervalStyle", "iso_8601",
            "TimeZone", "Asia/Kolkata",
            "extra_float_digits", "-15",
            "bytea_output", "escape",
            "search_path", "texts");

    private static final Sessions SESSIONS = new PostgresSessions(ConnectionSettings.DEFAULT);

    @BeforeAll
    static void types() {
        TestServer.run(
                "drop schema if exists texts cascade",
                "create schema texts",
                "create domain texts.moment as timestamptz",
                "create type texts.small as (\"a.b\" timestamptz, \"v\" text)",
                "create domain texts.small_one as texts.small",
                "create type texts.floats as (p point, f float8, g float4, h float4)",
                "create type texts.none as ()",
                "create type texts.arrays as (d date[], by bytea[], iv interval[], m money[], c regclass[], days daterange[], at tstzrange[])",
                "create type texts.spans as range (subtype = interval)",
                "create type texts.singles as range (subtype = float4)",
                "create type texts.smalls as range (subtype = texts.small)",
                """
                create type texts.large as ("select" date, "a""b" timestamp, "%s" texts.moment, iv interval, by bytea, m money, c regclass,
                    f float8, small texts.small, one texts.small_one, smalls texts.small[], days daterange[], p point, b box[], n int,
                    e text, v texts.spans, i inet)""");
    }

    @AfterAll
    static void drop() {
        TestServer.run("drop schema texts cascade");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null::texts.small",
                "row(null, null)::texts.small",
                "row('2026-01-01 00:30Z', 'a \"b\" \\ (')::texts.small",
                "row('0044-03-15 12:00:00.5Z BC', '')::texts.small_one",
                "row('infinity', E' \\t')::texts.small",
                "row()::texts.none",
                "array[row('-infinity', 'NULL'), null, row(null, null)]::texts.small[]",
                "array[row('1999-12-31 23:59:59.999999Z', null)]::texts.small_one[]",
                "array[[row('2026-01-01Z', 'a')], [row('2026-01-02Z', '{}')]]::texts.small[]",
                "row('[-2:-1][3:4][0:0]={{{2026-01-01},{2026-01-02}},{{2026-01-03},{NULL}}}'::date[], null, null, null, null, null, null)::texts.arrays",
                "row('{{{2026-01-01,NULL},{NULL,NULL}},{{NULL,NULL},{NULL,2026-01-01}}}'::date[], null, null, null, null, null, null)::texts.arrays",
                "'{}'::texts.small[]",
                "null::texts.small[]",
                "row(null, array['\\x27'::bytea, '\\x5c00', null, ''], null, null, null, null, null)::texts.arrays",
                "row(null, null, array[interval '-1 mon 2 days', null, '0', '-00:00:00.5', 'P1Y2M-3DT4H'], null, null, null, null)::texts.arrays",
                "row(null, null, null, array[1234567.891::numeric::money, (-0.01)::numeric::money, null, '-92233720368547758.08'], null, null, null)::texts.arrays",
                "row(null, null, null, null, array['texts.small'::regclass, null, 0], null, null)::texts.arrays",
                "texts.spans('1 day', '2 days')",
                "texts.spans(null, '2 days', '(]')",
                "texts.singles(0.1::float4, 'infinity')",
                "texts.smalls(row('2026-01-01Z', 'a'), row('2026-01-02Z', 'b]'), '[]')",
                "'empty'::texts.spans",
                "array[texts.spans('1 day', '2 days'), 'empty', null]",
                "row(null, null, null, null, null, array[daterange('2026-01-01', '2026-01-02'), daterange('0001-01-01 BC', null)], null)::texts.arrays",
                "row(null, null, null, null, null, null, array[tstzrange('2026-01-01Z', null), 'empty', null])::texts.arrays",
                "point(1 / 3.0, -0.0)",
                "point(1e300, 'NaN')",
                "null::point",
                "line(point(0, 1.0 / 3), point(1, 1e-20))",
                "lseg(point(1 / 3.0, 2), point(3, 4e15))",
                "box(point(1 / 3.0, 2), point(3, 4e15))",
                "array[box(point(1 / 3.0, 2), point(3, 4)), null]",
                "array[point(1 / 3.0, 2), null]",
                "'[(0.1,-0),(1e-310,NaN),(-Infinity,1e308),(0.30000000000000004,5e-324)]'::path",
                "'((0.1,2))'::path",
                "'((0.1,2),(1.7976931348623157e308,-2.2250738585072014e-308),(1e22,123456.7))'::polygon",
                "circle(point(1 / 3.0, 2), 1e100)",
                "row('2026-01-31', '2026-01-31 00:00:00.1', '2026-01-31Z', '1 day', '\\x41', '-1234.5', 'texts.large', 0.1, row('2026-01-01Z', 'x'),"
                        + " row(null, null), array[row('2026-01-01Z', '\"')]::texts.small[], array[daterange('2026-01-01', null)],"
                        + " '(1,2)', array[box '((1,2),(3,4))', null, '((0.1,2),(3,4))'], 1, '', texts.spans('1 day', null), '10.0.0.1')"
                        + "::texts.large",
                "null::texts.large",
            })
    void areTheSameInAnySession(String value) {
        assertStandard("select " + value + " as v");
    }

    /** Which version 13 does not have. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "datemultirange(daterange('2026-01-01', '2026-01-02'), daterange('2026-02-01', null))",
                "tsmultirange(tsrange('2026-01-01', '2026-01-02 12:00:00.5'), tsrange('2026-02-01', 'infinity', '[]'))",
                "tstzmultirange(tstzrange(null, '0044-03-15 12:00:00.5Z BC'), tstzrange('2026-02-01Z', '2026-02-02Z', '(]'))",
                "'{}'::tstzmultirange",
                "null::tstzmultirange",
                "array[tstzmultirange(tstzrange('2026-01-01Z', null)), '{}', null]",
                "texts.spans_multirange(texts.spans('1 day', '2 days'), texts.spans('3 days', null))",
                "texts.smalls_multirange(texts.smalls(row('2026-01-01Z', 'a'), row('2026-01-02Z', 'b]'), '[]'))",
            })
    void multirangesAreTheSame(String value) {
        assumeTrue(TestServer.version() >= 14);

        assertStandard("select " + value + " as v");
    }

    @Test
    void floatsHaveAllDigitsThatTheyTake() {
        assertStandard(
                """
                select row(point(f, g), f::float8, case when abs(f) < 3.4e38 and abs(f) > 1.5e-45 then f::float4 end,
                           case when abs(g) < 3.4e38 and abs(g) > 1.5e-45 then g::float4 end)::texts.floats as v from (
                    select 2::float8 ^ g, 2::float8 ^ -g * 3 from generate_series(-1022, 1021) g
                    union all select g * 4.9406564584124654e-324, 1.7976931348623157e308 - g * 2::float8 ^ 971
                        from generate_series(1, 300) g
                    union all select g * 1.4e-45, 3.4028e38 + g * 2::float8 ^ 104 from generate_series(1, 300) g
                    union all select n * 10::float8 ^ (g % 570 - 300), n * 10::float8 ^ (g % 60 - 50)
                        from (select g, ('x' || substr(md5(g::text), 1, 16))::bit(64)::int8 as n
                              from generate_series(1, 6000) g) x
                    union all select 10::float8 ^ g, -9.999999999999999 * 10::float8 ^ -g from generate_series(-300, 300) g
                    union all select g, g / 10.0 from generate_series(-50, 50) g
                    union all values (9007199254740993, 5.684341886080802e-14), (1e15, 999999999999999), (0.0001, 0.00001)
                ) x(f, g)""");
    }

    private static void assertStandard(String sql) {
        List<String> ours = texts(
                sql,
                TestServer.source().with(ODD),
                column -> Shorthand.written(CanonicalForms.value(column, column).sql()));
        List<String> theirs = texts(sql, TestServer.source().with(STANDARD), column -> "v::text");
        assertThat(ours).hasSize(theirs.size());
        assertThat(IntStream.range(0, ours.size())
                        .filter(i -> !ours.get(i).equals(theirs.get(i)))
                        .mapToObj(i -> ours.get(i) + " for " + theirs.get(i))
                        .limit(20))
                .isEmpty();
    }

    private static List<String> texts(String sql, SourceDetails source, Function<Column, String> text) {
        try (Session session = SESSIONS.open(source, new Cancellation())) {
            DescribedDataset described = new PostgresCatalog(session).describe(new Dataset(null, sql, null));
            return session.list(
                    described.rows(text.apply(described.columns().get(0))), row -> String.valueOf(row.getString(1)));
        }
    }
}
