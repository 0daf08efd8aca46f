package io.parallax.engine;

import static io.parallax.engine.Diffing.ONE;
import static io.parallax.engine.Diffing.diff;
import static io.parallax.engine.Diffing.query;
import static io.parallax.engine.Diffing.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.parallax.contract.Dataset;
import io.parallax.contract.DiffFailedException;
import io.parallax.contract.DiffSpec;
import io.parallax.contract.EqualityRules;
import io.parallax.contract.EqualityRules.Tolerance;
import io.parallax.contract.ErrorType;
import io.parallax.contract.Hints;
import io.parallax.contract.KeySearch;
import io.parallax.contract.Sampling;
import io.parallax.contract.TimeBuckets;
import io.parallax.contract.TimeClip;
import io.parallax.contract.tally.DifferingRow;
import io.parallax.contract.tally.Sides;
import io.parallax.contract.tally.Tally;
import io.parallax.contract.tally.Timeline;
import io.parallax.engine.Diffing.Outcome;
import io.parallax.engine.session.Cancellation;
import io.parallax.engine.task.Planned;
import io.parallax.engine.task.Sizing;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients may wish besides a key and columns. */
class WishesIT {
    private static final KeySearch ANY = new KeySearch(List.of(), List.of());

    @BeforeAll
    static void tables() {
        TestServer.run(
                "drop table if exists wished_a, wished_b, keyless_a, keyless_b",
                "create table wished_a (id int primary key, price numeric, name text, at timestamptz, day date)",
                "insert into wished_a select g, g * 1.5, 'Name ' || g, timestamptz '2026-01-01 00:00Z' + g * interval"
                        + " '1 hour', date '2026-01-01' + g / 24 from generate_series(1, 240) g",
                "create table wished_b (key int primary key, cost numeric, name text, at timestamptz, day date)",
                "insert into wished_b select id, price + 0.01, upper(name), at + interval '4 ms', day from wished_a",
                "create table keyless_a as select g as n, g % 10 as a, g / 10 as b, null::int as c, 1.0 as d"
                        + " from generate_series(0, 99) g",
                "alter table keyless_a drop column n",
                "create table keyless_b as select * from keyless_a");
    }

    private static DiffSpec spec(
            @Nullable EqualityRules rules, @Nullable TimeClip clip, @Nullable KeySearch search, @Nullable Hints hints) {
        return DiffSpec.draft(
                        table("wished_a"),
                        table("wished_b"),
                        search == null ? List.of("id") : List.of(),
                        List.of(),
                        List.of())
                .mapping(Map.of("id", "key", "price", "cost"))
                .rules(rules)
                .clip(clip)
                .keySearch(search)
                .hints(hints)
                .spec();
    }

    private static EqualityRules rules(String tolerance, boolean ignoresCase, int digits) {
        return EqualityRules.NONE
                .perColumn(Map.of("price", new Tolerance(new BigDecimal(tolerance), false)))
                .secondDigits(digits)
                .ignoresCase(ignoresCase);
    }

    @Test
    void comparesRenamedColumns() {
        Outcome outcome = diff(ONE, spec(null, null, null, null));

        assertThat(outcome.plan().key()).containsExactly("id");
        assertThat(outcome.plan().comparedColumns()).containsExactly("price", "name", "at", "day");
        assertThat(outcome.tally().differencesPerColumn()).containsExactly(240L, 240L, 240L, 0L);
        assertThat(outcome.rows()).first().satisfies(row -> assertThat(row.values())
                .hasSize(3));
    }

    @ParameterizedTest
    @EnumSource(Sizing.Approach.class)
    void forgivesWhatRulesSay(Sizing.Approach approach) {
        Sizing sizing = new Sizing(0, 16, 3, 20, 3, 20, 30, approach);
        assertThat(diff(sizing, spec(rules("0.01", true, 2), null, null, null))
                        .tally()
                        .rowsWithDifferences())
                .isZero();
        Outcome strict = diff(sizing, spec(rules("0.0099", false, 2), null, null, null));
        assertThat(strict.tally().differencesPerColumn()).containsExactly(240L, 240L, 0L, 0L);
        assertThat(strict.rows()).extracting(DifferingRow::kind).containsOnly(DifferingRow.Kind.VALUE);
    }

