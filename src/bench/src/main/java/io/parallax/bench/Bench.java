package io.parallax.bench;

import io.parallax.bench.report.Machine;
import io.parallax.bench.server.BenchDirectory;
import io.parallax.bench.server.Installation;
import io.parallax.bench.server.SourceServer;
import io.parallax.standalone.OpenResources;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The command: prepares servers and tables, measures, prints.
 *
 * <pre>{@code
 * ./mvnw -q package -DskipTests -pl src/bench -am && java -jar src/bench/target/parallax-bench-0.1.0-SNAPSHOT.jar
 * }</pre>
 *
 * <p>{@code --help} says what it takes. It ends with 0, with 1 when an answer was wrong or the run broke off, and with 2
 * when the command line is wrong.
 */
public final class Bench {
    private static final int WRONG = 1;
    private static final int USAGE = 2;

    private final Options options;
    private final OpenResources open = new OpenResources();

    private Bench(Options options) {
        this.options = options;
    }

    public static void main(String... arguments) {
        // Before anything logs; the embedded servers tell their life stories otherwise.
        System.setProperty("java.util.logging.manager", "org.jboss.logmanager.LogManager");
        System.exit(run(List.of(arguments)));
    }

    private static int run(List<String> arguments) {
        try {
            Options options = Options.parse(arguments, System.getenv());
            if (options.help()) {
                System.out.print(Options.HELP);
                return 0;
            }
            if (!Files.exists(Path.of("/proc/self/stat"))) {
                throw new IllegalArgumentException("CPU time and memory are read from /proc, so this needs Linux.");
            }
            return new Bench(options).run();
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            return USAGE;
        }
    }

    private int run() {
        Runtime.getRuntime().addShutdownHook(new Thread(open::close, "bench-stop"));
        try {
            System.out.println(Machine.line("start"));
            List<String> wrong = measured();
            System.out.println(Machine.line("end"));
            wrong.forEach(sentence -> System.err.println("WRONG " + sentence));
            return wrong.isEmpty() ? 0 : WRONG;
        } catch (Exception e) {
            if (!open.ending()) {
                System.err.println("The run broke off: " + e.getMessage()
                        + (e.getCause() == null ? "" : " (" + e.getCause().getMessage() + ")"));
            }
            return WRONG;
        } finally {
            open.close();
        }
    }

    private List<String> measured() throws Exception {
        BenchDirectory directory = open.open(() -> BenchDirectory.take(options.data(), options.fresh()));
        SourceServer a = open.open(() -> SourceServer.start(directory, "a"));
        SourceServer b = options.oneServer() ? a : open.open(() -> SourceServer.start(directory, "b"));
        Sources sources = new Sources(a, b);
        Installation installation = Installation.start(open, directory);
        return new BenchRun(options, sources, installation).run();
    }
}
