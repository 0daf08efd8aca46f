package io.parallax.dialect.postgres;

import static io.parallax.engine.Diffing.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.parallax.contract.Dataset;
import io.parallax.contract.DiffFailedException;
import io.parallax.contract.DiffSpec;
import io.parallax.contract.ErrorType;
import io.parallax.contract.SourceDetails;
import io.parallax.contract.TimeClip;
import io.parallax.contract.Workspace;
import io.parallax.contract.message.SourceQuestion;
import io.parallax.contract.message.Targets;
import io.parallax.contract.tally.Sides;
import io.parallax.contract.tally.Tally;
import io.parallax.engine.Diffing;
import io.parallax.engine.TestServer;
import io.parallax.engine.session.Cancellation;
import io.parallax.engine.task.Databases;
import io.parallax.engine.task.HeldSnapshot;
import io.parallax.engine.task.Planned;
import io.parallax.engine.task.Sizing;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Users' SQL means what it means in their own sessions, and ours means the same in all. */
class LoginIT {
    private static final String PREFIX = "parallax_0000000000091000_";

    private static final List<String> ODD_SETTINGS = List.of(
            "DateStyle = 'German, DMY'",
            "IntervalStyle = 'iso_8601'",
            "TimeZone = 'Asia/Kolkata'",
            "extra_float_digits = -15",
            "bytea_output = 'escape'",
            "array_nulls = off",
            "transform_null_equals = on",
            "backslash_quote = off",
            "quote_all_identifiers = on",
            "standard_conforming_strings = off",
            "escape_string_warning = off",
            "xmloption = 'document'",
            "default_text_search_config = 'german'",
            "default_transaction_isolation = 'serializable'",
            "app.tenant = 'seven'");

    @BeforeAll
    static void logins() {
        TestServer.run("drop database if exists homes with (force)", "create database homes");
        role("odd");
        role("plain");
        ODD_SETTINGS.forEach(setting -> TestServer.run("alter role odd set " + setting));
        EveryKind.tables("odd");
        role("copier");
        ODD_SETTINGS.forEach(setting -> TestServer.run("alter role copier set " + setting));
        TestServer.run(
                "grant usage, create on schema every_scratch to copier", "grant usage on schema every to copier");
        TestServer.runIn(
                "homes",
                "create schema extensions",
                "create extension citext schema extensions",
                "create schema mine",
                "grant usage on schema extensions, mine to public",
                "create table public.people (id int primary key, email extensions.citext)",
                "insert into public.people select g, case when g <= 50 then 'Bob@X.com' else 'eve@x.com' end"
                        + " from generate_series(1, 100) g",
                "create table mine.people (id int, email text)",
                "create table mine.things (id int)",
                "insert into mine.things values (1), (2)",
                "create function mine.zone() returns text language sql stable as 'select current_setting(''TimeZone'')'",
                "create view public.zoned as select 1 as id, mine.zone() as zone",
                "create extension hstore schema extensions",
                "create extension ltree schema extensions",
                "create type public.name as (first text, age int)",
                "create type public.lengths as range (subtype = numeric)",
                "create table public.tagged as select g as id, timestamptz '2026-01-01Z' + g * interval '1 hour' as at,"
                        + " extensions.hstore('a', g::text) as tags, extensions.text2ltree('a.b') as path,"
                        + " row('a', g)::public.name as name, array[row('a', g)::public.name] as names,"
                        + " public.lengths(1, 2 + g) as lengths from generate_series(0, 23) g",
                "create type public.visit as (at timestamptz, place point, m money)",
                "create table public.stays as select id, at, point(id / 3.0, 1) as p, at - timestamptz '2025-01-01Z' as since,"
                        + " row(at, point(id / 3.0, 1), 12345.6::numeric::money)::public.visit as visit,"
                        + " array[row(at, null, null)::public.visit, null] as visits from public.tagged",
                "grant select on all tables in schema public, mine to public",
                "alter database homes set search_path = public, extensions",
                "alter database homes set app.tenant = 'all'",
                "alter database homes set app.zone = 'west'",
                "alter database homes set lc_numeric = 'C'",
                "alter role plain in database homes set app.tenant = 'both'",
                "alter role plain set app.tenant = 'none'",
                "alter database homes set TimeZone = 'America/New_York'",
                "alter role plain set TimeZone = 'Europe/Paris'",
                "alter role plain in database homes set DateStyle = 'SQL, DMY'",
                "alter role odd in database homes set search_path = mine, public, extensions");
    }

