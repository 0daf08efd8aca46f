package io.parallax.dialect.postgres;

import static io.parallax.engine.Diffing.query;
import static io.parallax.engine.Diffing.table;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.parallax.contract.Codec;
import io.parallax.contract.Dataset;
import io.parallax.contract.DiffSpec;
import io.parallax.contract.Sampling;
import io.parallax.contract.TimeBuckets;
import io.parallax.contract.Workspace;
import io.parallax.contract.Workspace.Table;
import io.parallax.contract.tally.DifferingRow;
import io.parallax.contract.tally.DifferingRow.Kind;
import io.parallax.contract.tally.Sides;
import io.parallax.contract.tally.Tally;
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
import io.parallax.engine.task.Sizing.Approach;
import io.parallax.engine.task.Sizing.Search;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Rows that are shown, tables that are written and counts say the same, whichever way the work is cut. */
class EveryPathIT {
    private static final String PREFIX = "parallax_00000000000000aa_";
    private static final String TEMPORARY = PREFIX + "tmp_p1n1_";

    /** Ways of keys that have an index. */
    private static final Map<String, Sizing> RANGES = new LinkedHashMap<>(Map.of(
            "ranges", sizing(1500, Approach.SEGMENTS, Search.MEASURED),
            "fingerprints", sizing(1500, Approach.SEGMENTS, Search.FINGERPRINTS),
            "lists or joins", sizing(1500, Approach.SEGMENTS, Search.KEYS),
            "streams", sizing(1500, Approach.SEGMENTS, Search.ROWS)));

    private static final Map<String, Sizing> WAYS = new LinkedHashMap<>(Map.of(
            "at once",
            Sizing.DEFAULT,
            "one task",
            sizing(1_000_000, Approach.SEGMENTS, Search.FINGERPRINTS),
            "one stream",
            sizing(1_000_000, Approach.SEGMENTS, Search.ROWS),
            "pieces",
            new Sizing(0, 1500, 50, 1000, 3, 1000, 1000, Approach.PIECES),
            "refined pieces",
            new Sizing(0, 1500, 50, 1000, 3, 1000, 30, Approach.PIECES)));

    private static Sizing sizing(long segmentRows, Approach approach, Search search) {
        return new Sizing(0, segmentRows, 50, 1000, 3, 1000, 1000, approach, search);
    }

    @BeforeAll
    static void tables() {
        TestServer.run(
                "drop table if exists bag_a, bag_b, once_b, set_a, set_b",
                "create table bag_a (id int, t text, v int, at timestamp)",
                "insert into bag_a select g, 'k' || g, g, timestamp '2024-01-01' + g * interval '1 h'"
                        + " from generate_series(1, 3000) g",
                // The same ones repeated on both sides, far from all that differs.
                "insert into bag_a select * from bag_a where id % 100 = 7 and id > 1000",
                "insert into bag_a select * from bag_a where id = 2007 union all select * from bag_a where id = 2007",
                "create table bag_b as select * from bag_a",
                "create table once_b as select distinct * from bag_a",
                // On one side only, repeated or not; repeated on one side; values differ, of repeated keys too.
                "insert into bag_a select -g, 'n' || g % 3, g, null from generate_series(1, 9) g",
                "insert into bag_a values (11, 'k11', 11), (12, 'k12', 0), (null, null, 1), (null, null, 2), (-99, null, 3)",
                "insert into bag_b values (13, 'k13', 13), (14, 'k14', 0), (14, 'k14', 0), (null, null, 1)",
                "insert into bag_b select 5000 + g / 2, 'm' || g / 2, g, null from generate_series(1, 9) g",
                "update bag_b set v = -v where id in (20, 30, 31, 1107)",
                "update once_b set v = -v where id in (20, 30, 31, 1107)",
                "delete from once_b where id = 40",
                "create table set_a (id int primary key, t text unique not null, v int, at timestamp)",
                "insert into set_a select g, 'k' || g, g from generate_series(1, 3000) g",
                "create table set_b (id bigint primary key, t text unique not null, v int, at timestamp)",
                "insert into set_b select id, t, case when id % 500 = 3 then 0 else v end from set_a where id % 700 <> 5",
                "insert into set_b select 4000 + g, 'm' || g, g from generate_series(1, 5) g",
                "create index on bag_a (id)",
                "create index on bag_b (id)",
                "create unique index on once_b (id)",
                "alter table once_b alter id set not null",
                "analyze bag_a, bag_b, once_b, set_a, set_b");
    }

