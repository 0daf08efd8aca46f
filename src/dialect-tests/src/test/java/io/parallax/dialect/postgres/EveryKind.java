package io.parallax.dialect.postgres;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parallax.contract.Codec;
import io.parallax.contract.Dataset;
import io.parallax.contract.DiffSpec;
import io.parallax.contract.EqualityRules;
import io.parallax.contract.EqualityRules.Tolerance;
import io.parallax.contract.Hints;
import io.parallax.contract.KeySearch;
import io.parallax.contract.Sampling;
import io.parallax.contract.SourceDetails;
import io.parallax.contract.TimeBuckets;
import io.parallax.contract.TimeClip;
import io.parallax.contract.Workspace;
import io.parallax.contract.message.SourceQuestion;
import io.parallax.contract.tally.DifferingRow;
import io.parallax.engine.DiffEngine;
import io.parallax.engine.Diffing;
import io.parallax.engine.TestServer;
import io.parallax.engine.session.Cancellation;
import io.parallax.engine.task.Databases;
import io.parallax.engine.task.HeldSnapshot;
import io.parallax.engine.task.Planned;
import io.parallax.engine.task.Sizing;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One of each kind of work with two sources, so that it can be seen to come out the same somewhere else. */
final class EveryKind {
    private static final String PREFIX = "parallax_0123456789abcdef_";

    /** Columns whose text only the server can write. */
    private static final List<String> UNSETTLED = List.of("p", "mixed");

    private static final String COLUMNS =
            """
            id int %s, small int2, big int8, n numeric, n2 numeric(10,2), f4 float4, f8 float8, t text, vc varchar(40),
            ch char(8), nm name, b bool, d date, ts timestamp, tstz timestamptz, tm time, tz timetz, iv interval, u uuid,
            by bytea, j json, jb jsonb, ints int[], texts text[], dates date[], zoned timestamptz[], floats float8[],
            spans interval[], bytes bytea[], m money, p point, days daterange, moments tstzrange, feel every.feeling,
            mixed every.pair, bits bit(3), ip inet""";

    private static final String ROWS =
            """
            select g, g %% 100, g * 5000000000, g / 7.0, g / 4.0, g / 3.0, g / 7.0, 'text ' || g, 'v' || g %% 9, 'c' || g %% 5,
                   'n' || g, g %% 2 = 0, date '1999-12-25' + g, timestamp '1999-12-31 23:59:58.123456' + g * interval '37 min',
                   timestamptz '1999-12-31 23:59:58.123456Z' + g * interval '37 min', time '00:00:01' + g * interval '1 min',
                   timetz '01:02:03+04' + g * interval '1 min', make_interval(months => -g, days => g, secs => g / 7.0),
                   md5(g::text)::uuid, decode(md5(g::text), 'hex'), json_build_object('a', g / 8.0), jsonb_build_object('a', g),
                   array[g, null], array['t' || g], array[date '2001-02-03' + g], array[timestamptz '2001-02-03 04:05Z' + g * interval '1 hour'],
                   array[g / 3.0::float8], array[make_interval(days => g)], array[decode(md5(g::text), 'hex')], (g / 4.0)::numeric::money,
                   point(g / 3.0::float8, 1), daterange(date '2001-02-03', date '2001-02-04' + g),
                   tstzrange(timestamptz '2001-02-03Z', timestamptz '2001-02-04Z' + g * interval '1 hour'),
                   'well', row(g, date '2001-02-03' + g, timestamptz '2001-02-03Z' + g * interval '1 hour')::every.pair, (g %% 8)::bit(3), '10.0.0.1'::inet + g
            from generate_series(1, 240) g""";

    private final DiffEngine engine;
    private final SourceDetails a;
    private final SourceDetails b;
    private final Map<String, String> outcomes = new LinkedHashMap<>();

    private EveryKind(Sizing sizing, SourceDetails a, SourceDetails b) {
        this.engine = Diffing.engine(sizing);
        this.a = a;
        this.b = b;
    }

