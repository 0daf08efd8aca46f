package io.parallax.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.parallax.engine.DiffEngine;
import io.parallax.oracle.Trial.Discrepancy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The engine against brute force, on random pairs of tables.
 *
 * <p>{@code -Dparallax.oracle.pairs} says how many, {@code -Dparallax.oracle.seed} which, and
 * {@code -Dparallax.oracle.only} repeats the one of that seed.
 */
class RandomTablePairsIT {
    private static final int PAIRS = Integer.getInteger("parallax.oracle.pairs", 500);
    private static final long SEED = Long.getLong("parallax.oracle.seed", 2026);
    private static final int SHOWN = Integer.getInteger("parallax.oracle.shown", 5);

    private static TestServer server;

    @BeforeAll
    static void start() throws Exception {
        server = TestServer.start();
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    @Test
    void countsEveryPairLikeTheOracle() throws Exception {
        Long only = Long.getLong("parallax.oracle.only");
        LongStream seeds = only == null ? seeds(PAIRS) : LongStream.of(only);

        List<Discrepancy> discrepancies = tried(new Trial(server, DiffEngine::new), seeds);

        assertThat(discrepancies.stream().limit(SHOWN).map(Object::toString))
                .as("%d pairs of %d, seed %d", discrepancies.size(), PAIRS, SEED)
                .isEmpty();
    }

    /** A test of the test: values that change places between rows cancel in this hash's sum. */
    @Test
    void findsOutALinearRowHash() {
        Trial trial = new Trial(
                server,
                settings -> new DiffEngine(
                        settings, columns -> "hash_record_extended(row(" + String.join(", ", columns) + "), 0)"));

        Optional<Discrepancy> found = seeds(500)
                .mapToObj(trial::of)
                .flatMap(Optional::stream)
                .filter(Discrepancy::wrongFigures)
                .findFirst();

        assertThat(found).isPresent();
    }

    private static LongStream seeds(int count) {
        return IntStream.range(0, count).mapToLong(i -> SEED * 1_000_000 + i);
    }

    private static List<Discrepancy> tried(Trial trial, LongStream seeds) throws Exception {
        ExecutorService threads =
                Executors.newFixedThreadPool(Math.max(2, Runtime.getRuntime().availableProcessors()));
        try {
            List<Callable<Optional<Discrepancy>>> trials = seeds.<Callable<Optional<Discrepancy>>>mapToObj(
                            seed -> () -> trial.of(seed))
                    .toList();
            List<Discrepancy> discrepancies = new ArrayList<>();
            for (Future<Optional<Discrepancy>> future : threads.invokeAll(trials)) {
                future.get().ifPresent(discrepancies::add);
            }
            return discrepancies;
        } finally {
            threads.shutdownNow();
        }
    }
}
