package io.parallax.bench;

import io.parallax.bench.server.BenchDirectory;
import io.parallax.bench.table.RowCount;
import io.parallax.bench.table.Shape;
import io.parallax.bench.table.Variant;
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
        boolean fresh,
        boolean help) {
    static final String HELP =
            """
            Times diffs, POST to success, beside the least that the servers have to do for an answer.

              --shapes LIST     all, or some of rating,loose,orders,uuid,text,composite,gapped,wide (rating)
              --rows LIST       rows of each table, such as 100k,5m,25m (1m,5m)
              --variants LIST   all, or some of identical,scattered,one-percent,every-row (all)
              --runs N          measured runs of each case; the median counts (5)
              --small N         measured runs of the diffs of 1000 rows; 0 for none (50)
              --floors WHICH    all, or target for the one that counts (all)
              --data DIR        where the tables are kept between runs (~/.cache/parallax-bench)
              --one-server      both sides in one database
              --fresh           throw them away first
              --help            this text

            G and H scan both tables at once for a sound hash of each row, grouped or not; C copies both out in
            the order of the key. PARALLAX_ variables of the environment reach both services. 25m rows of rating
            take 10 GB of disk. Ends with 1 when an answer is wrong.
            """;

    private static final Set<String> VALUED = Set.of("shapes", "rows", "variants", "runs", "small", "floors", "data");
    private static final Set<String> FLAGS = Set.of("one-server", "fresh", "help");

    /**
     * The options of a command line.
     *
     * @throws IllegalArgumentException with a sentence that says what is wrong
     */
    static Options parse(List<String> arguments, Map<String, String> environment) {
        Map<String, String> given = given(arguments);
        Path data = given.containsKey("data")
                ? Path.of(given.get("data")).toAbsolutePath().normalize()
                : BenchDirectory.standard(environment);
        return new Options(
                several("shapes", given.getOrDefault("shapes", "rating"), Shape.values()),
                list(given.getOrDefault("rows", "1m,5m"), RowCount::parse),
                several("variants", given.getOrDefault("variants", "all"), Variant.values()),
                number("runs", given.getOrDefault("runs", "5"), 1),
                number("small", given.getOrDefault("small", "50"), 0),
                one("floors", given.getOrDefault("floors", "all"), List.of("all", "target"))
                        .equals("all"),
                data,
                given.containsKey("one-server"),
                given.containsKey("fresh"),
                given.containsKey("help"));
    }

    private static Map<String, String> given(List<String> arguments) {
        Map<String, String> given = new HashMap<>();
        Deque<String> left = new ArrayDeque<>(arguments);
        while (!left.isEmpty()) {
            String argument = left.pop();
            String name = argument.startsWith("--") ? argument.substring(2) : "";
            if (FLAGS.contains(name)) {
                given.put(name, "");
            } else if (!VALUED.contains(name)) {
                throw new IllegalArgumentException("There is no option " + argument + ".");
            } else if (left.isEmpty()) {
                throw new IllegalArgumentException(argument + " needs a value.");
            } else {
                given.put(name, left.pop());
            }
        }
        return given;
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

    private static int number(String option, String text, int least) {
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
}