    @Test
    void forgivesCaseInLongTexts() {
        EqualityRules anyCase = EqualityRules.NONE.ignoresCase(true);
        DiffSpec spec = DiffSpec.draft(
                        query("select 1 as id, repeat('a', 5000) as v, repeat('b', 5000) as w"),
                        query("select 1 as id, repeat('A', 5000) as v, repeat('c', 5000) as w"),
                        List.of("id"),
                        List.of(),
                        List.of())
                .rules(anyCase)
                .spec();
        Outcome outcome = diff(ONE, spec);

        assertThat(outcome.tally().differencesPerColumn()).containsExactly(0L, 1L);
        // What is shown is short all the same, and as for any other diff.
        assertThat(outcome.rows()).singleElement().satisfies(row -> {
            assertThat(row.shortened()).containsExactly("w");
            assertThat(row.values().path("w").path("a").textValue())
                    .hasSize(1001)
                    .startsWith("bbb");
        });
    }

    static Stream<Arguments> clips() {
        return Stream.of(
                arguments("at", "2026-01-02T00:00:00Z", null, 217),
                arguments("at", null, "2026-01-02T00:00:00Z", 23),
                arguments("at", "2026-01-01T02:00:00+01:00", "2026-01-01T03:00:00Z", 2),
                arguments("day", "2026-01-02T00:00:00Z", "2026-01-03T00:00:00Z", 24),
                arguments("day", "2026-01-02T00:00:01Z", "2026-01-03T00:00:00Z", 0));
    }

    @ParameterizedTest
    @MethodSource
    void clips(String column, @Nullable String from, @Nullable String to, long rows) {
        Outcome outcome = diff(ONE, spec(null, new TimeClip(column, from, to), null, null));
        assertThat(outcome.tally().totalRows().a()).isEqualTo(rows);
    }

    @Test
    void findsTheKeyThatAConstraintPromises() {
        assertThat(diff(ONE, spec(null, null, ANY, null)).plan().key()).containsExactly("id");
    }

    @Test
    void findsAKeyInTheRows() {
        Outcome outcome = diff(ONE, searched(table("keyless_a"), table("keyless_b"), ANY));
        assertThat(outcome.plan().key()).containsExactlyInAnyOrder("a", "b");
        assertThat(outcome.tally().distincts()).isEqualTo(Sides.of(100, 100));
    }

    @ParameterizedTest
    @ValueSource(strings = {"numeric", "decimal", "NUMERIC ", "db:numeric", "DB:Decimal(10,2)"})
    void findsNoKeyAmongWhatIsAvoided(String type) {
        KeySearch avoiding = new KeySearch(List.of("A"), List.of(type));
        assertThatThrownBy(() -> diff(ONE, searched(table("keyless_a"), table("keyless_b"), avoiding)))
                .isInstanceOf(DiffFailedException.class)
                .hasMessageContaining("Name pk_columns");
    }

    @Test
    void findsAKeyOnSideBWhereAIsEmpty() {
        Dataset none = query("select * from keyless_a where false");
        assertThat(diff(ONE, searched(none, table("keyless_b"), ANY)).plan().key())
                .containsExactlyInAnyOrder("a", "b");
    }

    private static DiffSpec searched(Dataset a, Dataset b, KeySearch search) {
        return DiffSpec.draft(a, b, List.of(), List.of(), List.of())
                .keySearch(search)
                .spec();
    }

