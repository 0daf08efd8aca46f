package io.parallax.dialect.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parallax.contract.Codec;
import io.parallax.contract.DiffFailedException;
import io.parallax.contract.DiffSpec;
import io.parallax.contract.ErrorType;
import io.parallax.contract.SourceDetails;
import io.parallax.contract.UnreadableMessageException;
import io.parallax.contract.Workspace;
import io.parallax.contract.message.Plan;
import io.parallax.contract.message.Profile;
import io.parallax.contract.message.SourceQuestion;
import io.parallax.contract.tally.Note;
import io.parallax.contract.tally.Sides;
import io.parallax.engine.DiffEngine;
import io.parallax.engine.Diffing;
import io.parallax.engine.Diffing.Outcome;
import io.parallax.engine.TestServer;
import io.parallax.engine.session.Cancellation;
import io.parallax.engine.task.Compared;
import io.parallax.engine.task.Databases;
import io.parallax.engine.task.HeldSnapshot;
import io.parallax.engine.task.Planned;
import io.parallax.engine.task.Sizing;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every feature with a login that may read some columns only: nothing asks for more than the diff needs. */
class ColumnGrantsIT {
    private static final Workspace COPIES = new Workspace("parallax_00000000c01a9a75_", "granted", "granted", null);
    private static final Workspace RESULTS =
            new Workspace("parallax_00000000c01a9a76_", null, null, new Workspace.Results("granted", true));

    /** Figures do not depend on how a diff is cut. */
    private static final Map<DiffSpec, Outcome> EXPECTED = new HashMap<>();

    @BeforeAll
    static void tables() {
        String columns = " (id int primary key, secret text, status text, hidden jsonb, at timestamptz, rest text)";
        String rows = " select g, 's' || g, 'status ' || g % 7, '{}', timestamptz '2026-01-01 00:00Z' + g * interval"
                + " '1 hour', repeat('r', 300) from generate_series(1, 2000) g";
        TestServer.run(
                "create role column_reader login",
                "create schema granted",
                "create table granted.a" + columns,
                "insert into granted.a" + rows,
                "create table granted.b" + columns,
                "insert into granted.b" + rows,
                "update granted.b set status = 'other', secret = 'other' where id % 100 = 7",
                "delete from granted.b where id % 500 = 1",
                "create table granted.keyless (like granted.a)",
                "insert into granted.keyless select * from granted.b",
                "insert into granted.keyless select * from granted.b where id = 3",
                "create table granted.parts (like granted.a, primary key (id)) partition by range (id)",
                "create table granted.low partition of granted.parts for values from (0) to (1000)",
                "create table granted.high partition of granted.parts for values from (1000) to (5000)",
                "insert into granted.parts select * from granted.b",
                "create view granted.seen as select * from granted.b",
                "create table granted.closed (id int primary key, v text)",
                "create schema shut",
                "create table shut.away (id int primary key, v text)",
                "grant select on shut.away to column_reader",
                "create table granted.placed (like granted.a including indexes)",
                "insert into granted.placed select * from granted.b",
                "grant select (ctid) on granted.placed to column_reader",
                "analyze granted.a, granted.b, granted.keyless, granted.parts, granted.placed",
                "grant usage, create on schema granted to column_reader");
        Stream.of("a", "b", "keyless", "parts", "seen", "placed")
                .forEach(table ->
                        TestServer.run("grant select (id, status, at) on granted." + table + " to column_reader"));
    }

    private static SourceDetails reader() {
        return new SourceDetails("pg", TestServer.options().put("user", "column_reader"));
    }

    private static String table(String name) {
        return "{\"table\": [\"granted\", \"" + name + "\"]}";
    }

    private static DiffSpec spec(String a, String b, String more) {
        String json = "{\"a\": " + a + ", \"b\": " + b
                + ", \"exclude\": [], \"key\": [\"id\"], \"include\": [\"status\"]" + more + "}";
        try {
            return Codec.fromJson(Codec.mapper().readTree(json), DiffSpec.class);
        } catch (UnreadableMessageException | com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalArgumentException(json, e);
        }
    }

    private static DiffSpec spec(String a, String b) {
        return spec(table(a), table(b), "");
    }

