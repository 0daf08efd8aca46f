package io.parallax.engine;

import static io.parallax.engine.Diffing.table;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.parallax.contract.DiffSpec;
import io.parallax.contract.tally.DifferingRow;
import io.parallax.contract.tally.DifferingRow.Kind;
import io.parallax.contract.tally.Sides;
import io.parallax.contract.tally.Tally;
import io.parallax.engine.session.Cancellation;
import io.parallax.engine.task.Compared;
import io.parallax.engine.task.Planned;
import io.parallax.engine.task.Sizing;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Both sides in one database, which joins them itself where much differs. */
class InDatabaseIT {
    private static final Sizing SIZING = new Sizing(0, 4000, 100, 1000, 4, 1000, 1000, Sizing.Approach.SEGMENTS);

    @BeforeAll
    static void tables() {
        TestServer.run(
                "drop table if exists joined_a, joined_b",
                "create table joined_a (id int primary key, thick int, rare text, \"place\" interval)",
                "insert into joined_a select g, g, 'x' || g, interval '1 day' from generate_series(1, 20000) g",
                "create table joined_b (id bigint primary key, thick bigint, rare text, \"first\" int,"
                        + " \"place\" interval)",
                "insert into joined_b select id, thick + 1, rare, 0, \"place\" from joined_a",
                "update joined_b set rare = null where id in (5, 15000)",
                // The same to PostgreSQL, but not to us.
                "update joined_b set \"place\" = interval '24 hours' where id in (7, 8, 19999)",
                "delete from joined_b where id in (1, 12345)",
                "insert into joined_b select g, 0, '', 0, null from generate_series(30001, 30003) g",
                "analyze joined_a, joined_b");
    }

    @Test
    void countsAllAndShowsRowsOfEachKind() {
        DiffEngine engine = Diffing.engine(SIZING);
        DiffSpec spec = new DiffSpec(table("joined_a"), table("joined_b"), List.of("id"), List.of(), List.of());
        Planned planned = engine.plan(spec, TestServer.source(), TestServer.source(), new Cancellation());
        Tally tally = planned.plan().settled();
        List<DifferingRow> shown = new ArrayList<>();
        long fetched = 0;
        for (JsonNode task : planned.plan().tasks()) {
            Compared compared = engine.compare(
                    planned.plan().common(), task, TestServer.source(), TestServer.source(), new Cancellation());
            tally = tally.plus(compared.tally());
            fetched += compared.effort().rowsFetched();
            shown.addAll(compared.rows() == null ? List.of() : compared.rows());
        }

        assertThat(tally)
                .isEqualTo(new Tally(
                        Sides.of(20000, 20001),
                        Sides.ZERO,
                        Sides.ZERO,
                        Sides.of(20000, 20001),
                        Sides.of(2, 3),
                        19998,
                        19998,
                        List.of(19998L, 2L, 3L)));
        assertThat(fetched).isLessThan(30_000);
        assertThat(shown.stream().filter(row -> row.kind() == Kind.EXCLUSIVE1)).hasSize(2);
        assertThat(shown.stream().filter(row -> row.kind() == Kind.EXCLUSIVE2)).hasSize(3);
        assertThat(shown.stream().filter(row -> row.values().has("rare") && row.kind() == Kind.VALUE))
                .hasSize(2);
        assertThat(shown.stream()
                        .filter(row -> row.key().get("id").asLong() == 19999)
                        .map(row -> row.values().toString()))
                .containsExactly(
                        "{\"thick\":{\"a\":19999,\"b\":20000}," + "\"place\":{\"a\":\"1 day\",\"b\":\"24:00:00\"}}");
    }
}
