package io.parallax.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the command line asks for of a run that makes many calls.
 *
 * @param turn how long each kind of call is made at a time
 * @param rounds how often all kinds take turns
 * @param connections calls at a time
 * @param calls which kinds
 * @param finished diffs that are over in a full store; 0 for no full store
 * @param waiting diffs that wait there
 * @param data the directory where the tables are kept
 */
record LoadOptions(
        Duration turn,
        int rounds,
        int connections,
        List<CallKind> calls,
        int finished,
        int waiting,
        Path data,
        boolean fresh) {
    private static final Set<String> VALUED =
            Set.of("seconds", "rounds", "connections", "calls", "finished", "waiting", "data");
    private static final Set<String> FLAGS = Set.of("fresh");

    /**
     * The options of a command line.
     *
     * @throws IllegalArgumentException with a sentence that says what is wrong
     */
    static LoadOptions parse(List<String> arguments, Map<String, String> environment) {
        Map<String, String> given = CommandLine.given(arguments, VALUED, FLAGS);
        return new LoadOptions(
                Duration.ofSeconds(CommandLine.number("seconds", given.getOrDefault("seconds", "5"), 1)),
                CommandLine.number("rounds", given.getOrDefault("rounds", "5"), 1),
                CommandLine.number("connections", given.getOrDefault("connections", "32"), 1),
                CommandLine.several("calls", given.getOrDefault("calls", "all"), CallKind.values()),
                CommandLine.count("finished", given.getOrDefault("finished", "1m")),
                CommandLine.count("waiting", given.getOrDefault("waiting", "10k")),
                CommandLine.data(given, environment),
                given.containsKey("fresh"));
    }
}
