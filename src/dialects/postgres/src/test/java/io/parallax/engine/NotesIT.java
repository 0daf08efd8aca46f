package io.parallax.engine;

import static io.parallax.engine.Diffing.query;
import static io.parallax.engine.Diffing.table;
import static org.assertj.core.api.Assertions.assertThat;

import io.parallax.contract.Dataset;
import io.parallax.contract.DiffSpec;
import io.parallax.contract.SourceDetails;
import io.parallax.contract.TimeBuckets;
import io.parallax.contract.TimeClip;
import io.parallax.contract.Workspace;
import io.parallax.contract.tally.Note;
import io.parallax.engine.session.Cancellation;
import io.parallax.engine.task.Databases;
import io.parallax.engine.task.Planned;
import io.parallax.engine.task.Sizing;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a plan notes for who reads the diff. */
class NotesIT {
    @BeforeAll
    static void guardedTables() {
        TestServer.run(
                "create role note_reader login",
                "create role note_owner login",
                "create role note_escaper login",
                "create role note_bypass login bypassrls",
                "create schema noted authorization note_owner",
                "grant create, usage on schema noted to note_reader, note_bypass",
                "set role note_owner",
                "create table noted.rows (id int primary key, v text)",
                "insert into noted.rows select g, 'v' from generate_series(1, 100) g",
                "alter table noted.rows enable row level security",
                "create policy few on noted.rows using (id < 50)",
                "create table noted.parts (id int, v text) partition by range (id)",
                "create table noted.part partition of noted.parts for values from (1) to (1000)",
                "insert into noted.parts select g, 'v' from generate_series(1, 100) g",
                "alter table noted.parts enable row level security",
                "create policy few on noted.parts using (id < 50)",
                "create table noted.forced (id int primary key, v text)",
                "alter table noted.forced enable row level security",
                "alter table noted.forced force row level security",
                "create table noted.plain (id int primary key, v text)",
                "create function noted.least() returns int language plpgsql stable as"
                        + " 'begin return (select min(id) from noted.rows); end'",
                "create view noted.all_rows as select * from noted.rows",
                "create view noted.some_rows with (security_invoker) as select * from noted.rows",
                "create view noted.deep as select * from noted.some_rows",
                "create view noted.forced_rows as select * from noted.forced",
                "grant select on all tables in schema noted to note_reader, note_bypass",
                "set role note_reader",
                "create view noted.of_reader as select * from noted.rows",
                "grant select on noted.of_reader to note_owner");
    }

    private static List<String> notes(String login, Dataset a, Dataset b) {
        SourceDetails source = new SourceDetails("pg", TestServer.options().put("user", login));
        Planned planned = Diffing.engine(Sizing.DEFAULT)
                .plan(new DiffSpec(a, b, List.of("id"), List.of(), List.of()), source, source, new Cancellation());
        List<Note> notes = planned.plan().notes();
        return notes == null ? List.of() : notes.stream().map(Note::sentence).toList();
    }

    private static Dataset noted(String name) {
        return new Dataset(List.of("noted", name), null, null);
    }

    private static String sentence(String side, String table) {
        return "Row security is active for the login of side " + side + " on " + table
                + ", so rows that its policies hide were not compared.";
    }

    @Test
    void namesTheSidesWhosePoliciesAreInForce() {
        assertThat(notes("note_reader", noted("rows"), noted("plain"))).containsExactly(sentence("A", "noted.rows"));
        assertThat(notes("note_reader", noted("parts"), noted("rows")))
                .containsExactly(sentence("A", "noted.parts"), sentence("B", "noted.rows"));
        assertThat(notes("note_owner", noted("plain"), noted("forced"))).containsExactly(sentence("B", "noted.forced"));
    }