    private static final Map<String, List<DifferingRow>> AT_ONCE = new HashMap<>();

    private record Compare(Dataset a, Dataset b, String key) {
        DiffSpec spec() {
            return new DiffSpec(a, b, List.of(key), List.of(), List.of("at"));
        }
    }

    private static final Map<String, Compare> COMPARES = Map.of(
            "no unique index", new Compare(table("bag_a"), table("bag_b"), "id"),
            "texts without an index", new Compare(table("bag_a"), table("bag_b"), "t"),
            "unique on B", new Compare(table("bag_a"), table("once_b"), "id"),
            "unique on A", new Compare(table("once_b"), table("bag_a"), "id"),
            "unique on both", new Compare(table("set_a"), table("set_b"), "id"),
            "unique texts", new Compare(table("set_a"), table("set_b"), "t"),
            "queries", new Compare(query("select * from bag_a"), query("select * from bag_b"), "id"));

    static Stream<Arguments> ways() {
        return COMPARES.keySet().stream()
                .flatMap(compare -> Stream.concat(WAYS.keySet().stream(), RANGES.keySet().stream())
                        .map(way -> Arguments.of(compare, way)));
    }

    private static Compare compare(String name) {
        return Objects.requireNonNull(COMPARES.get(name));
    }

    /** The rows that are shown of a comparison that is not cut. */
    private static List<DifferingRow> atOnce(String name) {
        return AT_ONCE.computeIfAbsent(
                name, each -> Diffing.diff(Sizing.DEFAULT, compare(each).spec()).rows());
    }

    private static Sizing way(String name) {
        Sizing sizing = WAYS.get(name);
        return sizing == null ? Objects.requireNonNull(RANGES.get(name)) : sizing;
    }

    @ParameterizedTest
    @MethodSource("ways")
    void showsAllThatIsCounted(String name, String way) {
        Outcome outcome = Diffing.diff(way(way), compare(name).spec());

        assertThat(kinds(outcome.rows())).isEqualTo(counts(outcome.tally()));
        assertThat(texts(outcome.rows())).isEqualTo(texts(atOnce(name)));
        assertThat(outcome.tally().dupes().sum() > 0).isNotEqualTo(isSet(name));
    }

    private static boolean isSet(String name) {
        return name.equals("unique on both") || name.equals("unique texts");
    }

    @ParameterizedTest
    @MethodSource("ways")
    void comparesRepeatedKeysAndShowsThem(String name, String way) {
        Outcome outcome = Diffing.diff(way(way), spec(compare(name), null, null, true, null));

        assertThat(kinds(outcome.rows())).isEqualTo(counts(outcome.tally()));
    }

    @ParameterizedTest
    @MethodSource("ways")
    void showsWhatIsCountedByTime(String name, String way) {
        TimeBuckets times = new TimeBuckets("at", TimeBuckets.Unit.DAY);
        Outcome outcome = Diffing.diff(way(way), spec(compare(name), null, times, null, null));

        assertThat(kinds(outcome.rows())).isEqualTo(counts(outcome.tally()));
    }

    /** Keys are shown by the first pass, and by it alone. */
    @ParameterizedTest
    @MethodSource("ways")
    void showsKeysOnceWhereValuesAreSampled(String name, String way) {
        DiffSpec spec = spec(compare(name), new Sampling(null, 95, 0.5, null, 0), null, null, null);
        DiffEngine engine = Diffing.engine(way(way));
        Outcome keys = Diffing.diff(engine, spec);
        Planned second = engine.plan(spec, TestServer.source(), TestServer.source(), keys.tally(), new Cancellation());
        try (HeldSnapshot held = second.hold()) {
            Outcome values = Diffing.finish(engine, second, TestServer.source(), TestServer.source());
            List<DifferingRow> rows =
                    Stream.concat(keys.rows().stream(), values.rows().stream()).toList();
            assertThat(kinds(rows)).isEqualTo(counts(values.tally()));
            assertThat(duplicates(rows)).isEqualTo(duplicates(atOnce(name)));
        }
    }

    /** With their values, which the pass of keys has not compared. */
    private static List<String> duplicates(List<DifferingRow> rows) {
        return texts(rows.stream()
                .filter(row -> row.kind() == Kind.DUPLICATE1 || row.kind() == Kind.DUPLICATE2)
                .toList());
    }

