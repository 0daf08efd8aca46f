package io.parallax.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.parallax.contract.DiffSpec;
import io.parallax.contract.SourceDetails;
import io.parallax.engine.task.Sizing;
import io.parallax.oracle.TripCounter;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** How often a diff waits for a source, which counts where it is far away; on connections that are open. */
class TripsIT {
    private static final int TRIES = 10;
    private static TripCounter counter;

    @BeforeAll
    static void tables() throws Exception {
        for (String table : List.of("trips_a", "trips_b")) {
            TestServer.run(
                    "create table " + table + " (id int primary key, v text, w numeric, x timestamptz)",
                    "insert into " + table
                            + " select g, 'v' || g, g, '2024-01-01'::timestamptz from generate_series(1, 10000) g",
                    "update " + table + " set v = '" + table + "' where id = 5000",
                    "analyze " + table);
        }
        counter = new TripCounter(TestServer.options().path("port").asInt());
    }

    @AfterAll
    static void close() {
        counter.close();
    }

    /** The trips to side B: the fewest, as there are more where a connection has not seen the statements. */
    private static List<String> trips(DiffEngine engine) {
        DiffSpec spec =
                new DiffSpec(Diffing.table("trips_a"), Diffing.table("trips_b"), List.of("id"), List.of(), List.of());
        SourceDetails b = new SourceDetails("pg", TestServer.options().put("port", counter.port()));
        return IntStream.range(0, TRIES)
                .mapToObj(i -> {
                    assertThat(Diffing.diff(engine, spec, TestServer.source(), b)
                                    .tally()
                                    .rowsWithDifferences())
                            .isEqualTo(1);
                    return counter.taken();
                })
                .min(Comparator.comparing(List::size))
                .orElseThrow();
    }

    /** Begin, what there is to know, rows and how they were read; and the end, for which nobody waits. */
    @Test
    void aSmallDiffTakesFive() {
        assertThat(trips(Diffing.engine(Sizing.DEFAULT))).hasSizeLessThanOrEqualTo(5);
    }

    /** Planning asks for what is not known of a larger one, and each task begins, finds, tells how it was read and ends; one of them fetches, too. */
    @Test
    void aTaskTakesFour() {
        Sizing tenTasks = new Sizing(0, 2000, 100, 10, 1, 1000, 1000, Sizing.Approach.SEGMENTS);

        List<String> trips = trips(Diffing.engine(tenTasks));

        assertThat(trips.stream().filter(trip -> trip.contains("BEGIN"))).hasSize(11);
        assertThat(trips).hasSizeLessThanOrEqualTo(10 + 10 * 4 + 5);
    }
}