    @ParameterizedTest
    @EnumSource(Hints.Search.class)
    void takesHints(Hints.Search search) {
        Sizing sizing = new Sizing(0, 1_000_000, 1000, 100, 1, 1, 1, Sizing.Approach.SEGMENTS);
        Outcome outcome = diff(sizing, spec(null, null, null, new Hints(10L, 4, search)));

        // 4 buckets of 10 rows of each side.
        assertThat(outcome.plan().tasks()).hasSize(6);
        assertThat(outcome.tally().rowsWithDifferences()).isEqualTo(240);
        assertThat(outcome.effort().buckets()).satisfies(buckets -> {
            if (search == Hints.Search.FINGERPRINTS) {
                assertThat(buckets).isGreaterThanOrEqualTo(24);
            } else {
                assertThat(buckets).isZero();
            }
        });
    }

    @Test
    void setsWhatSessionsAreToldTo() {
        String settings = "select 1 as id, current_setting('work_mem') as m, current_setting('my.own', true) as o";
        DiffSpec spec = new DiffSpec(
                new Dataset(null, settings, null, Map.of("work_mem", "7MB", "my.own", "x")),
                new Dataset(null, settings, null, Map.of("work_mem", "8MB", "my.own", "x")),
                List.of("id"),
                List.of(),
                List.of());
        Outcome outcome = diff(ONE, spec);

        assertThat(outcome.tally().differencesPerColumn()).containsExactly(1L, 0L);
        assertThat(outcome.rows().get(0).values().path("m").path("a").textValue())
                .isEqualTo("7MB");
    }

    static Stream<Arguments> impossible() {
        return Stream.of(
                arguments(
                        spec(rules("0.1", false, 6), null, null, null).keyedBy(List.of("price")),
                        ErrorType.UNSUPPORTED),
                arguments(
                        spec(
                                EqualityRules.NONE.perColumn(Map.of("name", new Tolerance(BigDecimal.ONE, false))),
                                null,
                                null,
                                null),
                        ErrorType.TYPE_MISMATCH),
                arguments(
                        spec(
                                EqualityRules.NONE.perColumn(Map.of("nmae", new Tolerance(BigDecimal.ONE, false))),
                                null,
                                null,
                                null),
                        ErrorType.NO_SUCH_COLUMN),
                arguments(
                        spec(null, new TimeClip("name", "2026-01-01T00:00Z", null), null, null),
                        ErrorType.TYPE_MISMATCH),
                arguments(
                        spec(null, new TimeClip("when", "2026-01-01T00:00Z", null), null, null),
                        ErrorType.NO_SUCH_COLUMN),
                arguments(
                        new DiffSpec(
                                new Dataset(List.of("public", "wished_a"), null, null, Map.of("no_such_setting", "1")),
                                table("wished_a"),
                                List.of("id"),
                                List.of(),
                                List.of()),
                        ErrorType.QUERY_ERROR),
                arguments(
                        new DiffSpec(
                                new Dataset(List.of("public", "wished_a"), null, null, Map.of("work_mem", "much")),
                                table("wished_a"),
                                List.of("id"),
                                List.of(),
                                List.of()),
                        ErrorType.QUERY_ERROR),
                arguments(
                        DiffSpec.draft(table("wished_a"), table("wished_b"), List.of("id"), List.of(), List.of())
                                .mapping(Map.of("id", "nowhere"))
                                .spec(),
                        ErrorType.NO_SUCH_COLUMN));
    }

    @ParameterizedTest
    @MethodSource
    void impossible(DiffSpec spec, ErrorType type) {
        assertThatThrownBy(() -> diff(ONE, spec))
                .isInstanceOfSatisfying(
                        DiffFailedException.class,
                        e -> assertThat(e.failure().type()).as(e.getMessage()).isEqualTo(type));
    }