    /** Tables are written by key ranges or slices; they hold what is counted. */
    @ParameterizedTest
    @MethodSource("ways")
    void writesAllThatIsCounted(String name, String way) {
        Workspace workspace = new Workspace(PREFIX, null, null, new Workspace.Results("public", true));
        // Sets are bags of one of each, which tells nothing more of tables.
        for (Boolean multisets : Arrays.asList(null, true).subList(0, isSet(name) ? 1 : 2)) {
            Written written = written(way(way), spec(compare(name), null, null, multisets, workspace));

            Tally tally = written.tally();
            assertThat(written.counts())
                    .isEqualTo(Map.of(
                            Table.DIFF, tally.rowsWithDifferences(),
                            Table.EXCLUSIVES, tally.exclusives().sum(),
                            Table.DUPLICATES1, tally.dupes().a(),
                            Table.DUPLICATES2, tally.dupes().b()));
            assertThat(kinds(written.rows())).isEqualTo(counts(tally));
        }
    }

    private record Written(Tally tally, List<DifferingRow> rows, Map<Table, Long> counts) {}

    private static Written written(Sizing sizing, DiffSpec spec) {
        DiffEngine engine = Diffing.engine(sizing);
        Databases databases = new Databases(TestServer.source(), TestServer.source(), TestServer.source());
        try {
            Planned planned = engine.plan(spec, databases, null, TEMPORARY, new Cancellation());
            Tally tally = planned.plan().settled();
            List<DifferingRow> rows = new ArrayList<>();
            List<String> batches = new ArrayList<>();
            for (JsonNode task : planned.plan().tasks()) {
                Compared compared = engine.compare(planned.plan().common(), task, databases, new Cancellation());
                tally = tally.plus(compared.tally());
                rows.addAll(compared.rows() == null ? List.of() : compared.rows());
                Stream.ofNullable(compared.batch()).forEach(batches::add);
            }
            JsonNode publish = Codec.mapper()
                    .createObjectNode()
                    .put("kind", "publish")
                    .set("batches", Codec.mapper().valueToTree(batches));
            engine.compare(planned.plan().common(), publish, databases, new Cancellation());
            Map<Table, Long> counts = new EnumMap<>(Table.class);
            for (Table each : Table.values()) {
                counts.put(each, Long.parseLong(TestServer.one("select count(*) from " + each.after(PREFIX))));
            }
            return new Written(tally, rows, counts);
        } finally {
            engine.dropTables(TestServer.source(), "public", PREFIX, new Cancellation());
        }
    }

    private static DiffSpec spec(
            Compare compare,
            @Nullable Sampling sampling,
            @Nullable TimeBuckets times,
            @Nullable Boolean multisets,
            @Nullable Workspace workspace) {
        return DiffSpec.draft(compare.a, compare.b, List.of(compare.key), List.of(), List.of("at"))
                .sampling(sampling)
                .timeBuckets(times)
                .compareDuplicates(multisets)
                .workspace(workspace)
                .spec();
    }

    private static Map<Kind, Long> kinds(List<DifferingRow> rows) {
        Map<Kind, Long> kinds = new EnumMap<>(Kind.class);
        rows.forEach(row -> kinds.merge(row.kind(), 1L, Long::sum));
        return kinds;
    }

    private static Map<Kind, Long> counts(Tally tally) {
        Sides exclusives = tally.exclusives();
        Map<Kind, Long> counts = new EnumMap<>(Map.of(
                Kind.VALUE, tally.rowsWithDifferences(),
                Kind.EXCLUSIVE1, exclusives.a(),
                Kind.EXCLUSIVE2, exclusives.b(),
                Kind.DUPLICATE1, tally.dupes().a(),
                Kind.DUPLICATE2, tally.dupes().b()));
        counts.values().removeIf(count -> count == 0);
        return counts;
    }

    /** Of a repeated key that one side has, any row may be shown. */
    private static List<String> texts(List<DifferingRow> rows) {
        return rows.stream()
                .map(row -> row.kind() + " " + row.key()
                        + (row.kind() == Kind.EXCLUSIVE1 || row.kind() == Kind.EXCLUSIVE2 ? "" : row.values()))
                .sorted()
                .toList();
    }
}