    private static final Sizing PIECES = new Sizing(0, 1000, 30, 20, 3, 700, 300, Sizing.Approach.PIECES);

    static Stream<Sizing> sizings() {
        return Stream.concat(
                Stream.of(Sizing.DEFAULT, Diffing.ONE, PIECES),
                Stream.of(Sizing.Search.values())
                        .map(search -> new Sizing(0, 1000, 30, 20, 3, 20, 300, Sizing.Approach.MEASURED, search)));
    }

    static Stream<Arguments> features() {
        List<DiffSpec> specs = List.of(
                spec("a", "b"),
                spec("a", "keyless"),
                spec("parts", "a"),
                spec("a", "placed"),
                spec("seen", "a"),
                spec(table("a"), "{\"query\": \"select id, status from granted.b where at is not null\"}", ""),
                spec("{\"table\": [\"granted\", \"a\"], \"filter\": \"at > '2026-01-02'\"}", table("b"), ""),
                spec(table("a"), table("b"), ", \"snapshot\": true"),
                spec(table("a"), table("b"), ", \"mapping\": {\"status\": \"status\"}"),
                spec(table("a"), table("keyless"), ", \"compare_duplicates\": true"),
                spec(table("a"), table("b"), ", \"stepwise\": true"),
                spec(table("a"), table("b"), ", \"clip\": {\"column\": \"at\", \"from\": \"2026-01-03T00:00:00Z\"}"),
                spec(table("a"), table("b"), ", \"time_buckets\": {\"column\": \"at\", \"unit\": \"WEEK\"}"),
                spec(
                        table("a"),
                        table("keyless"),
                        ", \"time_buckets\": {\"column\": \"at\", \"unit\": \"MONTH\"}, \"snapshot\": true"),
                spec(
                        table("a"),
                        table("b"),
                        ", \"rules\": {\"per_column\": {}, \"ignores_case\": true, \"empty_is_null\": true}"));
        return specs.stream().flatMap(spec -> sizings().map(sizing -> arguments(spec, sizing)));
    }

    @ParameterizedTest
    @MethodSource("features")
    void findsWhatOneFindsWhoMayReadAll(DiffSpec spec, Sizing sizing) {
        DiffEngine engine = Diffing.engine(sizing);
        Outcome outcome = Diffing.diff(engine, spec, reader(), reader());

        Outcome expected = EXPECTED.computeIfAbsent(
                spec, all -> Diffing.diff(Diffing.DEFAULT, all, TestServer.source(), TestServer.source()));
        assertThat(outcome.tally()).isEqualTo(expected.tally());
        assertThat(outcome.timeline()).isEqualTo(expected.timeline());
        assertThat(outcome.tally().rowsWithDifferences()).isPositive();
    }

    @Test
    void cutsPagesOnlyWhereRowsPlacesAreGranted() {
        TestServer.assumePieces();
        DiffEngine engine = Diffing.engine(PIECES);
        assertThat(Diffing.diff(engine, spec("a", "b"), reader(), reader())
                        .plan()
                        .algorithm())
                .isNotEqualTo("pieces");
        assertThat(Diffing.diff(engine, spec("placed", "placed"), reader(), reader())
                        .plan()
                        .algorithm())
                .isEqualTo("pieces");
    }

    @Test
    void samples() {
        DiffSpec spec =
                spec(table("a"), table("b"), ", \"sampling\": {\"confidence\": 95, \"ratio\": 0.5, \"threshold\": 0}");
        sizings().forEach(sizing -> {
            DiffEngine engine = Diffing.engine(sizing);
            Outcome keys = Diffing.diff(engine, spec, reader(), reader());
            Planned planned = engine.plan(spec, reader(), reader(), keys.tally(), new Cancellation());
            try (HeldSnapshot held = planned.hold()) {
                Outcome values = Diffing.finish(engine, planned, reader(), reader());
                assertThat(values.plan().sample()).isNotNull();
                assertThat(values.tally().comparedRows()).isBetween(700L, 1300L);
            }
        });
    }

