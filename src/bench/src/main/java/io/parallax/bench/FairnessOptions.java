package io.parallax.bench;

import io.parallax.bench.table.RowCount;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the command line asks for of a run beside those that take all they can.
 *
 * @param rows of each table of the diff on a slow link
 * @param kilobytes what each connection to its sources carries in a second
 * @param diffs how many there are of a source that never answers
 * @param small how many small diffs run at a time
 * @param data the directory where the tables are kept
 */
record FairnessOptions(RowCount rows, int kilobytes, int diffs, int small, Path data, boolean fresh) {
    private static final Set<String> VALUED = Set.of("rows", "rate", "diffs", "small", "data");
    private static final Set<String> FLAGS = Set.of("fresh");

    /**
     * The options of a command line.
     *
     * @throws IllegalArgumentException with a sentence that says what is wrong
     */
    static FairnessOptions parse(List<String> arguments, Map<String, String> environment) {
        Map<String, String> given = CommandLine.given(arguments, VALUED, FLAGS);
        return new FairnessOptions(
                RowCount.parse(given.getOrDefault("rows", "1m")),
                CommandLine.number("rate", given.getOrDefault("rate", "25"), 1),
                CommandLine.number("diffs", given.getOrDefault("diffs", "100"), 1),
                CommandLine.number("small", given.getOrDefault("small", "20"), 1),
                CommandLine.data(given, environment),
                given.containsKey("fresh"));
    }
}
