package io.parallax.bench;

import io.parallax.bench.table.RowCount;
import io.parallax.bench.table.Shape;
import io.parallax.bench.table.Variant;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

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
                CommandLine.several("shapes", given.getOrDefault("shapes", "rating"), Shape.values()),
                CommandLine.list(given.getOrDefault("rows", "1m,5m"), RowCount::parse),
                CommandLine.several("variants", given.getOrDefault("variants", "all"), Variant.values()),
                CommandLine.number("runs", given.getOrDefault("runs", "5"), 1),
                CommandLine.number("small", given.getOrDefault("small", "50"), 0),
                CommandLine.one("floors", given.getOrDefault("floors", "all"), List.of("all", "target"))
                        .equals("all"),
                CommandLine.data(given, environment),
                given.containsKey("one-server"),
                given.containsKey("fresh"));
    }
}
