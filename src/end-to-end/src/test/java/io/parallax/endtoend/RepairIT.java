package io.parallax.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A repair script is run on a copy, and the next diff finds the sides identical. */
@ExtendWith(InstallationExtension.class)
class RepairIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Each type with values that are hard to write, in turn by {@code g}; the last expression of an array is NULL. */
    private static final List<String> COLUMNS = List.of(
            "small smallint: '-32768', '32767', '0'",
            "big bigint: '-9223372036854775808', '9223372036854775807'",
            "exact numeric: 'NaN', '0.00000000000000000000001', '-123456789012345678901234567890.5'",
            "price numeric(10,2): '1.10', '-0.05', '99999999.99'",
            "single real: '1.1', 'Infinity', 'NaN', '-0', '1e-38'",
            "double float8: '0.1', '-Infinity', 'NaN', '1e300', '5e-324'",
            "words text: '', 'it''s', E'back\\\\slash and \\n line', '; drop table x; --', 'ünï \uD83D\uDE00', 'null'",
            "short varchar(20): '%s %d', '$1', E'\\t'",
            "padded char(5): 'ab', '', 'abcde'",
            "named name: 'x', 'Y z'",
            "flag boolean: 'true', 'false'",
            "day date: '2024-02-29', '0044-03-15 BC', '12345-01-01', 'infinity', '-infinity'",
            "moment timestamp: '2024-02-29 23:59:59.999999', '0001-01-01 00:00:00 BC', 'infinity', '294276-12-31'",
            "instant timestamptz: '2024-02-29 23:59:59.999999+05', '4713-01-01 00:00:00+00 BC', '-infinity'",
            "clock time: '00:00', '24:00:00', '12:34:56.789'",
            "zoned timetz: '12:34:56+02', '00:00-12'",
            "span interval: '1 mon -1 days', '-1 mons +2 days -03:04:05.6', '1000 years', '30 days'",
            "u uuid: '00000000-0000-0000-0000-000000000001', 'ffffffff-ffff-ffff-ffff-ffffffffffff'",
            "bytes bytea: '\\x', '\\x00ff27', '\\x5c'",
            "doc json: '{\"b\": 1.50, \"a\": [1, \"it''s\"]}', '[]', 'null', '\"x\"'",
            "docs jsonb: '{\"a\": {\"b\": null}}', '1.0', '\"\\\\u00e9\"'",
            "mood repair.mood: 'sad', 'it''s ok'",
            "ints int[]: '{}', '{1,NULL,3}', '{{1,2},{3,4}}', '[0:1]={5,6}'",
            "exacts numeric[]: '{}', '{1.50,NULL,NaN}', '{{1,2},{3,4.0}}', '[-1:0]={1,2}'",
            "doubles float8[]: '{0.1,Infinity}', '{{{1},{2}}}'",
            "texts text[]: '{}', '{\"a,b\",\"q\\\"uote\",NULL,\"NULL\",\"\"}', '{\"{\",\"}\"}'",
            "jsons jsonb[]: '{\"{\\\"a\\\": 1.0}\",NULL}', '{}'",
            "days date[]: '{2024-01-01,infinity}', '{NULL}'",
            "address inet: '10.0.0.1/8', '::1'",
            "spot point: '(1,2)', '(-1e10,0.1)'",
            "reach int4range: '[1,5)', 'empty', '(,)'",
            "cash money: '$1,234.50', '-$0.05'",
            "bits bit(3): '101', '000'",
            "bitses bit varying: '', '1'",
            "found tsvector: '''it''''s'':1 ''x'':2', 'a'",
            "pair repair.pair: '(1,\"a,b\")', '(,)', '(1,)'",
            "positive repair.positive: '1', '42'");

    private static long source;

    @BeforeAll
    static void types(Installation installation) throws Exception {
        installation.inSource(
                """
                drop schema if exists repair cascade;
                create schema repair;
                grant usage on schema repair to reader;
                alter default privileges in schema repair grant select on tables to reader;
                create type repair.mood as enum ('sad', 'it''s ok');
                create type repair.pair as (x int, y text);
                create domain repair.positive as int check (value > 0)""");
        source = installation.register("repair", installation.sourceOptions());
    }

    private static String name(String column) {
        return column.substring(0, column.indexOf(' '));
    }

    private static String definition(String column) {
        return column.substring(0, column.indexOf(": "));
    }

    /** The values in turn, then NULL. */
    private static String value(String column, String turn) {
        String type = column.substring(column.indexOf(' ') + 1, column.indexOf(": "));
        String values = column.substring(column.indexOf(": ") + 2);
        return "(array[%s, null]::text[])[(%s) %% array_length(array[%s, null]::text[], 1) + 1]::%s"
                .formatted(values, turn, values, type);
    }

    private static String values(String turn) {
        return COLUMNS.stream().map(column -> value(column, turn)).collect(Collectors.joining(", "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1to2", "2to1"})
    void makesTablesOfEveryTypeEqual(String direction, Installation installation) throws Exception {
        String definitions = COLUMNS.stream()
                .map(RepairIT::definition)
                .collect(Collectors.joining(", ", "id int primary key, ", ""));
        installation.inSource("drop table if exists repair.a, repair.b;"
                + "create table repair.a (" + definitions + ");"
                + "create table repair.b (" + definitions + ");"
                + "insert into repair.a select g, " + values("g") + " from generate_series(1, 200) g;"
                // Some rows are missing, some are new, and in the others columns have their next value.
                + "insert into repair.b select g, " + values("g + (g % 3)") + " from generate_series(21, 220) g");
        long diff = diff(installation, "a", "b", "id");
        JsonNode found = installation.api().finished(diff, PATIENCE);
        assertThat(found.at("/pks/exclusives").toString()).isEqualTo("[20,20]");
        assertThat(found.at("/values/rows_with_differences").asInt()).isGreaterThan(100);
        assertThat(found.at("/values/columns_diff_stats").findValues("values_different"))
                .hasSize(COLUMNS.size())
                .allSatisfy(count -> assertThat(count.asInt()).isPositive());

        installation.inSource(script(installation, diff, direction));

        assertIdentical(installation, diff(installation, "a", "b", "id"), 200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "text        ~ 'k''' || g",
                "char(8)     ~ 'k' || g",
                "float8      ~ g / 3.0",
                "real        ~ g / 7.0",
                "numeric     ~ g / 10.0",
                "uuid        ~ md5(g::text)::uuid",
                "date        ~ date '0003-01-01' - g * 10",
                "timestamptz ~ timestamptz '2024-01-01 00:00+00' + g * interval '1.000001 s'",
                "bytea       ~ decode(md5(g::text), 'hex')",
                "interval    ~ make_interval(days => g)",
                "text[]      ~ array['{', g::text]",
                "numeric[]   ~ array[g, g / 2.0]",
                "jsonb       ~ jsonb_build_object('k', g)",
                "boolean     ~ g = 21"
            })
    void findsRowsByKeysOfAnyType(String type, String value, Installation installation) throws Exception {
        int last = type.equals("boolean") ? 22 : 60;
        installation.inSource("drop table if exists repair.c, repair.d;"
                + "create table repair.c (\"K\" %s, v int); create table repair.d (\"K\" %s, v int);"
                        .formatted(type, type)
                + "insert into repair.c select %s, g from generate_series(21, %d) g;".formatted(value, last)
                + "insert into repair.d select %s, -g from generate_series(22, %d) g".formatted(value, last + 20)
                + (type.equals("boolean") ? " where g = 22" : ""));
        long diff = diff(installation, "c", "d", "K");
        assertThat(installation.api().finished(diff, PATIENCE).path("status").asText())
                .isEqualTo("success");

        installation.inSource(script(installation, diff, "1to2"));

        assertIdentical(installation, diff(installation, "c", "d", "K"), last - 20);
    }

    @Test
    void keepsToTheFilterAndToColumnsThatCanBeWritten(Installation installation) throws Exception {
        installation.inSource(
                """
                drop table if exists repair.e, repair.f;
                create table repair.e (id int, v int, twice int generated always as (2 * v) stored, old boolean);
                create table repair.f ("ID" int generated always as identity, v int,
                                       twice int generated always as (2 * v) stored, old boolean);
                insert into repair.e values (1, 10, default, false), (2, 20, default, false);
                insert into repair.f overriding system value values (1, 11, default, false), (1, 99, default, true)""");
        ObjectNode request = request("e", "f");
        request.putArray("pk_columns").add("id");
        request.putArray("column_mapping").addArray().add("id").add("ID");
        request.put("filter2", "not old -- the present");
        long diff = installation.api().post("/datadiffs", request).path("id").asLong();
        installation.api().finished(diff, PATIENCE);

        installation.inSource(script(installation, diff, "1to2"));

        long again = installation.api().post("/datadiffs", request).path("id").asLong();
        assertIdentical(installation, again, 2);
        request.put("filter2", "old");
        long untouched =
                installation.api().post("/datadiffs", request).path("id").asLong();
        assertThat(installation
                        .api()
                        .finished(untouched, PATIENCE)
                        .at("/pks/total_rows/1")
                        .asInt())
                .isEqualTo(1);
    }

    /** Whoever runs it has another search_path and time zone; and keys are looked up by PostgreSQL's own operators. */
    @Test
    void readsTheFilterAsTheDiffDid(Installation installation) throws Exception {
        installation.inSource(
                """
                drop table if exists repair.m, repair.n;
                drop schema if exists repair_names cascade;
                create schema repair_names;
                grant usage on schema repair_names to reader;
                create function repair_names.kept(text) returns boolean language sql as $$ select $1 = 'on' $$;
                create function repair_names.any(int, bigint) returns boolean language sql as $$ select true $$;
                create operator repair_names.= (leftarg = int, rightarg = bigint, function = repair_names.any);
                create domain repair_names.int8 as text;
                create table repair.m (id int, st text, at timestamptz);
                create table repair.n (id int, st text, at timestamptz);
                insert into repair.m values (1, 'on', '2026-01-01 00:00+09'), (2, 'on', '2026-01-02Z');
                insert into repair.n values (2, 'on', '2026-01-03Z'), (3, 'on', '2026-01-01 00:00+09'),
                                            (4, 'on', '2025-12-31 23:00+09'), (5, 'off', '2026-01-05Z')""");
        ObjectNode request = request("m", "n");
        request.putArray("pk_columns").add("id");
        for (String side : List.of("1", "2")) {
            request.put("filter" + side, "kept(st) and at >= '2026-01-01'")
                    .putObject("data_source" + side + "_session_parameters")
                    .put("search_path", "repair_names, pg_catalog")
                    .put("TimeZone", "Asia/Tokyo");
        }
        long diff = installation.api().post("/datadiffs", request).path("id").asLong();
        JsonNode found = installation.api().finished(diff, PATIENCE);
        assertThat(found.at("/pks/exclusives").toString()).isEqualTo("[1,1]");
        assertThat(found.at("/values/rows_with_differences").asInt()).isEqualTo(1);

        installation.inSource(script(installation, diff, "1to2"));

        assertIdentical(
                installation,
                installation.api().post("/datadiffs", request).path("id").asLong(),
                2);
        assertThat(number(installation, "select count(*) from repair.n where id in (4, 5)"))
                .isEqualTo(2);
    }

    /** What the filter hides is not there for the diff, but it is for the table. */
    @Test
    void changesNothingWhereAHiddenRowHasTheKey(Installation installation) throws Exception {
        installation.inSource(
                """
                drop table if exists repair.h, repair.i;
                create table repair.h (id int, st text, v int);
                create table repair.i (id int, st text, v int);
                insert into repair.h values (1, 'on', 1), (2, 'on', 2), (3, 'on', 3);
                insert into repair.i values (1, 'off', 1), (2, 'on', 7)""");
        ObjectNode request = request("h", "i");
        request.putArray("pk_columns").add("id");
        request.put("filter1", "st = 'on'").put("filter2", "st = 'on'");
        long diff = installation.api().post("/datadiffs", request).path("id").asLong();
        installation.api().finished(diff, PATIENCE);
        String script = script(installation, diff, "1to2");
        assertThatThrownBy(() -> installation.inSource(script))
                .hasMessageContaining("leaves out has a key that is to be inserted; nothing is changed. Rows: 1");
        assertThat(number(installation, "select v from repair.i where id = 2")).isEqualTo(7);

        installation.inSource("delete from repair.i where st = 'off'");
        installation.inSource(script);
        assertIdentical(
                installation,
                installation.api().post("/datadiffs", request).path("id").asLong(),
                3);
    }

    private static long number(Installation installation, String sql) throws SQLException {
        try (Connection connection = installation.source()) {
            return Installation.number(connection, sql);
        }
    }

    @Test
    void writesToNoMaterializedView(Installation installation) throws Exception {
        installation.inSource(
                """
                drop materialized view if exists repair.k;
                drop table if exists repair.j;
                create table repair.j (id int, v int);
                insert into repair.j values (1, 1);
                create materialized view repair.k as select 1 as id, 2 as v;
                grant select on repair.j, repair.k to reader""");
        long diff = diff(installation, "j", "k", "id");
        installation.api().finished(diff, PATIENCE);
        assertRefused(installation, diff, "Side B is a query or a materialized view");
        installation.inSource(script(installation, diff, "2to1"));
        assertIdentical(installation, diff(installation, "j", "k", "id"), 1);
    }

    @Test
    void saysWhyThereIsNone(Installation installation) throws Exception {
        installation.inSource(
                """
                drop table if exists repair.g;
                create table repair.g (id int, v int);
                insert into repair.g values (1, 1), (1, 2), (null, 3)""");
        long repeated = diff(installation, "g", "g", "id");
        installation.api().finished(repeated, PATIENCE);
        assertRefused(installation, repeated, "NULL or repeated");
        ObjectNode request = request("g", "g");
        request.remove("table2");
        request.put("query2", "select 7 as id, 1 as v");
        request.put("filter1", "id = 0");
        request.putArray("pk_columns").add("id");
        long ofQuery = installation.api().post("/datadiffs", request).path("id").asLong();
        installation.api().finished(ofQuery, PATIENCE);
        assertRefused(installation, ofQuery, "Side B is a query");
        assertThat(script(installation, ofQuery, "2to1")).contains("insert into \"repair\".\"g\"");
        Api.Answer wrong = installation.api().getRaw("/datadiffs/" + ofQuery + "/repair?direction=both");
        assertThat(wrong.status()).isEqualTo(422);
    }

    /** Tables p and q, rows of theirs, and why q cannot be made equal to p; nothing where it can. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            emptyValue = "",
            nullValues = "works",
            value = {
                "p (id int primary key, v int); q (id int primary key, v int, w int not null) ~ (1,1),(2,2) ~ (1,1,0) ~ has no default",
                "p (id int primary key, v int); q (id int primary key, v int, w int not null) ~ (1,1) ~ (1,2,0) ~ works",
                "p (id int primary key, v int); q (id int primary key, v int, w int not null default 7) ~ (1,1),(2,2) ~ (1,1,0) ~ works",
                "p (id int, v int unique); q (id int primary key, v int unique) ~ (1,2),(2,1) ~ (1,1),(2,2) ~ pass unique values",
                "p (id int, v int unique); q (id int primary key, v int unique) ~ (1,5),(2,1) ~ (1,1),(2,2) ~ pass unique values",
                "p (id int, v int unique); q (id int primary key, v int unique) ~ (1,5),(2,6) ~ (1,1),(2,2),(3,5) ~ works",
                "p (id int, v int unique); q (id int primary key, v int unique deferrable) ~ (1,2),(2,1) ~ (1,1),(2,2) ~ works",
                "p (id int, v int unique); q (id int primary key, v int unique) ~ (1,null),(2,null) ~ (1,1),(2,2) ~ works",
                "p (id int, v int, w int, unique (v, w)); q (id int, v int, w int, unique (v, w)) ~ (1,2,1),(2,1,1) ~ (1,1,1),(2,2,1) ~ pass unique values",
                "p (id int, v int, w int, unique (v, w)); q (id int, v int, w int, unique (v, w)) ~ (1,3,1),(2,4,1) ~ (1,1,1),(2,2,1) ~ works",
                "p (id int, v int); q (id int, v int unique) ~ (1,1),(2,1) ~ (1,1) ~ might not be unique",
                "p (id int, v text); q (id int, v text); create unique index on repair.q (lower(v)) ~ (1,'a') ~ (1,'b') ~ of expressions",
                "p (id int, v bigint); q (id int, v int) ~ (1,2147483648) ~ (1,1) ~ does not take",
                "p (id int, v bigint); q (id int, v int) ~ (1,2147483647) ~ (1,1) ~ works",
                "p (id int, v float8); q (id int, v int) ~ (1,5),(2,1e5) ~ (1,1) ~ works",
                "p (id bigint, v int); q (id smallint, v int) ~ (99999,5) ~ (1,1) ~ column id does not take",
                "p (id int, v numeric); q (id int, v numeric(5,2)) ~ (1,1.234) ~ (1,1) ~ does not take",
                "p (id int, v numeric); q (id int, v numeric(5,2)) ~ (1,999.99) ~ (1,1) ~ works",
                "p (id int, v float8); q (id int, v real) ~ (1,1.1) ~ (1,1) ~ does not take",
                "p (id int, v float8); q (id int, v numeric) ~ (1,1e-9),(2,0.1) ~ (1,1) ~ works",
                "p (id int, v text); q (id int, v varchar(3)) ~ (1,'abcd') ~ (1,'a') ~ does not take",
                "p (id int, v text); q (id int, v char(3)) ~ (1,'a ') ~ (1,'b') ~ does not take",
                "p (id int, v text); q (id int, v char(3)) ~ (1,'abc') ~ (1,'b') ~ works",
                "p (id int, v timestamp); q (id int, v timestamp(0)) ~ (1,'2024-01-01 00:00:00.5') ~ (1,null) ~ does not take",
                "p (id int, v text); q (id int, v repair.mood) ~ (1,'glad') ~ (1,'sad') ~ does not take",
                "p (id int, v text); q (id int, v repair.mood) ~ (1,'sad') ~ (1,null) ~ works",
                "p (id int, v int); q (id int, v repair.positive) ~ (1,7) ~ (1,8) ~ cannot be told",
                "p (id int, v int); q (id int, v int not null) ~ (1,null) ~ (1,1) ~ does not take",
                "p (id int, v int); q (id int, v int not null) ~ (1,2) ~ (1,1) ~ works",
                "p (id int, v int); q (id int, v int check (v > 0)) ~ (1,2) ~ (1,1) ~ the constraint q_v_check",
                "p (id int, v int check (v > 0)); q (id int, v int check (v > 0)) ~ (1,2),(2,2) ~ (1,1) ~ works",
                "p (id int, v int); q (id int, v int check (v > 0)) ~ (1,2) ~ (1,2),(3,3) ~ works",
                "p (id int, v int); q (id int, v int references repair.r) ~ (1,2) ~ (1,null) ~ the constraint q_v_fkey",
                "p (id int, v int references repair.r); q (id int, v int references repair.r) ~ (1,1) ~ (1,null) ~ works",
                "p (id int, v int); q (id int primary key, v int); create table repair.s (q int references repair.q) ~ (1,1) ~ (2,1) ~ refers to its rows",
                "p (id int, v int); q (id int primary key, v int); create table repair.s (q int references repair.q) ~ (1,1) ~ (1,2) ~ works",
                "p (id int, v int, w int); q (id int, v int, w int generated always as (v + 1) stored) ~ (1,1,9) ~ (1,1) ~ The database computes",
                "p (id int, v int, w int generated always as (v) stored); q (id int, v int, w int generated always as (v + 1) stored) ~ (1,1) ~ (1,1) ~ The database computes",
                "p (id int, v int); q (id int, v int generated always as identity) ~ (1,7) ~ (1) ~ itself generates",
                "p (id int, v int); q (id int, v int) partition by range (id); create table repair.q1 partition of repair.q for values from (0) to (9) ~ (1,1),(99,1) ~ (1,1) ~ no default one",
                "p (id int, v int); q (id int, v int); alter table repair.q enable row level security; create policy all_rows on repair.q using (true) ~ (1,1) ~ (1,2) ~ Row security",
                "p (id int, v int); q (id int, v int); create rule r as on update to repair.q do instead nothing ~ (1,1) ~ (1,2) ~ Rules",
                "p (id int, v int); q (id int, v int); create trigger g before update on repair.q for each row execute function repair.keep() ~ (1,1) ~ (1,2) ~ The trigger g",
                "p (id int, v int); q (id int, v int); create trigger g before update on repair.q for each row execute function repair.keep() ~ (1,1),(2,2) ~ (1,1),(3,3) ~ works"
            })
    void refusesWhatCouldNotComeOutRight(
            String tables, String rowsOfA, String rowsOfB, @Nullable String reason, Installation installation)
            throws Exception {
        installation.inSource("drop table if exists repair.p, repair.q, repair.r, repair.s cascade;"
                + "create or replace function repair.keep() returns trigger language plpgsql as 'begin return old; end';"
                + "create table repair.r (id int primary key); insert into repair.r values (1);"
                + "create table repair." + tables.replace("; q (", "; create table repair.q (") + ";"
                + "insert into repair.p values " + rowsOfA + "; insert into repair.q values " + rowsOfB);
        long diff = diff(installation, "p", "q", "id");
        assertThat(installation.api().finished(diff, PATIENCE).path("status").asText())
                .isEqualTo("success");

        if (reason == null) {
            installation.inSource(script(installation, diff, "1to2"));

            assertIdentical(installation, diff(installation, "p", "q", "id"), rowsOfA.split("\\)").length);
        } else {
            assertRefused(installation, diff, reason);
        }
    }

    /** A column's type in A, its values there, its type in B, its values there. */
    private static final List<String> DRAWN = List.of(
            "int: 1, 2, 3 ~ int: 1, 2, 3",
            "bigint: 1, 2, 3000000000 ~ int: 1, 2",
            "numeric: 1.5, 2.25, 1.234, 12345 ~ numeric(5,2): 1.5, 2.25",
            "float8: 0.5, 1.1 ~ real: 0.5, 1.1",
            "float8: 1, 2, 2.5 ~ int: 1, 2",
            "numeric: 0.1, 100 ~ float8: 0.1, 0.001, 1e30",
            "text: 'a', 'abc', 'abcd' ~ varchar(3): 'a', 'abc'",
            "text: 'a', 'a ', 'abc' ~ char(3): 'a', 'abc'",
            "timestamp: '2024-01-01 00:00', '2024-01-01 00:00:00.5' ~ timestamp(0): '2024-01-01 00:00'",
            "text: 'sad', 'glad' ~ repair.mood: 'sad', 'it''s ok'",
            "jsonb: '{\"a\": 1}', '[1.0]' ~ json: '{\"a\":1}', '[1]'",
            "int[]: '{1,2}', '{}' ~ bigint[]: '{1,2}', '{3000000000}'",
            "numeric[]: '{1.0,2}' ~ numeric[]: '{1,2}', '{}'",
            "int: 1, 7 ~ repair.positive: 1, 7",
            "bool: true, false ~ bool: true, false");

    /** Statements between rows that are not equal, whatever they are: either none are given, or they do what they promise. */
    @Test
    void givesNoScriptThatDoesNotRepair(Installation installation) throws Exception {
        int refused = 0;
        int repaired = 0;
        for (int seed = 0; seed < 40; seed++) {
            installation.inSource(new RandomTables(new Random(seed)).statements());
            long diff = diff(installation, "x", "y", "id");
            assertThat(installation
                            .api()
                            .finished(diff, PATIENCE)
                            .path("status")
                            .asText())
                    .isEqualTo("success");
            String direction = seed % 2 == 0 ? "1to2" : "2to1";
            Api.Answer answer = installation.api().getRaw("/datadiffs/" + diff + "/repair?direction=" + direction);
            if (answer.status() == 409) {
                refused++;
                continue;
            }
            assertThat(answer.status()).as("seed %d", seed).isEqualTo(200);
            installation.inSource(answer.body());
            JsonNode again = installation.api().finished(diff(installation, "x", "y", "id"), PATIENCE);
            assertThat(again.at("/pks/exclusives").toString())
                    .as("seed %d", seed)
                    .isEqualTo("[0,0]");
            assertThat(again.at("/values/rows_with_differences").asInt())
                    .as("seed %d", seed)
                    .isZero();
            repaired++;
        }
        assertThat(List.of(refused, repaired)).allMatch(count -> count > 5);
    }

    /** Two tables with a few rows each, and what may stand against writing to them. */
    private record RandomTables(Random random) {
        String statements() {
            List<String[]> sides = new ArrayList<>();
            List<String> ofA = new ArrayList<>(List.of("id int primary key"));
            List<String> ofB = new ArrayList<>(List.of("id int primary key"));
            for (int i = 0; i < 1 + random.nextInt(3); i++) {
                String[] pair = DRAWN.get(random.nextInt(DRAWN.size())).split(" ~ ");
                sides.add(pair);
                ofA.add(column("c" + i, pair[0]));
                ofB.add(column("c" + i, pair[1]));
            }
            boolean unique = random.nextInt(3) == 0;
            if (unique) {
                ofA.add("u int unique");
                ofB.add("u int " + (random.nextBoolean() ? "unique" : "unique deferrable"));
            }
            List<String> others =
                    List.of("w int not null default 0", "w serial unique", "w int", "w int check (w > 0)", "");
            ofB.add(others.get(random.nextInt(others.size())));
            return "drop table if exists repair.x, repair.y;" + table("x", ofA) + table("y", ofB)
                    + rows("x", sides, 0, unique) + rows("y", sides, 1, unique);
        }

        private String column(String name, String drawn) {
            String type = drawn.substring(0, drawn.indexOf(": "));
            return name + " " + type + (random.nextInt(4) == 0 ? " not null" : "");
        }

        private static String table(String name, List<String> columns) {
            return "create table repair." + name + " ("
                    + columns.stream().filter(column -> !column.isEmpty()).collect(Collectors.joining(", ")) + ");";
        }

        /** Whose NULLs are left out where there may be none. */
        private String rows(String table, List<String[]> sides, int side, boolean unique) {
            List<Integer> shuffled =
                    new ArrayList<>(IntStream.range(0, 12).boxed().toList());
            if (random.nextBoolean()) {
                Collections.shuffle(shuffled, random);
            }
            StringBuilder statements = new StringBuilder();
            for (int id = 0; id < 12; id++) {
                if (random.nextInt(6) == 0) {
                    continue;
                }
                String values = sides.stream()
                        .map(pair -> value(pair[side]
                                .substring(pair[side].indexOf(": ") + 2)
                                .split(", ")))
                        .collect(Collectors.joining(", "));
                statements.append(
                        "do $$ begin insert into repair.%s values (%d, %s%s); exception when not_null_violation then end $$;"
                                .formatted(table, id, values, unique ? ", " + shuffled.get(id) : ""));
            }
            return statements.toString();
        }

        private String value(String[] values) {
            return random.nextInt(6) == 0 ? "null" : values[random.nextInt(values.length)];
        }
    }

    private static void assertRefused(Installation installation, long diff, String why) throws Exception {
        Api.Answer refused = installation.api().getRaw("/datadiffs/" + diff + "/repair?direction=1to2");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.contentType()).startsWith("application/problem+json");
        assertThat(refused.json().path("detail").asText()).contains(why);
    }

    private static String script(Installation installation, long diff, String direction) throws Exception {
        Api.Answer script = installation.api().getRaw("/datadiffs/" + diff + "/repair?direction=" + direction);
        assertThat(script.status()).as(script.body()).isEqualTo(200);
        assertThat(script.contentType()).startsWith("application/sql");
        assertThat(script.body()).endsWith("commit;\n");
        return script.body();
    }

    private static void assertIdentical(Installation installation, long diff, int rows) {
        JsonNode found = installation.api().finished(diff, PATIENCE);
        assertThat(found.path("status").asText()).as(found.toString()).isEqualTo("success");
        assertThat(found.at("/pks/exclusives").toString()).isEqualTo("[0,0]");
        assertThat(found.at("/values/rows_with_differences").asInt())
                .as(found.toString())
                .isZero();
        assertThat(found.at("/values/total_rows").asInt()).isEqualTo(rows);
    }

    private static long diff(Installation installation, String a, String b, String key) throws Exception {
        ObjectNode request = request(a, b);
        request.putArray("pk_columns").add(key);
        return installation.api().post("/datadiffs", request).path("id").asLong();
    }

    private static ObjectNode request(String a, String b) {
        ObjectNode request = Api.object().put("data_source1_id", source).put("data_source2_id", source);
        request.putArray("table1").add("repair").add(a);
        request.putArray("table2").add("repair").add(b);
        return request;
    }
}
