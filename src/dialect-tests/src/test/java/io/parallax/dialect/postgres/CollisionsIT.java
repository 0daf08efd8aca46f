package io.parallax.dialect.postgres;

import static io.parallax.engine.Diffing.query;
import static io.parallax.engine.Diffing.table;
import static org.assertj.core.api.Assertions.assertThat;

import io.parallax.contract.Dataset;
import io.parallax.contract.DiffSpec;
import io.parallax.contract.tally.Sides;
import io.parallax.contract.tally.Tally;
import io.parallax.dialect.postgres.Collisions.Case;
import io.parallax.engine.DiffEngine;
import io.parallax.engine.Diffing;
import io.parallax.engine.TestServer;
import io.parallax.engine.postgres.hash.Hashing;
import io.parallax.engine.task.Sizing;
import io.parallax.engine.task.Sizing.Approach;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is made to be taken for something else is told apart, by every hash on every path. */
class CollisionsIT {
    private static final int FILLERS = 60;

    /** A way through the engine. */
    enum Path {
        KEY_RANGES("key ranges", new Sizing(0, 40, 3, 20, 3, 20, 30, Approach.SEGMENTS)),
        HASH_SLICES("hash slices", new Sizing(0, 40, 3, 20, 2, 20, 30, Approach.SEGMENTS)),
        PIECES("pieces", new Sizing(0, 40, 3, 20, 3, 30, 1_000_000, Approach.PIECES)),
        REFINED_PIECES("pieces", new Sizing(0, 40, 3, 20, 3, 30, 1, Approach.PIECES)),
        STREAMS("key ranges", new Sizing(60, 40, 3, 20, 3, 20, 30, Approach.SEGMENTS)),
        AT_ONCE("at once", Sizing.DEFAULT);

        private final String algorithm;
        private final DiffEngine engine;

        Path(String algorithm, Sizing sizing) {
            this.algorithm = algorithm;
            this.engine = Diffing.engine(sizing);
        }

        /** Queries have no index that ranges could use. */
        Dataset dataset(String table) {
            return this == HASH_SLICES ? query("select * from " + table) : table(table);
        }

        /** Whether rows are looked at only where fingerprints differ. */
        boolean fingerprints() {
            return this != STREAMS && this != AT_ONCE;
        }

        /** All of them where that may matter. */
        List<Hashing> hashes() {
            return this == KEY_RANGES || this == PIECES ? List.of(Hashing.values()) : List.of(Hashing.CHAIN);
        }
    }

    @AfterAll
    static void dropTables() {
        TestServer.run("drop table if exists collisions_a, collisions_b");
    }

    static Stream<Case> cases() {
        return Stream.concat(Collisions.VALUES.stream(), Collisions.KEYS.stream());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void countsWhatReallyDiffers(Case pair) {
        create("collisions_a", pair.columnsA(), pair.rowsA(), pair);
        create("collisions_b", pair.columnsB(), pair.rowsB(), pair);

        for (Path path : Path.values()) {
            for (Hashing hashing : path.hashes()) {
                Diffing.Outcome outcome = Diffing.diff(
                        path.engine,
                        hashing,
                        new DiffSpec(
                                path.dataset("collisions_a"),
                                path.dataset("collisions_b"),
                                pair.key(),
                                List.of(),
                                List.of()));

                assertThat(outcome.tally()).as("%s, %s", path, hashing).isEqualTo(expected(pair));
                if (pair.key().equals(List.of("id"))) {
                    assertThat(outcome.plan().algorithm()).isEqualTo(path.algorithm);
                }
                if (path.fingerprints()
                        && pair.isEqual()
                        && pair.expected().dupes().sum() == 0) {
                    assertThat(outcome.effort().rowsFetched())
                            .as("%s, %s", path, hashing)
                            .isZero();
                }
            }
        }
    }

    /** Each row apart from the fillers on a few pages, so that there are pieces to be cut. */
    private static void create(String table, String columns, String rows, Case pair) {
        String key = String.join(", ", pair.key());
        TestServer.run(
                "drop table if exists " + table,
                "create table " + table + " (" + columns + ") with (fillfactor = 10)",
                "insert into " + table + " (" + key + ") select " + pair.filler() + " from generate_series(1, 30) g",
                "insert into " + table + " values " + rows,
                "insert into " + table + " (" + key + ") select " + pair.filler() + " from generate_series(31, "
                        + FILLERS + ") g",
                "create index on " + table + " (" + key + ")",
                "analyze " + table);
    }

    private static Tally expected(Case pair) {
        Tally own = pair.expected();
        Sides fillers = Sides.of(FILLERS, FILLERS);
        return own.plus(new Tally(
                fillers,
                Sides.ZERO,
                Sides.ZERO,
                fillers,
                Sides.ZERO,
                FILLERS,
                0,
                Collections.nCopies(own.differencesPerColumn().size(), 0L)));
    }
}
