package io.parallax.oracle;

import io.parallax.contract.DiffFailedException;
import io.parallax.contract.ErrorType;
import io.parallax.engine.DiffEngine;
import io.parallax.engine.EngineSettings;
import io.parallax.engine.session.ConnectionSettings;
import io.parallax.engine.task.Sizing;
import io.parallax.engine.task.Sizing.Approach;
import io.parallax.engine.task.Sizing.Search;
import io.parallax.oracle.draw.Dice;
import io.parallax.oracle.draw.Loader;
import io.parallax.oracle.draw.PairGenerator;
import io.parallax.oracle.draw.TablePair;
import io.parallax.oracle.draw.TablePair.Side;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Puts the engine and the oracle before the same pairs. */
final class Trial {
    private final TestServer server;
    private final Function<EngineSettings, DiffEngine> engines;

    Trial(TestServer server, Function<EngineSettings, DiffEngine> engines) {
        this.server = server;
        this.engines = engines;
    }

    /** What went wrong with a pair; empty when all figures agree under every sizing tried. */
    Optional<Discrepancy> of(long seed) {
        TablePair pair = PairGenerator.draw(seed);
        List<String> script = new ArrayList<>();
        try (Connection a = server.connect(pair.a().database());
                Connection b = server.connect(pair.b().database())) {
            try {
                script.addAll(Loader.load(a, pair.a(), pair.key().get(0)));
                script.addAll(Loader.load(b, pair.b(), pair.key().get(0)));
                Wishes wishes = Wishes.draw(new Dice(pair.seed() * 7 + 5), pair, b);
                TablePair renamed = wishes.renamed(pair);
                Wishes.Clip clip = wishes.clip();
                String time = clip == null ? "" : clip.column();
                Outcome expected = expected(
                        renamed,
                        wishes,
                        Reader.read(a, renamed.a(), wishes.conditions(time)),
                        Reader.read(b, renamed.b(), wishes.conditions(wishes.nameOnB(time))));
                return of(renamed, wishes, script, expected, new Unrest(a, b, renamed));
            } finally {
                Loader.drop(a, pair.a());
                Loader.drop(b, pair.b());
            }
        } catch (SQLException e) {
            throw new IllegalStateException(pair + "\n" + String.join("\n", script), e);
        }
    }

    private Optional<Discrepancy> of(
            TablePair pair, Wishes wishes, List<String> script, Outcome expected, Unrest unrest) {
        Dice dice = new Dice(~pair.seed());
        boolean restless = pair.seed() % 4 != 0;
        for (int run = dice.pick(1, 1, 1, 2, 3); run > 0; run--) {
            Sizing sizing = sizing(dice);
            // The last run, as the tables are no longer what they were.
            Unrest changes = restless && run == 1 ? unrest : null;
            Outcome actual = Loader.undisturbed(() -> actual(pair, wishes, sizing, dice, changes));
            if (!actual.agreesWith(expected, wishes.multisets())) {
                return Optional.of(new Discrepancy(pair, wishes, script, sizing, expected, actual));
            }
        }
        return Optional.empty();
    }

    private static Outcome expected(TablePair pair, Wishes wishes, Relation a, Relation b) {
        return Oracle.keyComparable(a, b, pair.key(), wishes)
                ? new Outcome(Oracle.compare(a, b, pair.key(), pair.include(), pair.exclude(), wishes), null)
                : new Outcome(null, new DiffFailedException(ErrorType.TYPE_MISMATCH, "the key's types differ"));
    }

    private Outcome actual(TablePair pair, Wishes wishes, Sizing sizing, Dice dice, @Nullable Unrest unrest) {
        EngineSettings settings = new EngineSettings(
                sizing, ConnectionSettings.anywhere("parallax-oracle", Duration.ofSeconds(30), Duration.ofMinutes(1)));
        try (DiffEngine engine = engines.apply(settings)) {
            return new Outcome(new EngineUnderTest(engine, server, dice).figures(pair, wishes, unrest), null);
        } catch (RuntimeException e) {
            return new Outcome(null, e);
        }
    }

    private static Sizing sizing(Dice dice) {
        return new Sizing(
                dice.pick(0L, 0L, 0L, 0L, 30L, 100_000L),
                dice.pick(1L, 3L, 10L, 50L, 50L, 300L, 1_000_000L),
                dice.pick(1L, 2L, 5L, 20L, 100L, 1000L),
                dice.pick(1, 2, 3, 8, 25),
                dice.between(1, 5),
                dice.pick(1L, 10L, 50L, 1000L),
                dice.pick(1L, 10L, 50L, 1_000_000L),
                dice.pick(Approach.MEASURED, Approach.SEGMENTS, Approach.SEGMENTS, Approach.PIECES, Approach.PIECES),
                dice.pick(Search.values()));
    }

    /** Figures, or the exception in their place. */
    record Outcome(@Nullable Figures figures, @Nullable RuntimeException failure) {
        /** {@code anyColumns}: whether differences may be in any column. */
        boolean agreesWith(Outcome other, boolean anyColumns) {
            if (failure instanceof DiffFailedException mine && other.failure instanceof DiffFailedException theirs) {
                return mine.failure().type() == theirs.failure().type();
            }
            if (figures == null || other.figures == null) {
                return false;
            }
            return anyColumns
                    ? other.figures.inAnyColumn().agreeWith(figures.inAnyColumn())
                    : other.figures.agreeWith(figures);
        }

        @Override
        public String toString() {
            if (failure == null) {
                return String.valueOf(figures);
            }
            StringWriter trace = new StringWriter();
            failure.printStackTrace(new PrintWriter(trace));
            return trace.toString();
        }
    }

    /** A pair on which engine and oracle do not agree, with all that is needed to look at it again. */
    record Discrepancy(
            TablePair pair, Wishes wishes, List<String> script, Sizing sizing, Outcome expected, Outcome actual) {
        boolean wrongFigures() {
            return actual.figures != null;
        }

        /** Writes the tables as a script for psql. */
        private Path written() {
            try {
                Path file = Path.of("target", "oracle-" + pair.seed() + ".sql");
                Files.createDirectories(file.getParent());
                return Files.writeString(file, String.join("\n", script) + "\n");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public String toString() {
            List<String> shown = script.stream().map(Discrepancy::shortened).toList();
            return "%s\nagain with -Dparallax.oracle.only=%d, tables in %s\n%s\nA %s\nB %s\n%s\n%s\nexpected %s\nactual   %s\n"
                    .formatted(
                            pair,
                            pair.seed(),
                            written(),
                            String.join("\n", shown),
                            side(pair.a()),
                            side(pair.b()),
                            EngineUnderTest.spec(pair, wishes),
                            sizing,
                            expected,
                            actual);
        }

        private static String side(Side side) {
            return "in database " + side.database() + ", " + side.rows().size() + " rows, " + side.columns();
        }

        private static String shortened(String statement) {
            return statement.length() < 1500 ? statement : statement.substring(0, 1500) + " ...";
        }
    }
}
