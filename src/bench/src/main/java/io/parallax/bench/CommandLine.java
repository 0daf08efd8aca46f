package io.parallax.bench;

import io.parallax.bench.server.BenchDirectory;
import io.parallax.bench.table.Magnitude;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

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

    /** Constants by the names that they print. */
    static <E extends Enum<E>> List<E> several(String option, String text, E[] all) {
        List<String> names = Arrays.stream(all).map(Object::toString).toList();
        if (text.equals("all")) {
            return List.of(all);
        }
        return list(text, name -> all[names.indexOf(one(option, name, names))]);
    }

    static String one(String option, String text, List<String> known) {
        if (!known.contains(text)) {
            throw new IllegalArgumentException(
                    "--" + option + " knows " + String.join(", ", known) + ", not " + text + ".");
        }
        return text;
    }

    static <T> List<T> list(String text, Function<String, T> parse) {
        return Stream.of(text.split(",", -1)).map(parse).distinct().toList();
    }
}