    private static void role(String name) {
        TestServer.run("do $$ begin if to_regrole('" + name + "') is null then create role " + name
                + " login; end if; end $$");
    }

    @AfterAll
    static void drop() {
        TestServer.run(
                "drop database if exists homes with (force)",
                "drop schema if exists hostile cascade",
                "drop schema if exists every, every_scratch cascade",
                "drop role odd",
                "drop role copier",
                "drop role plain");
    }

    private static SourceDetails source(String user, String database) {
        return new SourceDetails("pg", TestServer.options().put("user", user).put("dbname", database));
    }

    private static JsonNode asked(String user, String sql) {
        return asked(source(user, "homes"), sql);
    }

    private static JsonNode asked(SourceDetails source, String sql) {
        return Diffing.DEFAULT
                .answer(new SourceQuestion.Query(sql, 10, null), source, new Cancellation())
                .path("rows")
                .path(0);
    }

    @Test
    void comesOutTheSameWhateverTheSettings() {
        alterOdd("reset search_path");

        assertSame(EveryKind.of(source("odd", "postgres"), source("odd", "postgres")));
    }

    /** Every function, operator, type, relation and collation of PostgreSQL's has a look-alike that comes first. */
    @Test
    void comesOutTheSameAmongLookAlikes() {
        HostileSchema.create("odd");
        alterOdd("set search_path = hostile, pg_catalog");

        assertThatThrownBy(() -> asked(source("odd", "postgres"), "select 1 + 1 as x"))
                .hasMessageContaining("hostile +");
        assertSame(EveryKind.of(source("odd", "postgres"), source("odd", "postgres")));
    }

    /** For sessions that begin after it: those of tests before, which are kept for a moment, know nothing of it. */
    private static void alterOdd(String how) {
        TestServer.run("alter role odd " + how);
        TestServer.awaitOne("select count(*) from pg_stat_activity where usename = 'odd'", 0);
    }

    private static void assertSame(Map<String, String> outcomes) {
        Map<String, String> expected = EveryKind.expected();
        assertThat(outcomes.keySet()).isEqualTo(expected.keySet());
        outcomes.forEach((what, outcome) -> {
            List<String> lines = outcome.lines().toList();
            // One line of it says enough, and all of them too much.
            assertThat(lines.stream()
                            .filter(line ->
                                    expected.getOrDefault(what, "").lines().noneMatch(line::equals))
                            .findFirst())
                    .as(what)
                    .isEmpty();
            assertThat(lines)
                    .as(what)
                    .hasSameSizeAs(expected.getOrDefault(what, "").lines().toList());
        });
    }

    /** Whose texts PostgreSQL itself writes by the settings. */
    @Test
    void compositesAreTheSameForAllLogins() {
        Dataset texts = new Dataset(null, "select id, mixed, p, tz, moments from every.a", null);
        assertThat(Diffing.diff(
                                Diffing.DEFAULT,
                                new DiffSpec(texts, texts, List.of("id"), List.of(), List.of()),
                                source("odd", "postgres"),
                                TestServer.source())
                        .tally()
                        .rowsWithDifferences())
                .isZero();
    }

    /** Their texts have no schema where the search_path finds them without. */
    @Test
    void namesOfObjectsAreTheSameAlongAnyPath() {
        String names =
                "select 1 as id, 'every.a'::regclass as c, 'every.feeling'::regtype as t, 'lower(text)'::regprocedure"
                        + " as f, array['every.b'::regclass, null] as l, 0::regclass as none, 4711::regtype as gone";
        DiffSpec spec = new DiffSpec(
                new Dataset(null, names, null, Map.of("search_path", "every")),
                new Dataset(null, names, null),
                List.of("id"),
                List.of(),
                List.of());

        Diffing.Outcome diff = Diffing.diff(Diffing.DEFAULT, spec, TestServer.source(), TestServer.source());

        assertThat(diff.tally().comparedRows()).isEqualTo(1);
        assertThat(diff.tally().rowsWithDifferences()).isZero();
    }

