package io.parallax.engine;

import static io.parallax.engine.Diffing.query;
import static io.parallax.engine.Diffing.table;
import static org.assertj.core.api.Assertions.assertThat;

import io.parallax.contract.Dataset;
import io.parallax.contract.DiffSpec;
import io.parallax.contract.Topics;
import io.parallax.contract.tally.Sides;
import io.parallax.contract.tally.Tally;
import io.parallax.engine.SmallHeap.Done;
import io.parallax.engine.SmallHeap.Work;
import io.parallax.engine.task.Sizing;
import io.parallax.engine.task.Sizing.Approach;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A worker of 256 MB compares whatever there is, and what it reports does not grow with it. */
class MemoryIT {
    private static final String HEAP = "256m";

    /** Each a value of 1 MB in some rows; 16 of them, the key's own among them. */
    private static final List<String> LARGE = List.of(
            "k text collate \"C\"",
            "kb bytea",
            "kj jsonb",
            "t1 text",
            "t2 text",
            "t3 text",
            "t4 varchar",
            "t5 char(1048576)",
            "t6 text collate \"C\"",
            "b1 bytea",
            "b2 bytea",
            "b3 bytea",
            "b4 bytea",
            "j1 jsonb",
            "j2 json",
            "a1 text[]");

    private static final int SMALL = 183;

    /** Compared, of the most that go into a table. */
    private static final int COLUMNS = 1599;

    private static final List<String> LARGE_KEY = List.of("k", "kb", "kj");

    @BeforeAll
    static void tables() {
        String small = IntStream.rangeClosed(1, SMALL)
                .mapToObj(i -> "n" + i + " int default 1")
                .collect(Collectors.joining(", "));
        TestServer.run(
                "drop table if exists large_a, large_b",
                "create table large_a (id int primary key, " + String.join(", ", LARGE) + ", " + small
                        + ") with (fillfactor = 10)",
                "create table large_b (like large_a including all) with (fillfactor = 10)",
                "insert into large_a (id, k, kb, kj, n5) select g, 'key ' || g, int4send(g), to_jsonb(g), g from generate_series(1, 30) g",
                "update large_a set " + LARGE.stream().map(MemoryIT::large).collect(Collectors.joining(", "))
                        + " where id <= 5",
                "insert into large_b select * from large_a",
                "update large_b set t1 = left(t1, -1) || '?' where id = 1",
                "update large_b set b1 = set_byte(b1, 1048575, 255) where id = 2",
                "update large_b set j1 = to_jsonb(left(j1 #>> '{}', -1) || '?') where id = 3",
                "update large_b set k = left(k, -1) || '?' where id = 4",
                "update large_b set n5 = -1 where id = 20",
                "analyze large_a, large_b");
    }

    private static String large(String column) {
        String name = column.substring(0, column.indexOf(' '));
        String type = column.substring(column.indexOf(' ') + 1);
        String text = "repeat('x', 1048570) || lpad(id::text, 6)";
        return name + " = "
                + switch (type) {
                    case "bytea" -> "convert_to(" + text + ", 'UTF8')";
                    case "jsonb" -> "to_jsonb(" + text + ")";
                    case "json" -> "to_json(" + text + ")";
                    case "text[]" -> "array[" + text + "]";
                    default -> text;
                };
    }

    @AfterAll
    static void dropTables() {
        TestServer.run("drop table if exists large_a, large_b");
    }