    /** Whose tables nobody has locked before the filter is planned. */
    @Test
    void looksBelowFunctionsOfAFilter() {
        Dataset filtered = new Dataset(List.of("noted", "plain"), null, "id >= noted.least()");
        assertThat(notes("note_reader", filtered, noted("plain"))).containsExactly(sentence("A", "noted.rows"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"note_owner", "note_bypass", "postgres"})
    void saysNothingToWhomPoliciesDoNotBind(String login) {
        assertThat(notes(login, noted("rows"), noted("parts"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"rows", "some_rows", "deep", "of_reader"})
    void looksBelowViews(String view) {
        assertThat(notes("note_reader", noted(view), noted("all_rows"))).containsExactly(sentence("A", "noted.rows"));
    }

    @Test
    void goesByTheOwnerOfAView() {
        // The views' owners are bound here, whoever reads them.
        assertThat(notes("note_owner", noted("of_reader"), noted("plain")))
                .containsExactly(sentence("A", "noted.rows"));
        assertThat(notes("note_bypass", noted("plain"), noted("forced_rows")))
                .containsExactly(sentence("B", "noted.forced"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select p.id, r.v from noted.plain p left join noted.rows r using (id)",
                "select id, v from noted.plain where exists (select from noted.some_rows)",
                "with r as (select * from noted.deep) select id, v from r",
                "select id, (select max(v) from noted.rows) as v from noted.all_rows"
            })
    void looksBelowQueries(String sql) {
        assertThat(notes("note_reader", query(sql), noted("plain"))).containsExactly(sentence("A", "noted.rows"));
    }

    @Test
    void looksIntoFilters() {
        Dataset filtered = new Dataset(List.of("noted", "plain"), null, "id in (select id from noted.rows)");
        assertThat(notes("note_reader", noted("plain"), filtered)).containsExactly(sentence("B", "noted.rows"));
    }

    @Test
    void knowsOfARole() {
        SourceDetails source = new SourceDetails("pg", TestServer.options().put("role", "note_reader"));
        Planned planned = Diffing.DEFAULT.plan(
                new DiffSpec(noted("rows"), noted("rows"), List.of("id"), List.of(), List.of()),
                source,
                TestServer.source(),
                new Cancellation());
        assertThat(planned.plan().notes()).containsExactly(Note.of(sentence("A", "noted.rows")));
    }

    @Test
    void saysWhatWasHiddenFromACopy() {
        SourceDetails source = new SourceDetails("pg", TestServer.options().put("user", "note_reader"));
        Workspace workspace = new Workspace("parallax_0123456789abcdef_", "noted", null, null);
        DiffSpec spec = DiffSpec.draft(noted("rows"), noted("plain"), List.of("id"), List.of(), List.of())
                .workspace(workspace)
                .spec();
        Planned planned = Diffing.DEFAULT.plan(
                spec, new Databases(source, source), null, workspace.temporary(1, 1), new Cancellation());
        try {
            assertThat(planned.plan().notes()).containsExactly(Note.of(sentence("A", "noted.rows")));
        } finally {
            Diffing.DEFAULT.dropTables(source, "noted", workspace.prefix(), new Cancellation());
        }
    }

    @Test
    void saysWhatIsComparedByItsTextOrWithLessPrecision() {
        String columns = "select 1 as id, '(1,2)'::point as p, array['<a/>'::xml] as x, 'a'::text as t";
        assertThat(notes(
                        "postgres",
                        query(columns + ", 1.5::numeric as n, array[1.5] as m, 2::float4 as f"),
                        query(columns + ", 1.5::float8 as n, array[1.5] as m, 2::float8 as f")))
                .containsExactly(
                        "Values of p, x are of types that are compared by their texts alone.",
                        "Numbers of n are exact on one side and floats on the other, so they were compared as floats,"
                                + " which tell about 15 digits apart.");
        assertThat(notes("postgres", query("select 1::int8 as id"), query("select 1::float8 as id")))
                .singleElement()
                .asString()
                .startsWith("Numbers of id are exact on one side");
    }

    /** Of what only PostgreSQL can write. */
    @Test
    void saysWhichSettingsAreOthersThanTheLogins() {
        String sql = "select 1 as id, row(1, date '2026-01-31') as r";
        Dataset standard = new Dataset(null, sql, null, Map.of("TimeZone", "UTC", "lc_monetary", "C"));
        Dataset odd = new Dataset(
                null, sql, null, Map.of("TimeZone", "Asia/Kolkata", "DateStyle", "ISO, DMY", "lc_monetary", "C"));

        assertThat(Diffing.diff(Diffing.DEFAULT, new DiffSpec(standard, odd, List.of("id"), List.of(), List.of()))
                        .plan()
                        .notes())
                .contains(Note.of("The texts of r depend on settings, so both sides are read with PostgreSQL's standard"
                        + " TimeZone, in queries and filters too."));
    }

    /** As the setting decides where strings end, it stays ours. */
    @Test
    void saysWhereBackslashesAreNoEscapes() {
        String note =
                " has standard_conforming_strings off, but a backslash in the strings of its query or filter was read"
                        + " as itself, not as an escape; E'...' has escapes either way.";
        Dataset plain = query("select 1 as id, 'a' as t");
        TestServer.run(
                "alter role note_escaper set standard_conforming_strings = off",
                "alter role note_escaper in database postgres set search_path = public");

        assertThat(notes("note_escaper", query("select 1 as id, '\\' || 'a' as t"), plain))
                .containsExactly("The login of side A" + note);
        assertThat(notes("note_escaper", plain, new Dataset(null, "select 1 as id, 'a' as t", "t <> 'it''s \\d'")))
                .containsExactly("The login of side B" + note);
        String without =
                "select 1 as id, E'\\\\' || U&'\\0041' || $$\\$$ || \"\\\" as t /* '\\' */ from (values ('a')) v(\"\\\") -- '\\'";
        assertThat(notes("note_escaper", query(without), plain)).isEmpty();
        assertThat(notes("note_bypass", query("select 1 as id, '\\' as t"), plain))
                .isEmpty();
        TestServer.run("alter role note_escaper in database postgres set standard_conforming_strings = on");
        assertThat(notes("note_escaper", query("select 1 as id, '\\' as t"), plain))
                .isEmpty();
    }

    @Test
    void saysWhichTimesHaveNoZone() {
        Dataset a = query("select 1 as id, timestamp '2026-01-01' as t");
        Dataset b = query("select 1 as id, timestamp '2026-01-01' as u");
        DiffSpec spec = DiffSpec.draft(a, b, List.of("id"), List.of(), List.of())
                .mapping(Map.of("t", "u"))
                .clip(new TimeClip("t", "2025-01-01T00:00:00Z", null))
                .timeBuckets(new TimeBuckets("t", TimeBuckets.Unit.DAY))
                .spec();
        assertThat(Diffing.diff(Diffing.DEFAULT, spec).plan().notes())
                .containsExactly(
                        Note.of("The times in t of side A have no zone and were taken as UTC."),
                        Note.of("The times in u of side B have no zone and were taken as UTC."));
    }
}
