package io.parallax.bench;

import io.parallax.bench.table.RowCount;
import io.parallax.bench.table.Shape;
import io.parallax.bench.table.Variant;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What the command line asks for.
 *
 * @param runs measured runs of each case, at least 1
 * @param smallRuns measured runs of the diffs of 1000 rows; 0 for none
 * @param allFloors whether to measure all floors, or only the one that a case is measured against
 * @param data the directory where the tables are kept
 * @param oneServer whether both sides are in one database
 */
record Options(
        List<Shape> shapes,
        List<RowCount> rows,
        List<Variant> variants,
        int runs,
        int smallRuns,
        boolean allFloors,
        Path data,
        boolean oneServer,
        boolean fresh) {
    private static final Set<String> VALUED = Set.of("shapes", "rows", "variants", "runs", "small", "floors", "data");
    private static final Set<String> FLAGS = Set.of("one-server", "fresh");

    /**
     * The options of a command line.
     *
     * @throws IllegalArgumentException with a sentence that says what is wrong
     */
    static Options parse(List<String> arguments, Map<String, String> environment) {
        Map<String, String> given = CommandLine.given(arguments, VALUED, FLAGS);
        return new Options(
                several("shapes", given.getOrDefault("shapes", "rating"), Shape.values()),
                list(given.getOrDefault("rows", "1m,5m"), RowCount::parse),
                several("variants", given.getOrDefault("variants", "all"), Variant.values()),
                CommandLine.number("runs", given.getOrDefault("runs", "5"), 1),
                CommandLine.number("small", given.getOrDefault("small", "50"), 0),
                one("floors", given.getOrDefault("floors", "all"), List.of("all", "target"))
                        .equals("all"),
                CommandLine.data(given, environment),
                given.containsKey("one-server"),
                given.containsKey("fresh"));
    }

    /** Constants by the names that they print. */
    private static <E extends Enum<E>> List<E> several(String option, String text, E[] all) {
        List<String> names = Arrays.stream(all).map(Object::toString).toList();
        if (text.equals("all")) {
            return List.of(all);
        }
        return list(text, name -> all[names.indexOf(one(option, name, names))]);
    }

    private static String one(String option, String text, List<String> known) {
        if (!known.contains(text)) {
            throw new IllegalArgumentException(
                    "--" + option + " knows " + String.join(", ", known) + ", not " + text + ".");
        }
        return text;
    }

    private static <T> List<T> list(String text, Function<String, T> parse) {
        return Stream.of(text.split(",", -1)).map(parse).distinct().toList();
    }
}
