package io.parallax.bench;

import io.parallax.bench.table.RowCount;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the command line asks for of a run on several workers.
 *
 * @param rows of each table of the diff that is spread
 * @param kilobytes what each connection to its sources carries in a second
 * @param small how many diffs of 1000 rows run alone, and beside it
 * @param data the directory where the tables are kept
 */
record ScalingOptions(RowCount rows, int kilobytes, int small, Path data, boolean fresh) {
    private static final Set<String> VALUED = Set.of("rows", "rate", "small", "data");
    private static final Set<String> FLAGS = Set.of("fresh");

    /**
     * The options of a command line.
     *
     * @throws IllegalArgumentException with a sentence that says what is wrong
     */
    static ScalingOptions parse(List<String> arguments, Map<String, String> environment) {
        Map<String, String> given = CommandLine.given(arguments, VALUED, FLAGS);
        return new ScalingOptions(
                RowCount.parse(given.getOrDefault("rows", "150k")),
                CommandLine.number("rate", given.getOrDefault("rate", "25"), 1),
                CommandLine.number("small", given.getOrDefault("small", "100"), 1),
                CommandLine.data(given, environment),
                given.containsKey("fresh"));
    }
}
