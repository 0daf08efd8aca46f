package io.parallax.engine;

import static io.parallax.engine.Diffing.diff;
import static io.parallax.engine.Diffing.query;
import static io.parallax.engine.Diffing.table;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parallax.contract.DiffSpec;
import io.parallax.contract.tally.Sides;
import io.parallax.contract.tally.Tally;
import io.parallax.engine.dialect.CanonicalExpression;
import io.parallax.engine.session.Cancellation;
import io.parallax.engine.task.Planned;
import io.parallax.engine.task.Sizing;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The same figures whatever the sizing, with and without indexes. */
class WholeDiffIT {
    @BeforeAll
    static void tables() {
        TestServer.run(
                "drop table if exists people_a, people_b, heap_a, heap_b",
                "create table people_a (id int primary key, name text, score numeric, seen timestamptz)",
                "create table people_b (id bigint primary key, name varchar(50), score numeric(8,2), seen timestamptz)",
                "insert into people_a select g, 'name ' || g, g / 4.0, timestamptz '2024-01-01 00:00Z' + g * interval '1 hour'"
                        + " from generate_series(1, 1000) g",
                "insert into people_b select * from people_a where id > 10",
                "insert into people_b select g, 'late', 0, now() from generate_series(5000, 5004) g",
                "update people_b set name = null where id = 77",
                "update people_b set name = 'other', score = -1 where id = 500",
                "create table heap_a as select * from people_a union all select * from people_a where id in (20, 21, 22)",
                "create table heap_b as select * from people_b union all select * from people_b where id in (21, 5000)",
                "insert into heap_a values (null, 'nobody', 1, null), (null, 'nobody', 1, null)",
                "analyze people_a, people_b, heap_a, heap_b");
    }

    @ParameterizedTest
    @CsvSource({"200000, 1000, 1000, 4", "100, 10, 1000, 4", "7, 2, 50, 5", "1, 1, 100, 30"})
    void countsIndexedTables(long segmentRows, long bucketRows, int maxSegments, int maxHashSlices) {
        Sizing sizing =
                new Sizing(0, segmentRows, bucketRows, maxSegments, maxHashSlices, 100, 100, Sizing.Approach.SEGMENTS);

        Tally tally = diff(sizing, table("people_a"), table("people_b"), "id").tally();

        assertThat(tally)
                .isEqualTo(new Tally(
                        Sides.of(1000, 995),
                        Sides.ZERO,
                        Sides.ZERO,
                        Sides.of(1000, 995),
                        Sides.of(10, 5),
                        990,
                        2,
                        List.of(2L, 1L, 0L)));
    }

    @ParameterizedTest
    @CsvSource({"200000, 1000, 1000, 4", "100, 10, 1000, 4", "7, 2, 50, 5", "1, 1, 100, 30"})
    void countsHeapsAndQueries(long segmentRows, long bucketRows, int maxSegments, int maxHashSlices) {
        Sizing sizing =
                new Sizing(0, segmentRows, bucketRows, maxSegments, maxHashSlices, 100, 100, Sizing.Approach.SEGMENTS);

        Tally tally = diff(sizing, table("heap_a"), query("select * from heap_b -- all;"), "id")
                .tally();

        assertThat(tally)
                .isEqualTo(new Tally(
                        Sides.of(1005, 997),
                        Sides.of(2, 0),
                        Sides.of(6, 4),
                        Sides.of(1000, 995),
                        Sides.of(10, 5),
                        987,
                        2,
                        List.of(2L, 1L, 0L)));
    }

    @Test
    void countsTheSameByTheHashThatAnyVersionHas() {
        DiffSpec spec = new DiffSpec(table("people_a"), table("people_b"), List.of("id"), List.of(), List.of());
        DiffEngine engine = Diffing.engine(Diffing.TINY);
        Planned planned = engine.plan(spec, TestServer.source(), TestServer.source(), new Cancellation());
        ObjectNode common = (ObjectNode) planned.plan().common();
        assertThat(common.path("hashing").asText()).isEqualTo("CHAIN");

        common.put("hashing", "MD5");
        Tally tally = planned.plan().tasks().stream()
                .map(task -> engine.compare(common, task, TestServer.source(), TestServer.source(), new Cancellation())
                        .tally())
                .reduce(planned.plan().settled(), Tally::plus);

        assertThat(tally.exclusives()).isEqualTo(Sides.of(10, 5));
        assertThat(tally.comparedRows()).isEqualTo(990);
        assertThat(tally.rowsWithDifferences()).isEqualTo(2);
    }

    @Test
    void missesSwappedValuesWithALinearHash() {
        TestServer.run(
                "drop table if exists swap_a, swap_b",
                "create table swap_a (id int primary key, x int, y int)",
                "insert into swap_a select g, g, g from generate_series(1, 500) g",
                "create table swap_b as select * from swap_a",
                "update swap_b set x = 3 - x where id in (1, 2)");
        DiffSpec spec = new DiffSpec(table("swap_a"), table("swap_b"), List.of("id"), List.of(), List.of());
        DiffEngine linear = new DiffEngine(Diffing.settings(Diffing.ONE), columns -> columns.stream()
                .map(CanonicalExpression::sql)
                .collect(Collectors.joining(", ", "hash_record_extended(row(", "), 0)")));

        assertThat(Diffing.diff(linear, spec).tally().rowsWithDifferences()).isZero();
        assertThat(Diffing.diff(Diffing.ONE, spec).tally().rowsWithDifferences())
                .isEqualTo(2);
    }
}
