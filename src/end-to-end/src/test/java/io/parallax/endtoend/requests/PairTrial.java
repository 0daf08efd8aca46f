package io.parallax.endtoend.requests;

import io.parallax.endtoend.Api;
import io.parallax.oracle.Wishes;
import io.parallax.oracle.draw.Dice;
import io.parallax.oracle.draw.Loader;
import io.parallax.oracle.draw.Names;
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
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/** Puts service and oracle before the same requests for one pair of tables. */
public final class PairTrial {
    /** Requests for the same pair, so that loading it costs less. */
    public static final int REQUESTS = 6;

    private static final long DISTANCE = 1_000_000;

    private final Api api;
    private final Sources sources;
    private final long seed;

    /** {@code seed}: of all pairs and requests. */
    public PairTrial(Api api, Sources sources, long seed) {
        this.api = api;
        this.sources = sources;
        this.seed = seed;
    }

    /** What went wrong with these combinations, all of one pair; empty when nothing did. */
    public List<String> failures(LongStream numbers) {
        long[] all = numbers.toArray();
        TablePair pair = PairGenerator.draw(seed * DISTANCE + all[0] / REQUESTS);
        List<String> script = new ArrayList<>();
        try (Connection a = sources.connect(pair.a().database());
                Connection b = sources.connect(pair.b().database())) {
            try {
                Map<String, String> renames = load(a, b, pair, script);
                TablePair renamed = Wishes.renamed(pair, renames);
                List<String> failures = new ArrayList<>();
                for (long number : all) {
                    Dice dice = new Dice((seed * DISTANCE + number) * 31 + 17);
                    RequestTrial trial = new RequestTrial(api, a, b);
                    Combination combination = new CombinationDraw(dice, renamed, renames).draw(sources.ids());
                    List<String> mismatches = mismatches(trial, combination, dice);
                    if (!mismatches.isEmpty()) {
                        failures.add(failure(number, renamed, combination, mismatches, script));
                    }
                }
                return failures;
            } finally {
                Loader.drop(a, pair.a());
                Loader.drop(b, pair.b());
            }
        } catch (SQLException e) {
            throw new IllegalStateException("combinations from " + all[0] + ", " + pair, e);
        }
    }

    private static List<String> mismatches(RequestTrial trial, Combination combination, Dice dice) {
        try {
            return trial.mismatches(combination, dice);
        } catch (SQLException | RuntimeException | AssertionError e) {
            StringWriter trace = new StringWriter();
            e.printStackTrace(new PrintWriter(trace));
            return List.of(trace.toString());
        }
    }

    private Map<String, String> load(Connection a, Connection b, TablePair pair, List<String> script)
            throws SQLException {
        script.addAll(Loader.load(a, pair.a(), pair.key().get(0)));
        script.addAll(Loader.load(b, pair.b(), pair.key().get(0)));
        Dice dice = new Dice(~pair.seed());
        Map<String, String> renames = dice.chance(0.3) ? Wishes.rename(dice, pair, b) : Map.of();
        script.add("-- B's columns renamed: " + renames);
        grant(a, pair.a());
        grant(b, pair.b());
        return renames;
    }

    private void grant(Connection connection, Side side) throws SQLException {
        String schema = Names.quoted(side.schema());
        try (Statement statement = connection.createStatement()) {
            statement.execute("grant usage on schema " + schema + " to " + sources.reader()
                    + "; grant select on all tables in schema " + schema + " to " + sources.reader());
        }
    }

    private String failure(
            long number, TablePair pair, Combination combination, List<String> mismatches, List<String> script) {
        return "\ncombination %d of seed %d, %s\nagain with -Dparallax.requests.seed=%d -Dparallax.requests.only=%d, tables in %s\n%s\nA %s\nB %s\n%s\n"
                .formatted(
                        number,
                        seed,
                        pair,
                        seed,
                        number,
                        written(number, script),
                        combination.body(),
                        combination.a().columns(),
                        combination.b().columns(),
                        String.join("\n", mismatches));
    }

    /** Writes the tables as a script for psql. */
    private Path written(long number, List<String> script) {
        try {
            Path file = Path.of("target", "requests-" + seed + "-" + number + ".sql");
            Files.createDirectories(file.getParent());
            return Files.writeString(file, String.join("\n", script) + "\n").toAbsolutePath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