    @ParameterizedTest
    @EnumSource(Sizing.Search.class)
    void tellsFiguresApartByTime(Sizing.Search search) {
        TestServer.run(
                "drop table if exists timed_a, timed_b",
                "create table timed_a (id int, v int, t timestamptz)",
                "insert into timed_a select g, g, case when g % 50 = 0 then null when g % 51 = 0 then 'infinity'"
                        + " else timestamptz '2025-12-30 00:00Z' + g * interval '1 hour' end from generate_series(1, 300) g",
                "insert into timed_a select * from timed_a where id = 7",
                "create table timed_b as select id, case when id % 10 = 3 then -v else v end as v, t from timed_a"
                        + " where id % 20 <> 5 union all select 1000, 1, timestamptz '2026-01-01 12:00Z'");
        Sizing sizing = new Sizing(0, 16, 3, 20, 3, 20, 30, Sizing.Approach.MEASURED, search);
        DiffSpec spec = DiffSpec.draft(table("timed_a"), table("timed_b"), List.of("id"), List.of("v"), List.of())
                .timeBuckets(new TimeBuckets("t", TimeBuckets.Unit.WEEK))
                .spec();
        Outcome outcome = diff(sizing, spec);

        Timeline expected = expectedTimeline();
        assertThat(outcome.timeline()).isEqualTo(expected);
        assertThat(outcome.tally().comparedRows())
                .isEqualTo(expected.buckets().stream()
                        .mapToLong(Timeline.Bucket::compared)
                        .sum());
        // All in one, without a plan's tasks.
        assertThat(diff(new Sizing(100_000, 1, 1, 1, 1, 1, 1, Sizing.Approach.MEASURED, search), spec)
                        .timeline())
                .isEqualTo(expected);
    }