    @Test
    void findsTheKey() {
        String search = ", \"key\": [], \"key_search\": {\"avoid_names\": [], \"avoid_types\": []}";
        assertThat(Diffing.diff(Diffing.DEFAULT, spec(table("a"), table("b"), search), reader(), reader())
                        .plan()
                        .key())
                .containsExactly("id");
        assertThat(Diffing.diff(Diffing.DEFAULT, spec(table("seen"), table("seen"), search), reader(), reader())
                        .plan()
                        .key())
                .containsExactly("id");
    }

    @Test
    void profilesWhatItMayReadAndSaysSo() {
        Plan plan = Diffing.diff(
                        Diffing.DEFAULT, spec(table("a"), table("b"), ", \"profiles\": true"), reader(), reader())
                .plan();
        assertThat(Objects.requireNonNull(plan.profiles())).allSatisfy(profile -> assertThat(profile.columns())
                .extracting(Profile.Column::name)
                .containsExactly("id", "status", "at"));
        assertThat(plan.notes())
                .containsExactly(
                        Note.of("The login of side A may not read secret, hidden, rest, so there is no profile of it."),
                        Note.of(
                                "The login of side B may not read secret, hidden, rest, so there is no profile of it."));
    }

    private static DiffSpec writing(DiffSpec spec, Workspace workspace) {
        return DiffSpec.draft(spec.a(), spec.b(), spec.key(), spec.include(), spec.exclude())
                .workspace(workspace)
                .spec();
    }

    @Test
    void copiesWhatIsNeeded() {
        DiffEngine engine = Diffing.DEFAULT;
        Databases databases = new Databases(reader(), reader());
        Planned planned = engine.plan(
                writing(spec("a", "b"), COPIES), databases, null, COPIES.temporary(1, 1), new Cancellation());
        try {
            assertThat(TestServer.one(
                            "select string_agg(attname, ',' order by attnum) from pg_attribute where attnum > 0"
                                    + " and attrelid = ('granted.' || '" + COPIES.temporary(1, 1) + "a')::regclass"))
                    .isEqualTo("id,status");
            Outcome outcome = Diffing.finish(engine, planned, reader(), reader());
            assertThat(outcome.tally().rowsWithDifferences()).isEqualTo(20);
            // As if nothing had been copied.
            assertThat(outcome.plan().schema().columnCounts()).isEqualTo(Sides.of(2, 2));
            assertThat(Objects.requireNonNull(outcome.plan().targets()).a().table())
                    .isEqualTo("\"granted\".\"a\"");
        } finally {
            engine.dropTables(reader(), "granted", COPIES.prefix(), new Cancellation());
        }
    }

    @Test
    void refusesToCopyWhatItMayNotRead() {
        DiffSpec all = new DiffSpec(
                spec("a", "b").a(), spec("a", "b").b(), List.of("id"), List.of(), List.of("rest", "hidden"));
        try {
            assertThatThrownBy(() -> Diffing.DEFAULT.plan(
                            writing(all, COPIES),
                            new Databases(reader(), reader()),
                            null,
                            COPIES.temporary(2, 1),
                            new Cancellation()))
                    .hasMessageContaining(
                            "Side A: The login column_reader may not read the column secret of granted.a");
        } finally {
            Diffing.DEFAULT.dropTables(reader(), "granted", COPIES.prefix(), new Cancellation());
        }
    }

    @Test
    void writesWhatDiffers() {
        Databases databases = new Databases(reader(), reader(), reader());
        DiffEngine engine = Diffing.DEFAULT;
        try {
            Planned planned = engine.plan(
                    writing(spec("a", "keyless"), RESULTS),
                    databases,
                    null,
                    RESULTS.temporary(1, 1),
                    new Cancellation());
            List<String> batches = new ArrayList<>();
            for (JsonNode task : planned.plan().tasks()) {
                batches.add(engine.compare(planned.plan().common(), task, databases, new Cancellation())
                        .batch());
            }
            ObjectNode publish = Codec.mapper().createObjectNode().put("kind", "publish");
            batches.forEach(publish.putArray("batches")::add);
            engine.compare(planned.plan().common(), publish, databases, new Cancellation());

            assertThat(TestServer.one("select count(*) from granted." + RESULTS.lasting(Workspace.Table.DIFF)))
                    .isEqualTo("20");
        } finally {
            engine.dropTables(reader(), "granted", RESULTS.prefix(), new Cancellation());
        }
    }

