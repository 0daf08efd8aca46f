package io.parallax.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the command line asks for of a run with sources that are far away.
 *
 * @param trip how much longer a trip to a source and back takes than on this machine
 * @param runs of each case, near and far in turns; the median counts
 * @param data the directory where the tables are kept
 */
record DistanceOptions(Duration trip, int runs, Path data, boolean fresh) {
    private static final Set<String> VALUED = Set.of("trip", "runs", "data");
    private static final Set<String> FLAGS = Set.of("fresh");

    /**
     * The options of a command line.
     *
     * @throws IllegalArgumentException with a sentence that says what is wrong
     */
    static DistanceOptions parse(List<String> arguments, Map<String, String> environment) {
        Map<String, String> given = CommandLine.given(arguments, VALUED, FLAGS);
        return new DistanceOptions(
                Duration.ofMillis(CommandLine.number("trip", given.getOrDefault("trip", "50"), 1)),
                CommandLine.number("runs", given.getOrDefault("runs", "7"), 1),
                CommandLine.data(given, environment),
                given.containsKey("fresh"));
    }
}
