package io.parallax.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.parallax.endtoend.requests.PairTrial;
import io.parallax.endtoend.requests.Sources;
import io.parallax.oracle.Reader;
import io.parallax.oracle.draw.Databases;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The service against brute force: random combinations of a request's fields for random pairs of tables.
 *
 * <p>{@code -Dparallax.requests.count} says how many combinations, {@code -Dparallax.requests.seed} which, and
 * {@code -Dparallax.requests.only} repeats the one of that number.
 */
class RandomRequestsIT {
    private static final int COUNT = Integer.getInteger("parallax.requests.count", 150);
    private static final long SEED = Long.getLong("parallax.requests.seed", 2026);
    private static final int SHOWN = Integer.getInteger("parallax.requests.shown", 5);

    /** Pairs are small; they are cut all the same. */
    private static final Map<String, String> FINELY = Map.of(
            "PARALLAX_ENGINE_SMALL_ROWS", "150",
            "PARALLAX_ENGINE_SEGMENT_ROWS", "200",
            "PARALLAX_ENGINE_BUCKET_ROWS", "30",
            "PARALLAX_ENGINE_MAX_SEGMENTS", "4",
            "PARALLAX_ENGINE_MAX_HASH_SLICES", "2",
            "PARALLAX_ENGINE_PIECE_ROWS", "250",
            "PARALLAX_ENGINE_PART_ROWS", "1000");

    private static final int AT_ONCE = 8;

    private static Installation installation;
    private static Sources sources;

    @BeforeAll
    static void start() throws Exception {
        installation = Installation.start(FINELY);
        installation.makeDatabases();
        sources = registered();
    }

    @AfterAll
    static void stop() throws Exception {
        installation.close();
    }

    @Test
    void answersEveryRequestLikeTheOracle() throws Exception {
        Long only = Long.getLong("parallax.requests.only");
        PairTrial trial = new PairTrial(installation.api(), sources, SEED);
        System.out.printf("%d combinations of seed %d%n", COUNT, SEED);

        List<String> failures = only == null ? tried(trial) : trial.failures(LongStream.of(only));

        assertThat(failures.stream().limit(SHOWN))
                .as("%d combinations of %d, seed %d", failures.size(), COUNT, SEED)
                .isEmpty();
    }

    private static List<String> tried(PairTrial trial) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
        try {
            List<Callable<List<String>>> pairs = new ArrayList<>();
            for (long first = 0; first < COUNT; first += PairTrial.REQUESTS) {
                LongStream numbers = LongStream.range(first, Math.min(COUNT, first + PairTrial.REQUESTS));
                pairs.add(() -> trial.failures(numbers));
            }
            List<String> failures = new ArrayList<>();
            for (Future<List<String>> pair : threads.invokeAll(pairs)) {
                failures.addAll(pair.get());
            }
            return failures;
        } finally {
            threads.shutdownNow();
        }
    }

    /** Each database twice, as one may be two data sources. */
    private static Sources registered() throws Exception {
        List<List<Long>> ids = new ArrayList<>();
        for (String database : Databases.NAMES) {
            List<Long> twice = new ArrayList<>();
            for (String name : List.of("", " again")) {
                twice.add(installation.register(
                        database + name, installation.sourceOptions().put("dbname", database)));
            }
            ids.add(twice);
        }
        return new Sources() {
            @Override
            public Connection connect(int database) throws SQLException {
                return session(installation.textual(Databases.NAMES.get(database)));
            }

            @Override
            public List<List<Long>> ids() {
                return ids;
            }

            @Override
            public String reader() {
                return Installation.READER;
            }
        };
    }

    private static Connection session(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(Reader.SETTINGS);
        }
        return connection;
    }
}