    @Test
    void readsKeysAgain() {
        DiffEngine engine = Diffing.engine(Sizing.DEFAULT);
        Planned planned = engine.plan(spec("a", "b"), reader(), reader(), new Cancellation());
        ObjectNode body = Codec.mapper().createObjectNode().put("kind", "recheck");
        ArrayNode keys = body.putArray("keys");
        Objects.requireNonNull(planned.plan().rows())
                .forEach(row -> keys.addObject().put("id", keys.size()).set("key", row.key()));

        Compared compared = engine.compare(planned.plan().common(), body, reader(), reader(), new Cancellation());

        assertThat(Objects.requireNonNull(compared.rechecked()).remained()).hasSize(24);
    }

    @Test
    void answersQuestions() {
        SourceQuestion.Keys keys = new SourceQuestion.Keys(List.of("granted", "seen"), null, 1000);
        assertThat(Diffing.DEFAULT.answer(keys, reader(), new Cancellation()).toString())
                .isEqualTo("{\"candidates\":[{\"pk\":[\"id\"]},{\"pk\":[\"at\"]}]}");
        JsonNode schema = Diffing.DEFAULT.answer(
                new SourceQuestion.TableSchema(List.of("granted", "a")), reader(), new Cancellation());
        assertThat(schema.path("columns")).hasSize(6);
        JsonNode rows = Diffing.DEFAULT.answer(
                new SourceQuestion.Query("select id, status from granted.a where id = 1", 10, null),
                reader(),
                new Cancellation());
        assertThat(rows.path("rows")).hasSize(1);
        assertDenied(
                () -> Diffing.DEFAULT.answer(
                        new SourceQuestion.Keys(List.of("granted", "seen"), List.of("secret"), 1000),
                        reader(),
                        new Cancellation()),
                "The login column_reader may not read the column secret of granted.seen;"
                        + " GRANT SELECT (\"secret\") ON \"granted\".\"seen\" TO \"column_reader\".");
    }

    static Stream<Arguments> missing() {
        String all = ", \"include\": []";
        String instead = ", or leave out what is not to be compared with exclude_columns.";
        return Stream.of(
                arguments(
                        spec(table("a"), table("b"), all),
                        "Side A: The login column_reader may not read the columns secret, hidden, rest of granted.a;"
                                + " GRANT SELECT (\"secret\", \"hidden\", \"rest\") ON \"granted\".\"a\" TO"
                                + " \"column_reader\"" + instead),
                arguments(
                        spec(table("a"), table("seen"), ", \"include\": [\"secret\"]"),
                        "Side A: The login column_reader may not read the column secret of granted.a;"
                                + " GRANT SELECT (\"secret\") ON \"granted\".\"a\" TO \"column_reader\"" + instead),
                arguments(
                        spec(table("a"), table("b"), ", \"key\": [\"secret\"]"),
                        "Side A: The login column_reader may not read the column secret of granted.a;"
                                + " GRANT SELECT (\"secret\") ON \"granted\".\"a\" TO \"column_reader\"."),
                arguments(
                        spec("{\"query\": \"select 1 as id, 'x' as status\"}", table("closed"), ", \"include\": []"),
                        "Side B: The login column_reader may not read granted.closed;"
                                + " GRANT SELECT ON \"granted\".\"closed\" TO \"column_reader\"."),
                arguments(
                        spec(table("a"), "{\"table\": [\"shut\", \"away\"]}", all),
                        "Side B: The login column_reader may not use the schema shut;"
                                + " GRANT USAGE ON SCHEMA \"shut\" TO \"column_reader\"."));
    }

    @ParameterizedTest
    @MethodSource
    void missing(DiffSpec spec, String message) {
        assertDenied(() -> Diffing.diff(Diffing.DEFAULT, spec, reader(), reader()), message);
    }

    private static void assertDenied(org.assertj.core.api.ThrowableAssert.ThrowingCallable work, String message) {
        assertThatThrownBy(work).isInstanceOfSatisfying(DiffFailedException.class, e -> {
            assertThat(e.failure().message()).isEqualTo(message);
            assertThat(e.failure().type()).isEqualTo(ErrorType.QUERY_ERROR);
        });
    }
}
