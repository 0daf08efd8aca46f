package io.parallax.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the command line asks for of a run of many small diffs.
 *
 * @param rate diffs that are asked for in a second
 * @param time for how long
 * @param burst how many are asked for at once
 * @param whileNew how many come before, as services compile themselves while they are new
 * @param distances how long a trip to the store takes, beside what it takes on this machine
 * @param data the directory where the tables are kept
 */
record FlowOptions(
        int rate, Duration time, int burst, int whileNew, List<Duration> distances, Path data, boolean fresh) {
    private static final Set<String> VALUED = Set.of("rate", "seconds", "burst", "new", "distances", "data");
    private static final Set<String> FLAGS = Set.of("fresh");

    /**
     * The options of a command line.
     *
     * @throws IllegalArgumentException with a sentence that says what is wrong
     */
    static FlowOptions parse(List<String> arguments, Map<String, String> environment) {
        Map<String, String> given = CommandLine.given(arguments, VALUED, FLAGS);
        return new FlowOptions(
                CommandLine.number("rate", given.getOrDefault("rate", "40"), 1),
                Duration.ofSeconds(CommandLine.number("seconds", given.getOrDefault("seconds", "20"), 1)),
                CommandLine.number("burst", given.getOrDefault("burst", "400"), 1),
                CommandLine.number("new", given.getOrDefault("new", "1500"), 0),
                CommandLine.list(
                        given.getOrDefault("distances", "100,2500"),
                        micros -> Duration.ofNanos(1000L * CommandLine.number("distances", micros, 0))),
                CommandLine.data(given, environment),
                given.containsKey("fresh"));
    }
}
