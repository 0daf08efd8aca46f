package io.parallax.bench;

import io.parallax.bench.table.RowCount;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the command line asks for of a run in which workers leave.
 *
 * @param rows of each table of the diff that all workers have tasks of
 * @param kilobytes what each connection to its sources carries in a second
 * @param rounds how often each worker leaves, and another one takes its place
 * @param data the directory where the tables are kept
 */
record LeavingOptions(RowCount rows, int kilobytes, int rounds, Path data, boolean fresh) {
    private static final Set<String> VALUED = Set.of("rows", "rate", "rounds", "data");
    private static final Set<String> FLAGS = Set.of("fresh");

    /**
     * The options of a command line.
     *
     * @throws IllegalArgumentException with a sentence that says what is wrong
     */
    static LeavingOptions parse(List<String> arguments, Map<String, String> environment) {
        Map<String, String> given = CommandLine.given(arguments, VALUED, FLAGS);
        return new LeavingOptions(
                RowCount.parse(given.getOrDefault("rows", "1m")),
                CommandLine.number("rate", given.getOrDefault("rate", "25"), 1),
                CommandLine.number("rounds", given.getOrDefault("rounds", "2"), 1),
                CommandLine.data(given, environment),
                given.containsKey("fresh"));
    }
}