    /** By brute force in SQL. */
    private static Timeline expectedTimeline() {
        String sql =
                """
                with a as (select id, min(v) as v, min(t) as t, count(*) as n from timed_a group by id),
                     b as (select id, min(v) as v, min(t) as t, count(*) as n from timed_b group by id),
                     j as (select a.id as ia, b.id as ib, a.n as na, b.n as nb, a.v as va, b.v as vb,
                                  case when a.id is null then b.t else a.t end as t from a full join b using (id)),
                     w as (select *, extract(epoch from date_trunc('week', case when isfinite(t) then t end)) as s from j)
                select s::bigint, count(*) filter (where na = 1 and nb = 1), count(*) filter (where ib is null),
                       count(*) filter (where ia is null), count(*) filter (where na = 1 and nb = 1 and va <> vb)
                from w group by 1""";
        try (Connection connection = TestServer.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("set timezone = 'UTC'");
            List<Timeline.Bucket> buckets = new ArrayList<>();
            try (ResultSet row = statement.executeQuery(sql)) {
                while (row.next()) {
                    long start = row.getLong(1);
                    Long time = row.wasNull() ? null : start;
                    long differing = row.getLong(5);
                    buckets.add(new Timeline.Bucket(
                            time,
                            row.getLong(2),
                            row.getLong(3),
                            row.getLong(4),
                            differing == 0 ? List.of() : List.of(differing)));
                }
            }
            // A bucket of repeated keys alone is none.
            return Timeline.of(buckets.stream()
                    .filter(bucket -> bucket.compared() + bucket.exclusiveA() + bucket.exclusiveB() > 0));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void refusesTimelinesWithoutEnd() {
        DiffSpec spec = DiffSpec.draft(
                        query(
                                "select g as id, timestamp '2026-01-01' + g * interval '1 minute' as t from generate_series(1, 6000) g"),
                        query(
                                "select g as id, timestamp '2026-01-01' + g * interval '1 minute' as t from generate_series(1, 6000) g"),
                        List.of("id"),
                        List.of(),
                        List.of())
                .timeBuckets(new TimeBuckets("t", TimeBuckets.Unit.MINUTE))
                .spec();
        assertThatThrownBy(() -> diff(ONE, spec))
                .isInstanceOf(DiffFailedException.class)
                .hasMessageContaining("more than 5000 buckets");
    }

    @ParameterizedTest
    @EnumSource(Sizing.Approach.class)
    void comparesRowsOfRepeatedKeys(Sizing.Approach approach) {
        // Key by key: the same rows in another order; one row of three differs; two rows against one; one side only.
        String both =
                "(values (1, 'a'), (1, 'b'), (1, 'b'), (2, 'x'), (2, 'y'), (2, 'z'), (3, 'p'), (3, 'q'), (4, 's'),"
                        + " (5, 't'), (5, 't')) v(id, v)";
        String other =
                "(values (1, 'b'), (1, 'a'), (1, 'b'), (2, 'z'), (2, 'x'), (2, '!'), (3, 'q'), (4, '?'), (6, 'u'),"
                        + " (6, 'u')) v(id, v)";
        DiffSpec spec = DiffSpec.draft(
                        query("select * from " + both),
                        query("select * from " + other),
                        List.of("id"),
                        List.of(),
                        List.of())
                .compareDuplicates(true)
                .spec();
        Outcome outcome = diff(new Sizing(0, 16, 3, 20, 3, 20, 30, approach), spec);

        assertThat(outcome.tally())
                .isEqualTo(new Tally(
                        Sides.of(11, 10),
                        Sides.ZERO,
                        Sides.of(10, 8),
                        Sides.of(5, 5),
                        Sides.of(1, 1),
                        8,
                        2,
                        List.of(2L)));
        assertThat(outcome.rows().stream()
                        .filter(row -> row.kind() == DifferingRow.Kind.VALUE)
                        .map(row -> row.key().path("id").asInt()
                                + row.values().path("v").path("a").asText()))
                .containsExactlyInAnyOrder("2y", "4s");
    }

    @Test
    void pairsRowsOfRepeatedKeysByTheRulesFirst() {
        EqualityRules anyCase = EqualityRules.NONE.ignoresCase(true);
        DiffSpec spec = DiffSpec.draft(
                        query("select * from (values (1, 'abc'), (1, 'zzz')) v(id, v)"),
                        query("select * from (values (1, 'ABC'), (1, 'AAA')) v(id, v)"),
                        List.of("id"),
                        List.of(),
                        List.of())
                .rules(anyCase)
                .compareDuplicates(true)
                .spec();
        Outcome outcome = diff(ONE, spec);
        assertThat(outcome.tally().comparedRows()).isEqualTo(2);
        assertThat(outcome.tally().rowsWithDifferences()).isEqualTo(1);
    }

    @Test
    void takesNoMappedColumnForTheKeysNamesake() {
        DiffSpec spec = DiffSpec.draft(
                        query("select 1 as id, 2 as legacy"),
                        query("select 2 as id, 1 as other"),
                        List.of("id"),
                        List.of(),
                        List.of())
                .mapping(Map.of("legacy", "id"))
                .spec();
        assertThatThrownBy(() -> diff(ONE, spec))
                .isInstanceOf(DiffFailedException.class)
                .hasMessageContaining("mapped to another column");
    }

    @Test
    void refusesKeysThatOccurAllTheTime() {
        Dataset a = query("select 1 as id, g as v from generate_series(1, 20000) g");
        Dataset b = query("select 1 as id, -g as v from generate_series(1, 20000) g");
        DiffSpec spec = DiffSpec.draft(a, b, List.of("id"), List.of(), List.of())
                .compareDuplicates(true)
                .spec();
        assertThatThrownBy(() -> diff(ONE, spec))
                .isInstanceOf(DiffFailedException.class)
                .hasMessageContaining("add columns to pk_columns");
    }

    @Test
    void takesArraysInAnyOrder() {
        String a =
                "select 1 as id, '{3,1,2,null}'::int[] as n, '{b,a}'::text[] as t, '{}'::int[] as e, '{1.0,2}'::numeric[] as d,"
                        + " null::int[] as z, '[\"x\"]'::jsonb as j";
        String b = "select 1 as id, '{{null,2},{1,3}}'::bigint[] as n, '{a,b,b}'::text[] as t, '{}'::int[] as e,"
                + " '{2,1.00}'::numeric[] as d, '{}'::int[] as z, '[\"x\"]'::jsonb as j";
        assertThat(sorted(a, b, List.of()).tally().differencesPerColumn()).containsExactly(0L, 1L, 0L, 0L, 1L, 0L);
        assertThat(sorted(a, b, List.of("d")).tally().differencesPerColumn()).containsExactly(1L, 1L, 0L, 0L, 1L, 0L);
        assertThatThrownBy(() -> sorted(a, b, List.of("nn")))
                .isInstanceOf(DiffFailedException.class)
                .hasMessageContaining("is not compared");
        assertThatThrownBy(() -> sorted(a, b, List.of("j")))
                .isInstanceOf(DiffFailedException.class)
                .hasMessageContaining("only arrays of simple elements");
    }

    private static Outcome sorted(String a, String b, List<String> columns) {
        EqualityRules rules = EqualityRules.NONE.sortedArrays(columns);
        return diff(
                ONE,
                DiffSpec.draft(query(a), query(b), List.of("id"), List.of(), List.of())
                        .rules(rules)
                        .spec());
    }

    /** The share of 2000 keys that differ in one of ten, of keys that are other ones each time. */
    @Test
    void samplesTheSameKeysOnBothSides() {
        double ofAll = 0;
        long compared = 0;
        long differing = 0;
        for (int from = 0; from < 40; from++) {
            String rows = "select g + " + 100_000L * from + " as id, g %% 10 %s as v from generate_series(1, 2000) g";
            Tally tally = sampled(
                    query(rows.formatted("")),
                    query(rows.formatted("+ case when g % 10 = 3 then 1 else 0 end") + " union all select -1, 0"),
                    new Sampling(null, 95, 0.1, null, 0));
            // Keys are all counted, whichever are sampled.
            assertThat(tally.totalRows()).isEqualTo(Sides.of(2000, 2001));
            assertThat(tally.exclusives()).isEqualTo(Sides.of(0, 1));
            assertThat(tally.comparedRows()).isBetween(120L, 290L);
            assertThat(tally.differencesPerColumn()).containsExactly(tally.rowsWithDifferences());
            compared += tally.comparedRows();
            differing += tally.rowsWithDifferences();
            ofAll += 2000;
        }
        assertThat(compared / ofAll).isBetween(0.09, 0.11);
        assertThat(differing / (double) compared).isBetween(0.08, 0.12);
    }

    @Test
    void comparesAllValuesWhereTooManyKeysAreBad() {
        Dataset a = query("select g as id, g as v from generate_series(1, 1000) g");
        Dataset b = query("select g as id, g as v from generate_series(1, 900) g");
        assertThat(sampled(a, b, new Sampling(0.01, 99, null, null, 0)).comparedRows())
                .isEqualTo(900);
        assertThat(sampled(a, b, new Sampling(0.2, 99, null, null, 0)).comparedRows())
                .isBetween(5L, 60L);
        assertThat(sampled(a, b, new Sampling(0.2, 99, null, null, 1001)).comparedRows())
                .isEqualTo(900);
    }

    private static Tally sampled(Dataset a, Dataset b, Sampling sampling) {
        DiffSpec spec = DiffSpec.draft(a, b, List.of("id"), List.of(), List.of())
                .sampling(sampling)
                .spec();
        DiffEngine engine = Diffing.DEFAULT;
        Planned first = engine.plan(spec, TestServer.source(), TestServer.source(), new Cancellation());
        Outcome keys = Diffing.finish(engine, first, TestServer.source(), TestServer.source());
        if (first.plan().keysOnly() == null) {
            return keys.tally();
        }
        assertThat(keys.tally().rowsWithDifferences()).isZero();
        assertThat(keys.rows()).extracting(DifferingRow::kind).doesNotContain(DifferingRow.Kind.VALUE);
        Planned second = engine.plan(spec, TestServer.source(), TestServer.source(), keys.tally(), new Cancellation());
        Outcome values = Diffing.finish(engine, second, TestServer.source(), TestServer.source());
        assertThat(values.rows()).allMatch(row -> row.kind() == DifferingRow.Kind.VALUE);
        return values.tally();
    }
}
