package io.parallax.bench;

import io.parallax.bench.server.BenchDirectory;
import io.parallax.bench.table.Magnitude;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What all kinds of runs read from the command line. */
final class CommandLine {
    private CommandLine() {}

    /**
     * Options by name, flags with an empty value.
     *
     * @throws IllegalArgumentException with a sentence that says what is wrong
     */
    static Map<String, String> given(List<String> arguments, Set<String> valued, Set<String> flags) {
        Map<String, String> given = new HashMap<>();
        Deque<String> left = new ArrayDeque<>(arguments);
        while (!left.isEmpty()) {
            String argument = left.pop();
            String name = argument.startsWith("--") ? argument.substring(2) : "";
            if (flags.contains(name)) {
                given.put(name, "");
            } else if (!valued.contains(name)) {
                throw new IllegalArgumentException("There is no option " + argument + ".");
            } else if (left.isEmpty()) {
                throw new IllegalArgumentException(argument + " needs a value.");
            } else {
                given.put(name, left.pop());
            }
        }
        return given;
    }

    /** Where the tables are kept. */
    static Path data(Map<String, String> given, Map<String, String> environment) {
        return given.containsKey("data")
                ? Path.of(given.get("data")).toAbsolutePath().normalize()
                : BenchDirectory.standard(environment);
    }

    static int number(String option, String text, int least) {
        try {
            int number = Integer.parseInt(text);
            if (number >= least) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new IllegalArgumentException("--" + option + " is a number from " + least + ", not " + text + ".");
    }

    /** A number that may end with {@code k} or {@code m}. */
    static int count(String option, String text) {
        try {
            int number = Math.toIntExact(Magnitude.parse(text));
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException | ArithmeticException e) {
            // Said below.
        }
        throw new IllegalArgumentException("--" + option + " is a number such as 10k or 1m, not " + text + ".");
    }
}