    @Test
    void comparesWhateverThereIs() throws Exception {
        Dataset a = table("large_a");
        Dataset b = table("large_b");
        List<String> id = List.of("id");
        List<Work> works = List.of(
                work("ranges", new Sizing(0, 20, 5, 20, 2, 20, 30, Approach.SEGMENTS), a, b, id),
                work("streams", new Sizing(30, 20, 5, 20, 2, 20, 30, Approach.SEGMENTS), a, b, id),
                work("pieces", new Sizing(0, 20, 5, 20, 2, 15, 10, Approach.PIECES), a, b, id),
                work("at once", Sizing.DEFAULT, a, b, id),
                work("slices by a large key", new Sizing(0, 20, 5, 20, 2, 20, 30, Approach.SEGMENTS), a, b, LARGE_KEY),
                work("pieces by a large key", new Sizing(0, 20, 5, 20, 2, 15, 10, Approach.PIECES), a, b, LARGE_KEY),
                work("at once by a large key", Sizing.DEFAULT, a, b, LARGE_KEY),
                work("many columns", Sizing.DEFAULT, manyColumns("a"), manyColumns("b"), id),
                work(
                        "many rows",
                        new Sizing(0, 100_000, 1000, 20, 4, 1, 1, Approach.SEGMENTS),
                        manyRows(0),
                        manyRows(1),
                        id),
                work("long numbers", Sizing.DEFAULT, longNumbers(1), longNumbers(2), id));

        Map<String, Done> done = SmallHeap.run(HEAP, TestServer.source(), works).stream()
                .collect(Collectors.toMap(Done::name, Function.identity()));

        assertThat(done).hasSameSizeAs(works);
        for (String path : List.of("ranges", "streams", "pieces", "at once")) {
            assertThat(done.get(path).tally()).as(path).isEqualTo(byId());
            assertThat(done.get(path).shortened()).as(path).containsExactly("b1", "j1", "k", "t1");
        }
        for (String path : List.of("slices by a large key", "pieces by a large key", "at once by a large key")) {
            assertThat(done.get(path).tally()).as(path).isEqualTo(byLargeKey());
            assertThat(done.get(path).shortened())
                    .as(path)
                    .contains("b1", "j1", "k", "kb", "kj", "t1")
                    .doesNotContain("n5");
        }
        assertThat(done.values().stream().map(Done::algorithm).distinct())
                .contains("key ranges", "hash slices", "pieces", "at once");
        assertThat(done.get("many columns").tally()).isEqualTo(allDiffer(20, COLUMNS));
        assertThat(done.get("many columns").rows()).isPositive();
        assertThat(done.get("many rows").tally()).isEqualTo(allDiffer(300_000, 1));
        assertThat(done.get("long numbers").tally()).isEqualTo(allDiffer(5, 1));
        assertThat(done.get("long numbers").shortened()).containsExactly("n");
        assertThat(done.values())
                .allSatisfy(
                        each -> assertThat(each.reportBytes()).as(each.name()).isLessThan(Topics.MAX_RECORD_BYTES));
    }

    private static Work work(String name, Sizing sizing, Dataset a, Dataset b, List<String> key) {
        return new Work(name, sizing, new DiffSpec(a, b, key, List.of(), List.of()));
    }

    private static Dataset manyColumns(String end) {
        String columns = IntStream.rangeClosed(1, COLUMNS)
                .mapToObj(i -> "repeat('x', 999) || '" + end + "' as c" + i)
                .collect(Collectors.joining(", "));
        return query("select g as id, " + columns + " from generate_series(1, 20) g");
    }

    private static Dataset manyRows(int offset) {
        return query("select g as id, g + " + offset + " as v from generate_series(1, 300000) g");
    }

    private static Dataset longNumbers(int offset) {
        return query("select g as id, 1e130000::numeric + " + offset + " as n from generate_series(1, 5) g");
    }

    private static Tally allDiffer(long rows, int columns) {
        return new Tally(
                Sides.of(rows, rows),
                Sides.ZERO,
                Sides.ZERO,
                Sides.of(rows, rows),
                Sides.ZERO,
                rows,
                rows,
                Collections.nCopies(columns, rows));
    }

    /** One difference each in k, t1, b1, j1 and n5. */
    private static Tally byId() {
        return new Tally(
                Sides.of(30, 30),
                Sides.ZERO,
                Sides.ZERO,
                Sides.of(30, 30),
                Sides.ZERO,
                30,
                5,
                perColumn(LARGE.stream(), "k", "t1", "b1", "j1", "n5"));
    }

    private static Tally byLargeKey() {
        Stream<String> values =
                Stream.concat(Stream.of("id int"), LARGE.stream().skip(LARGE_KEY.size()));
        return new Tally(
                Sides.of(30, 30),
                Sides.ZERO,
                Sides.ZERO,
                Sides.of(30, 30),
                Sides.of(1, 1),
                29,
                4,
                perColumn(values, "t1", "b1", "j1", "n5"));
    }

    private static List<Long> perColumn(Stream<String> columns, String... differing) {
        Stream<String> names = Stream.concat(
                columns.map(column -> column.substring(0, column.indexOf(' '))),
                IntStream.rangeClosed(1, SMALL).mapToObj(i -> "n" + i));
        return names.map(name -> List.of(differing).contains(name) ? 1L : 0L).toList();
    }
}
