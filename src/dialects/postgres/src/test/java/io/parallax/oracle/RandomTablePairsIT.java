package io.parallax.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parallax.contract.DiffSpec;
import io.parallax.contract.tally.Tally;
import io.parallax.engine.DiffEngine;
import io.parallax.engine.dialect.CanonicalExpression;
import io.parallax.engine.dialect.RowHash;
import io.parallax.engine.session.Cancellation;
import io.parallax.engine.task.Databases;
import io.parallax.engine.task.Planned;
import io.parallax.oracle.Trial.Discrepancy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The engine against brute force, on random pairs of tables; most of those that go by pieces change all the
 * while.
 *
 * <p>{@code -Dparallax.oracle.pairs} says how many, {@code -Dparallax.oracle.seed} which, and
 * {@code -Dparallax.oracle.only} repeats the one of that seed.
 */
class RandomTablePairsIT {
    private static final int PAIRS = Integer.getInteger("parallax.oracle.pairs", 250);
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

    /** A test of the test. */
    @ParameterizedTest
    @EnumSource
    void findsOutAnUnsoundRowHash(Unsound hash) {
        Trial trial = new Trial(server, settings -> new DiffEngine(settings, hash));

        Optional<Discrepancy> found = seeds(3000)
                .mapToObj(trial::of)
                .flatMap(Optional::stream)
                .filter(Discrepancy::wrongFigures)
                .findFirst();

        assertThat(found).isPresent();
    }

    /** Another test of the test: every task sees the tables as they have become. */
    @Test
    void findsOutThatSnapshotsAreLacking() {
        Trial trial = new Trial(server, settings -> new DiffEngine(settings) {
            @Override
            public Planned plan(
                    DiffSpec spec,
                    Databases databases,
                    @Nullable Tally keys,
                    @Nullable String temporary,
                    Cancellation cancellation) {
                Planned planned = super.plan(spec, databases, keys, temporary, cancellation);
                ((ObjectNode) planned.plan().common()).putNull("snapshots");
                return planned;
            }
        });

        Optional<Discrepancy> found = seeds(300)
                .mapToObj(trial::of)
                .flatMap(Optional::stream)
                .filter(Discrepancy::wrongFigures)
                .findFirst();

        assertThat(found).isPresent();
    }

    /** Hashes that miss differences. */
    enum Unsound implements RowHash {
        /** Values that change places between rows cancel in its sum. */
        LINEAR(columns -> "hash_record_extended(row(" + String.join(", ", columns) + "), 0)"),
        /** Columns may change places. */
        UNORDERED(columns -> columns.stream()
                .map(column -> "coalesce(hashtextextended((" + column + ")::text COLLATE \"C\", 0) % 1000000007, 0)")
                .collect(Collectors.joining(" + "))),
        /** One column's end may be the next one's beginning, and NULL is an empty text. */
        UNSEPARATED(columns -> columns.stream()
                .map(column -> "(" + column + ")::text COLLATE \"C\"")
                .collect(Collectors.joining(", ", "hashtextextended(concat(", ") COLLATE \"C\", 0)")));

        private final Function<List<String>, String> sql;

        Unsound(Function<List<String>, String> sql) {
            this.sql = sql;
        }

        @Override
        public String of(List<CanonicalExpression> columns) {
            return sql.apply(columns.stream().map(CanonicalExpression::sql).toList());
        }
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