    /** Makes the tables that are compared, and where to write to, for a role. */
    static void tables(String role) {
        TestServer.run(
                "drop schema if exists every, every_scratch cascade",
                "create schema every",
                "create schema every_scratch",
                "create type every.feeling as enum ('ill', 'well')",
                "create type every.pair as (x int, y date, z timestamptz)",
                "create table every.a (" + COLUMNS.formatted("primary key") + ")",
                "insert into every.a " + ROWS.replace("%%", "%"),
                "create table every.b (" + COLUMNS.formatted("primary key") + ")",
                "insert into every.b select * from every.a where id % 40 <> 7",
                "insert into every.b select (a).* from (select jsonb_populate_record(a, '{\"id\": 1000}') as a"
                        + " from every.a where id = 3) x",
                "update every.b set t = 'other', f8 = f8 + 1e-13, tstz = tstz + interval '1 us', iv = iv + interval '1 us',"
                        + " m = m + '0.01'::money, floats[1] = floats[1] + 1e-13, zoned[1] = zoned[1] + interval '1 s',"
                        + " p = point(2, 3), days = 'empty', mixed = row(0, null, null) where id % 30 = 1",
                "create table every.c as select * from every.a",
                "insert into every.c select * from every.a where id % 60 = 5",
                "insert into every.c (u, t) values (null, 'no key')",
                "create table every.d as select * from every.b",
                "create view every.seen as select * from every.a",
                "analyze every.a, every.b, every.c, every.d",
                "grant usage on schema every to " + role,
                "grant select on all tables in schema every to " + role,
                "grant usage, create on schema every_scratch to " + role);
    }

    /** What comes of each for a login like any other: always the same, as the tables are. */
    static Map<String, String> expected() {
        return Expected.OUTCOMES;
    }

    private static final class Expected {
        static final Map<String, String> OUTCOMES = of(TestServer.source(), TestServer.source());
    }

    /** What comes of each, by what it is. */
    static Map<String, String> of(SourceDetails a, SourceDetails b) {
        Map<String, String> outcomes = new LinkedHashMap<>();
        for (Sizing sizing : List.of(Sizing.DEFAULT, Diffing.FEW, Diffing.FEW_PIECES)) {
            EveryKind some = new EveryKind(sizing, a, b);
            some.diffs();
            some.outcomes.forEach((what, outcome) ->
                    outcomes.put(what + " by " + sizing.approach() + " from " + sizing.smallRows(), outcome));
        }
        EveryKind rest = new EveryKind(Sizing.DEFAULT, a, b);
        rest.questions();
        outcomes.putAll(rest.outcomes);
        return outcomes;
    }

    private void diffs() {
        Dataset tableA = table("a");
        Dataset tableB = table("b");
        note("by a number", spec(tableA, tableB, "id"));
        note("by all of many", spec(table("c"), table("d"), "u"));
        note("by a time", spec(table("c"), table("d"), "tstz"));
        note("by a span", spec(table("c"), table("d"), "iv"));
        note("by a text", spec(table("c"), tableB, "t", "small"));
        note("by a float", spec(table("c"), tableB, "f8"));
        for (Hints.Search search : Hints.Search.values()) {
            note("beginning with " + search, wished(tableA, tableB, null, null, new Hints(10L, 6, search), null, null));
        }
        note(
                "in snapshots",
                DiffSpec.draft(tableA, tableB, List.of("id"), List.of(), UNSETTLED)
                        .snapshot(true)
                        .spec());
        note(
                "as wished",
                wished(
                        table("seen"),
                        tableB,
                        new TimeClip("tstz", "2000-01-01T00:00:00Z", "2000-01-06T00:00:00+01:00"),
                        new EqualityRules(
                                Map.of("f8", new Tolerance(new BigDecimal("0.001"), false)),
                                null,
                                3,
                                true,
                                true,
                                List.of("ints")),
                        null,
                        null,
                        new TimeBuckets("ts", TimeBuckets.Unit.WEEK)));
        note(
                "in two passes",
                wished(tableA, tableB, null, null, null, new Sampling(null, 95, null, Long.MAX_VALUE, 0), null));
        note("of repeated keys", repeated());
        note("with a key to find", searched());
        note("of composites", new DiffSpec(tableA, tableB, List.of("id"), UNSETTLED, List.of()));
    }

    private static Dataset table(String name) {
        return new Dataset(List.of("every", name), null, null);
    }

    private static DiffSpec spec(Dataset a, Dataset b, String... key) {
        return new DiffSpec(a, b, List.of(key), List.of(), UNSETTLED);
    }

    private static DiffSpec wished(
            Dataset a,
            Dataset b,
            @Nullable TimeClip clip,
            @Nullable EqualityRules rules,
            @Nullable Hints hints,
            @Nullable Sampling sampling,
            @Nullable TimeBuckets times) {
        return DiffSpec.draft(a, b, List.of("id"), List.of(), UNSETTLED)
                .rules(rules)
                .clip(clip)
                .hints(hints)
                .sampling(sampling)
                .timeBuckets(times)
                .spec();
    }

    private static DiffSpec repeated() {
        return DiffSpec.draft(table("c"), table("d"), List.of("u"), List.of(), UNSETTLED)
                .compareDuplicates(true)
                .spec();
    }

    private static DiffSpec searched() {
        return DiffSpec.draft(
                        table("a"),
                        new Dataset(null, "select d, t, small from every.a", null),
                        List.of(),
                        List.of(),
                        List.of())
                .keySearch(new KeySearch(List.of("id"), List.of()))
                .spec();
    }