    /** Of extensions and of tables alike, along the search_path of the role in the database, or of the database. */
    @Test
    void findsWhatTheLoginFinds() {
        Dataset bobs = new Dataset(List.of("people"), null, "email = 'bob@x.com'");
        Dataset all = new Dataset(List.of("public", "people"), null, null);
        for (Sizing sizing : List.of(Sizing.DEFAULT, Diffing.TINY, Diffing.PIECES)) {
            assertThat(Diffing.diff(
                                    Diffing.engine(sizing),
                                    new DiffSpec(bobs, all, List.of("id"), List.of(), List.of()),
                                    source("plain", "homes"),
                                    source("odd", "homes"))
                            .tally()
                            .totalRows())
                    .isEqualTo(Sides.of(50, 100));
        }
        Dataset mine = new Dataset(List.of("people"), null, null);
        assertThat(Diffing.diff(
                                Diffing.DEFAULT,
                                new DiffSpec(mine, all, List.of("id"), List.of("email"), List.of()),
                                source("odd", "homes"),
                                source("plain", "homes"))
                        .tally()
                        .totalRows())
                .isEqualTo(Sides.of(0, 100));
        assertThatThrownBy(() -> Diffing.DEFAULT.answer(
                        new SourceQuestion.TableSchema(List.of("things")),
                        source("plain", "homes"),
                        new Cancellation()))
                .hasMessageContaining("things");
        assertThat(Diffing.DEFAULT
                        .answer(
                                new SourceQuestion.TableSchema(List.of("things")),
                                source("odd", "homes"),
                                new Cancellation())
                        .path("columns"))
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "odd   | select '02/01/2020'::date - '2020-01-02'::date as x                | 0",
                "plain | select '02/01/2020'::date - '2020-01-02'::date as x                | 0",
                "odd   | select (date '2020-01-31')::text as x                              | 31.01.2020",
                "odd   | select date '2020-01-31' as x                                      | 31.01.2020",
                "plain | select (date '2020-01-31')::text as x                              | 31/01/2020",
                "odd   | select current_setting('TimeZone') as x                            | Asia/Kolkata",
                "plain | select current_setting('TimeZone') as x                            | Europe/Paris",
                "odd   | select zone as x from zoned                                        | Asia/Kolkata",
                "plain | select zone as x from zoned                                        | Europe/Paris",
                "odd   | select (interval '1 day')::text as x                               | P1D",
                "odd   | select (1 / 3.0::float8)::text as x                                | 0.3",
                "odd   | select ('\\x41'::bytea)::text as x                                 | A",
                "odd   | select current_setting('app.tenant') as x                          | seven",
                "odd   | select current_setting('standard_conforming_strings') as x         | on",
                "odd   | select current_setting('transaction_read_only') as x               | on",
                "odd   | select current_setting('default_text_search_config') as x          | \"pg_catalog\".\"german\"",
                "odd   | select current_setting('search_path') as x                         | mine, public, extensions",
                "plain | select current_setting('search_path') as x                         | public, extensions",
            })
    void readsQueriesAsTheLoginDoes(String user, String sql, String value) {
        assertThat(asked(user, sql).path("x").asText()).isEqualTo(value);
    }

    /** What the server itself says, where nobody says more. */
    @Test
    void knowsTheServersOwnSettings() {
        TestServer.run("alter system set DateStyle = 'SQL, DMY'", "alter system set IntervalStyle = 'iso_8601'");
        try {
            TestServer.run("select pg_reload_conf()");
            TestServer.awaitOne(
                    "select count(*) from pg_settings where name = 'IntervalStyle' and setting = 'iso_8601'", 1);
            role("fresh");
            JsonNode row = asked(
                    source("fresh", "postgres"),
                    "select current_setting('DateStyle') as style, interval '1 day' as span");
            assertThat(row.path("style").asText()).isEqualTo("SQL, DMY");
            assertThat(row.path("span").asText()).isEqualTo("P1D");
        } finally {
            TestServer.run(
                    "alter system reset DateStyle",
                    "alter system reset IntervalStyle",
                    "select pg_reload_conf()",
                    "drop role fresh");
            TestServer.awaitOne(
                    "select count(*) from pg_settings where name = 'IntervalStyle' and setting = 'iso_8601'", 0);
        }
    }

    /** A column of no known type is no reason to read the filter otherwise than the login does. */
    @Test
    void readsFiltersAsTheLoginDoesWhateverIsCompared() {
        Dataset morning = new Dataset(List.of("public", "tagged"), null, "at < '2026-01-01 12:00'");
        for (Sizing sizing : List.of(Sizing.DEFAULT, Diffing.TINY)) {
            assertThat(Diffing.diff(
                                    Diffing.engine(sizing),
                                    new DiffSpec(morning, morning, List.of("id"), List.of(), List.of()),
                                    source("plain", "homes"),
                                    source("plain", "homes"))
                            .tally()
                            .totalRows())
                    .isEqualTo(Sides.of(11, 11));
        }
    }

    /** Nor is one whose text depends on settings. */
    @Test
    void readsFiltersAsEachLoginDoesWhateverIsCompared() {
        for (Sizing sizing : List.of(Sizing.DEFAULT, Diffing.TINY, Diffing.PIECES)) {
            Diffing.Outcome diff = Diffing.diff(
                    Diffing.engine(sizing),
                    new DiffSpec(
                            new Dataset(List.of("public", "stays"), null, "at::date = '01/01/2026'"),
                            new Dataset(null, "select * from stays where at::date::text = '01.01.2026'", null),
                            List.of("id"),
                            List.of(),
                            List.of()),
                    source("plain", "homes"),
                    source("odd", "homes"));

            assertThat(diff.tally().totalRows()).isEqualTo(Sides.of(23, 19));
            assertThat(diff.tally().rowsWithDifferences()).isZero();
            assertThat(diff.tally().comparedRows()).isEqualTo(19);
            assertThat(diff.plan().notes()).noneMatch(note -> note.toString().contains("settings"));
        }
    }

    /** As the types send themselves, or as texts where one of them does not. */
    @ParameterizedTest
    @ValueSource(strings = {"", ", null::aclitem as acl"})
    void copiesWhatTheLoginReads(String unsent) {
        String query =
                "select g as id, timestamptz '2026-01-01Z' + g * interval '1 hour' as at, date '2026-01-31' as d,"
                        + " g / 3.0::float8 as f, interval '-1 mon 2 days' as iv, '1.5'::numeric::money as m, '\\x01'::bytea as by,"
                        + " array['NULL', null] as texts, array[[timestamptz '2026-01-01Z', null]] as zoned, '[0:0]={0001-01-01 BC}'::date[] as days, '{}'::date[] as none,"
                        + " xmlparse(content 'b<a/>') as x, row(g, '2026-01-31', timestamptz '2026-01-01Z')::every.pair as mixed,"
                        + " array[tstzrange('2026-01-01Z', null)] as moments, array[interval '-1 mon 2 days'] as spans,"
                        + " array['1.5'::numeric::money] as monies, array['\\x01'::bytea] as bytes, point(1 / 3.0, 2) as p"
                        + unsent + " from generate_series(0, 23) g";
        assertCopied(
                source("copier", "postgres"),
                new Dataset(null, query, "at < '01.01.2026 12:00'"),
                new Dataset(null, query, "at < '2026-01-01 12:00+05:30'"),
                7);
    }

    /** Where the client says how they are to be read. */
    @Test
    void copiesWithLiteralsAsTheClientWantsThem() {
        SourceDetails told = TestServer.source().with(Map.of("DateStyle", "SQL, DMY"));
        assertCopied(
                told,
                new Dataset(null, "select 1 as id, date '31/01/2020' as d", null, told.settings()),
                new Dataset(null, "select 1 as id, date '2020-01-31' as d", null),
                1);
    }

    private static void assertCopied(SourceDetails source, Dataset copied, Dataset expected, long rows) {
        DiffSpec spec = DiffSpec.draft(copied, expected, List.of("id"), List.of(), List.of())
                .workspace(new Workspace(PREFIX, "every_scratch", null, null))
                .spec();
        Databases databases = new Databases(source, TestServer.source(), null);
        Planned planned = Diffing.DEFAULT.plan(spec, databases, null, PREFIX, new Cancellation());
        try (HeldSnapshot held = planned.hold()) {
            Tally tally = Diffing.finish(Diffing.DEFAULT, planned, source, TestServer.source())
                    .tally();
            assertThat(tally.totalRows()).isEqualTo(Sides.of(rows, rows));
            assertThat(tally.rowsWithDifferences()).isZero();
            assertThat(tally.comparedRows()).isEqualTo(rows);
        } finally {
            Diffing.DEFAULT.dropTables(source, "every_scratch", PREFIX, new Cancellation());
        }
    }

    @Test
    void takesWhatClientsWantOfASession() {
        SourceDetails told = source("plain", "homes")
                .with(Map.of(
                        "TimeZone", "Asia/Tokyo", "DateStyle", "German", "search_path", "mine", "app.tenant", "9"));

        assertThat(asked(told, "select current_setting('TimeZone') as x")
                        .path("x")
                        .asText())
                .isEqualTo("Asia/Tokyo");
        assertThat(asked(told, "select current_date::text like '__.__.____' as x")
                        .path("x")
                        .asBoolean())
                .isTrue();
        assertThat(asked(told, "select count(*) as x from things").path("x").asInt())
                .isEqualTo(2);
        Dataset things = new Dataset(List.of("things"), null, "true", told.settings());
        assertThat(Diffing.diff(
                                Diffing.DEFAULT,
                                new DiffSpec(things, things, List.of("id"), List.of(), List.of()),
                                source("plain", "homes"),
                                source("plain", "homes"))
                        .tally()
                        .totalRows())
                .isEqualTo(Sides.of(2, 2));
    }

    /** Else the next statement would be read otherwise than it was checked. */
    @Test
    void letsNobodyChangeHowStringsAreRead() {
        String sql = "select 1 as id, set_config('standard_conforming_strings', 'off', false) as v, '\\' as w";

        assertThatThrownBy(() -> Diffing.diff(query(sql), query(sql), "id"))
                .isInstanceOfSatisfying(
                        DiffFailedException.class,
                        e -> assertThat(e.failure().type()).isEqualTo(ErrorType.QUERY_ERROR))
                .hasMessageContaining("standard_conforming_strings");
        assertThat(asked(TestServer.source(), "select current_setting('standard_conforming_strings') as x")
                        .path("x")
                        .asText())
                .isEqualTo("on");
    }

    /** For whoever repairs with another login: of role in database, role, and database, the first. */
    @Test
    void tellsWhatFiltersDependOn() {
        assertThat(settings("odd")).contains(Map.entry("app.tenant", "seven"), Map.entry("app.zone", "west"));
        assertThat(settings("plain"))
                .contains(
                        Map.entry("app.tenant", "both"),
                        Map.entry("app.zone", "west"),
                        Map.entry("lc_numeric", "C"),
                        Map.entry("timezone", "Europe/Paris"))
                .containsKeys("lc_time", "timezone_abbreviations", "backslash_quote")
                .doesNotContainKey("app.other");
    }

    private static Map<String, String> settings(String user) {
        Dataset tenants = new Dataset(
                List.of("public", "tagged"), null, "current_setting('App.Other', true) is distinct from 'x'");
        Targets targets = Diffing.diff(
                        Diffing.DEFAULT,
                        new DiffSpec(tenants, tenants, List.of("id"), List.of(), List.of()),
                        source(user, "homes"),
                        source(user, "homes"))
                .plan()
                .targets();
        return Objects.requireNonNull(
                Objects.requireNonNull(Objects.requireNonNull(targets).a()).settings());
    }

    /** A clip without an offset is in UTC, whatever zone the login is in. */
    @Test
    void clipsInUtc() {
        assertThat(Stream.of("2026-01-01T00:30:00", "2026-01-01T00:30:00Z", "2026-01-01T01:30:00+01:00", "2026-01-01")
                        .map(from -> Diffing.diff(
                                        Diffing.DEFAULT,
                                        DiffSpec.draft(hours(), hours(), List.of("id"), List.of(), List.of())
                                                .clip(new TimeClip("at", from, null))
                                                .spec(),
                                        source("plain", "homes"),
                                        source("plain", "homes"))
                                .tally()
                                .totalRows()
                                .a()))
                .containsExactly(47L, 47L, 47L, 48L);
    }

    private static Dataset hours() {
        return query("select g as id, timestamptz '2026-01-01 00:00Z' + g * interval '1 hour' as at"
                + " from generate_series(0, 47) g");
    }
}
