package io.parallax.bench;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Times the diff of two identical tables, POST to success, beside the scans that no such diff can beat.
 *
 * <p>G is the sound row hash grouped per 1000 rows, H the same ungrouped: one sequential scan of each table, both at
 * once, parallel query off. The three take turns, so that a noisy machine is noisy for all.
 *
 * <pre>{@code
 * ./mvnw -q -B package -DskipTests -pl src/bench -am
 * PARALLAX_KEY=... java -jar src/bench/target/parallax-bench-0.1.0-SNAPSHOT.jar --url http://localhost:8080 --rows 5m
 * }</pre>
 */
public final class IdenticalTables {
    private final Options options;
    private final Server server;

    private IdenticalTables(Options options, Server server) {
        this.options = options;
        this.server = server;
    }

    /** Runs the benchmark; {@code --help} says what it takes. */
    public static void main(String[] arguments) throws Exception {
        if (List.of(arguments).contains("--help")) {
            System.out.println(Options.HELP);
            return;
        }
        Options options;
        try {
            options = Options.parse(List.of(arguments), System.getenv());
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage() + "\n\n" + Options.HELP);
            System.exit(2);
            return;
        }
        try (Server server = Server.open(options.database())) {
            try {
                new IdenticalTables(options, server).run();
            } finally {
                RatingTables.drop(server);
            }
        }
    }

    private void run() throws IOException, InterruptedException, SQLException {
        System.out.printf("Making two tables of %,d rows ...%n", options.rows());
        RatingTables.make(server, options.rows());
        try (Scan g = Scan.of(server, "g.sql");
                Scan h = Scan.of(server, "h.sql")) {
            Parallax parallax = new Parallax(options.url(), options.key());
            RatingDiff diff = RatingDiff.prepare(parallax, server.address(), options.rows());
            List<Timing> timings = List.of(
                    new Timing("H, the scans ungrouped", h::run),
                    new Timing("G, the scans grouped per 1000 rows", g::run),
                    new Timing("diff, POST to success", diff::run));
            takeTurns(timings);
            print(timings);
        }
    }

    private void takeTurns(List<Timing> timings) throws IOException, InterruptedException, SQLException {
        for (Timing timing : timings) {
            timing.warmUp();
        }
        for (int turn = 1; turn <= options.runs(); turn++) {
            for (Timing timing : timings) {
                timing.measure();
            }
        }
    }

    private void print(List<Timing> timings) {
        double g = timings.get(1).median();
        List<String> lines = new ArrayList<>();
        lines.add("%n%-36s %8s %8s %8s %8s"
                .formatted("seconds, " + options.runs() + " runs", "median", "min", "max", "x G"));
        for (Timing timing : timings) {
            lines.add("%-36s %8.3f %8.3f %8.3f %8.2f"
                    .formatted(timing.name(), timing.median(), timing.min(), timing.max(), timing.median() / g));
        }
        lines.forEach(System.out::println);
    }
}