    private void note(String what, DiffSpec spec) {
        Planned planned = engine.plan(spec, a, b, new Cancellation());
        Diffing.Outcome outcome = finished(planned);
        if (Boolean.TRUE.equals(planned.plan().keysOnly())) {
            outcome = finished(engine.plan(spec, a, b, outcome.tally(), new Cancellation()));
        }
        outcomes.put(what, told(outcome));
    }

    private Diffing.Outcome finished(Planned planned) {
        try (HeldSnapshot held = planned.hold()) {
            return Diffing.finish(engine, planned, a, b);
        }
    }

    private static String told(Diffing.Outcome outcome) {
        return outcome.plan().key() + " " + outcome.plan().comparedColumns() + "\n" + outcome.tally() + "\n"
                + outcome.timeline() + "\n"
                + outcome.rows().stream()
                        .sorted(Comparator.comparing(DifferingRow::toString))
                        .map(EveryKind::told)
                        .collect(Collectors.joining("\n"));
    }

    private static String told(DifferingRow row) {
        return row.kind() + " " + row.key() + " " + row.values();
    }

    private void questions() {
        answer(new SourceQuestion.Query(
                "select id, t, n from every.a where id operator(pg_catalog.=) $1",
                10,
                Map.of("1", IntNode.valueOf(5))));
        answer(new SourceQuestion.TableSchema(List.of("every", "a")));
        answer(new SourceQuestion.Keys(List.of("every", "a"), null, 100));
        answer(new SourceQuestion.Keys(List.of("every", "d"), List.of("id", "b", "small"), 100));
        outcomes.put(
                "test",
                engine.test(a, "every_scratch", new Cancellation()).stream()
                        .map(step -> step.step() + " " + step.outcome())
                        .toList()
                        .toString());
        written();
        profiled();
        rechecked();
    }

    private void answer(SourceQuestion question) {
        outcomes.put(
                question.toString(),
                engine.answer(question, a, new Cancellation()).toString());
    }

    /** With copies of both inputs, and tables of what differs. */
    private void written() {
        Workspace workspace =
                new Workspace(PREFIX, "every_scratch", "every_scratch", new Workspace.Results("every_scratch", true));
        DiffSpec spec = with(workspace, null);
        Databases databases = new Databases(a, b, b);
        DiffEngine writing = Diffing.engine(Diffing.FEW);
        Planned planned = writing.plan(spec, databases, null, workspace.temporary(1, 1) + "_", new Cancellation());
        List<String> batches = new ArrayList<>();
        for (JsonNode task : planned.plan().tasks()) {
            String batch = writing.compare(planned.plan().common(), task, databases, new Cancellation())
                    .batch();
            if (batch != null) {
                batches.add(batch);
            }
        }
        ObjectNode publish = Codec.mapper().createObjectNode().put("kind", "publish");
        ArrayNode all = publish.putArray("batches");
        batches.forEach(all::add);
        writing.compare(planned.plan().common(), publish, databases, new Cancellation());
        for (Workspace.Table table : Workspace.Table.values()) {
            outcomes.put(
                    "written to " + table,
                    TestServer.one("select coalesce(string_agg(x::text, ' ' order by x::text), '') from every_scratch."
                            + workspace.lasting(table) + " x"));
        }
        writing.dropTables(b, "every_scratch", PREFIX, new Cancellation());
        outcomes.put(
                "left",
                TestServer.one("select count(*) from pg_class where relnamespace = 'every_scratch'::regnamespace"
                        + " and relkind = 'r'"));
    }

    private static DiffSpec with(@Nullable Workspace workspace, @Nullable Boolean profiles) {
        return DiffSpec.draft(table("a"), table("b"), List.of("id"), List.of(), UNSETTLED)
                .workspace(workspace)
                .profiles(profiles)
                .spec();
    }

    private void profiled() {
        Planned planned = engine.plan(with(null, true), new Databases(a, b), null, null, new Cancellation());
        outcomes.put("profiles", String.valueOf(planned.plan().profiles()));
        outcomes.put("targets", String.valueOf(planned.plan().targets()));
    }

    private void rechecked() {
        Planned planned = engine.plan(spec(table("a"), table("b"), "id", "t", "d"), a, b, new Cancellation());
        List<DifferingRow> rows = planned.plan().rows();
        ObjectNode body = Codec.mapper().createObjectNode().put("kind", "recheck");
        ArrayNode keys = body.putArray("keys");
        if (rows != null) {
            rows.stream().map(DifferingRow::key).distinct().forEach(key -> keys.addObject()
                    .put("id", keys.size())
                    .set("key", key));
        }
        outcomes.put(
                "recheck",
                String.valueOf(engine.compare(planned.plan().common(), body, a, b, new Cancellation())
                        .rechecked()));
    }
}
