package io.parallax.bench;

import io.parallax.bench.report.Machine;
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
    static final String HELP =
            """
            Times diffs, POST to success, beside the least that the servers have to do for an answer.

              scaling           times one diff on 1, 2 and 4 workers instead
              fairness          times small diffs beside those that take all they can instead
              leaving           times small diffs while workers leave instead
              load              asks how many calls a second are answered instead
              flow              asks how many small diffs a second are done instead
              distance          times diffs of sources that are far away instead

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

            Of scaling:

              --rows N          rows of each table of the diff that is spread (1m)
              --rate KB         what each connection to its sources carries in a second (1000)
              --small N         diffs of 1000 rows, alone and beside it (100)
              --data, --fresh   as above

            Of fairness:

              --rows N          rows of each table of the diff on a slow link (1m)
              --rate KB         what each connection to its sources carries in a second (25)
              --diffs N         diffs of a source that never answers (100)
              --small N         small diffs of each kind, alone and beside them (20)
              --data, --fresh   as above

            Of leaving:

              --rows N          rows of each table of the diff that all workers have tasks of (1m)
              --rate KB         what each connection to its sources carries in a second (25)
              --rounds N        how often each worker leaves (2)
              --data, --fresh   as above

            Of load:

              --seconds N       how long each kind of call is made at a time (5)
              --rounds N        how often all kinds take turns; the median counts (5)
              --connections N   calls at a time (32)
              --calls LIST      all, or some of over,waiting,summary,post, beside their bare ones (all)
              --finished N      diffs that are over in a full store, such as 1m; 0 for no full store (1m)
              --waiting N       diffs that wait there (10k)
              --data, --fresh   as above

            Of flow:

              --rate N          diffs of 1000 rows that are asked for in a second (40)
              --seconds N       for how long (20)
              --burst N         how many are asked for at once (400)
              --new N           how many come before, which do not count (1500)
              --distances LIST  how far the store is away, in microseconds (100,2500)
              --data, --fresh   as above

            Of distance:

              --trip MS         how much longer a trip to a source and back takes (50)
              --runs N          measured runs of each case, near and far in turns (7)
              --data, --fresh   as above

            G and H scan both tables at once for a sound hash of each row, grouped or not; C copies both out in
            the order of the key. PARALLAX_ variables of the environment reach both services. 25m rows of rating
            take 10 GB of disk. Ends with 1 when an answer is wrong.
            """;

    private static final int WRONG = 1;
    private static final int USAGE = 2;

    private final Mode mode;
    private final OpenResources open = new OpenResources();

    private Bench(Mode mode) {
        this.mode = mode;
    }

    public static void main(String... arguments) {
        // Before anything logs; the embedded servers tell their life stories otherwise.
        System.setProperty("java.util.logging.manager", "org.jboss.logmanager.LogManager");
        System.exit(run(List.of(arguments)));
    }

    private static int run(List<String> arguments) {
        try {
            if (arguments.contains("--help")) {
                System.out.print(HELP);
                return 0;
            }
            Mode mode = mode(arguments);
            if (!Files.exists(Path.of("/proc/self/stat"))) {
                throw new IllegalArgumentException("CPU time and memory are read from /proc, so this needs Linux.");
            }
            return new Bench(mode).run();
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            return USAGE;
        }
    }

    private int run() {
        Runtime.getRuntime().addShutdownHook(new Thread(open::close, "bench-stop"));
        try {
            System.out.println(Machine.line("start"));
            List<String> wrong = mode.measure(open);
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

    private static Mode mode(List<String> arguments) {
        if (!arguments.isEmpty() && arguments.get(0).equals("scaling")) {
            return new ScalingMode(ScalingOptions.parse(arguments.subList(1, arguments.size()), System.getenv()));
        }
        if (!arguments.isEmpty() && arguments.get(0).equals("fairness")) {
            return new FairnessMode(FairnessOptions.parse(arguments.subList(1, arguments.size()), System.getenv()));
        }
        if (!arguments.isEmpty() && arguments.get(0).equals("leaving")) {
            return new LeavingMode(LeavingOptions.parse(arguments.subList(1, arguments.size()), System.getenv()));
        }
        if (!arguments.isEmpty() && arguments.get(0).equals("load")) {
            return new LoadMode(LoadOptions.parse(arguments.subList(1, arguments.size()), System.getenv()));
        }
        if (!arguments.isEmpty() && arguments.get(0).equals("flow")) {
            return new FlowMode(FlowOptions.parse(arguments.subList(1, arguments.size()), System.getenv()));
        }
        if (!arguments.isEmpty() && arguments.get(0).equals("distance")) {
            return new DistanceMode(DistanceOptions.parse(arguments.subList(1, arguments.size()), System.getenv()));
        }
        return new DiffMode(Options.parse(arguments, System.getenv()));
    }
}
