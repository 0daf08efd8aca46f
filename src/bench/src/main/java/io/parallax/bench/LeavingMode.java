package io.parallax.bench;

import io.parallax.bench.measure.Samples;
import io.parallax.bench.report.Case;
import io.parallax.bench.report.Verdict;
import io.parallax.bench.server.BenchDirectory;
import io.parallax.bench.server.Diff;
import io.parallax.bench.server.Installation;
import io.parallax.bench.server.Parallax;
import io.parallax.bench.server.SlowWire;
import io.parallax.bench.server.WrongAnswerException;
import io.parallax.bench.table.RowCount;
import io.parallax.bench.table.Shape;
import io.parallax.bench.table.Variant;
import io.parallax.standalone.OpenResources;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Times small diffs while workers that have tasks of large ones under way are told to leave, one after the other, and others take their places. */
record LeavingMode(LeavingOptions options) implements Mode {
    private static final int WORKERS = 3;
    private static final int AT_ONCE = 2;
    private static final int WARM_UP = 200;
    private static final int ALONE_SECONDS = 20;
    private static final double MOST_SECONDS = 5;

    /** What a deployment waits for each worker at most. */
    private static final int GRACE_SECONDS = 120;

    @Override
    public List<String> measure(OpenResources open) throws Exception {
        BenchDirectory directory = open.open(() -> BenchDirectory.take(options.data(), options.fresh()));
        Sources sources = Sources.start(open, directory);
        SlowWire wireA = open.open(() -> SlowWire.to(sources.a().port(), options.kilobytes()));
        SlowWire wireB = open.open(() -> SlowWire.to(sources.b().port(), options.kilobytes()));
        Installation installation = Installation.start(open, directory);
        Parallax parallax = installation.parallax();
        Case small = new Case(Shape.RATING, new RowCount(1000), Variant.SCATTERED);
        Case large = new Case(Shape.RATING, options.rows(), Variant.EVERY_ROW);
        Diff ofJob = Diff.of(
                parallax,
                parallax.register(sources.a(), "A"),
                small.tableA(),
                parallax.register(sources.b(), "B"),
                small.tableB(),
                sources.ensure(small));
        Diff slow = Diff.of(
                parallax,
                parallax.register(sources.a(), "A, slow", wireA.port()),
                large.tableA(),
                parallax.register(sources.b(), "B, slow", wireB.port()),
                large.tableB(),
                sources.ensure(large));
        ExecutorService askers = Executors.newFixedThreadPool(AT_ONCE);
        open.open(() -> askers::shutdownNow);
        try {
            new Run(installation, ofJob, slow, askers).all();
            return List.of();
        } catch (WrongAnswerException e) {
            return List.of(e.getMessage());
        }
    }

    /** On services that stand. */
    private final class Run {
        private final Installation installation;
        private final Diff small;
        private final Diff large;
        private final ExecutorService askers;
        private volatile boolean enough;
        private int workers;

        Run(Installation installation, Diff small, Diff large, ExecutorService askers) {
            this.installation = installation;
            this.small = small;
            this.large = large;
            this.askers = askers;
        }

        void all() throws Exception {
            List<Long> present = new ArrayList<>();
            for (int i = 0; i < WORKERS; i++) {
                present.add(startWorker());
            }
            for (int i = 0; i < WARM_UP; i++) {
                small.run();
            }
            System.out.printf(
                    Locale.ROOT,
                    "%n%d at a time of 1000 rows on %d workers; %.0f s is what each may take%n",
                    AT_ONCE,
                    WORKERS,
                    MOST_SECONDS);
            List<Long> huge = new ArrayList<>();
            for (int i = 0; i < WORKERS; i++) {
                huge.add(large.begin());
            }
            line("beside large ones", beside(() -> {
                TimeUnit.SECONDS.sleep(ALONE_SECONDS);
                return ALONE_SECONDS;
            }));
            line("while workers leave", beside(() -> replaceAll(present)));
            for (long diff : huge) {
                if (large.isOver(diff)) {
                    System.out.println("A large diff ended before all had left: ask for more rows, or a lower rate.");
                }
                installation.parallax().cancel(diff);
            }
        }

        private void line(String what, Samples times) {
            System.out.printf(
                    Locale.ROOT,
                    "%-22s %5d of them: median %5.0f ms, 99%% within %5.0f ms, most %6.0f ms %s%n",
                    what,
                    times.sorted().size(),
                    times.median() * 1e3,
                    times.percentile(99) * 1e3,
                    times.max() * 1e3,
                    Verdict.of(times.max() <= MOST_SECONDS));
        }

        /** What small ones take that begin while that goes on. */
        private Samples beside(Callable<?> what) throws Exception {
            enough = false;
            List<Future<List<Double>>> asking = new ArrayList<>();
            for (int i = 0; i < AT_ONCE; i++) {
                asking.add(askers.submit(this::ask));
            }
            try {
                what.call();
            } finally {
                enough = true;
            }
            List<Double> all = new ArrayList<>();
            for (Future<List<Double>> asked : asking) {
                all.addAll(asked.get());
            }
            return Samples.of(all);
        }

        private List<Double> ask() throws IOException, InterruptedException {
            List<Double> seconds = new ArrayList<>();
            while (!enough) {
                long start = System.nanoTime();
                small.run();
                seconds.add((System.nanoTime() - start) / 1e9);
            }
            return seconds;
        }

        /** As a deployment does: first a new one, then the end of an old one. */
        private int replaceAll(List<Long> present) throws Exception {
            for (int i = 0; i < options.rounds() * WORKERS; i++) {
                long leaving = present.remove(0);
                present.add(startWorker());
                end(leaving);
            }
            return options.rounds() * WORKERS;
        }

        private long startWorker() throws Exception {
            workers++;
            return installation.startWorker("worker-" + workers);
        }

        private static void end(long process) throws Exception {
            ProcessHandle worker = ProcessHandle.of(process).orElseThrow();
            worker.destroy();
            worker.onExit().get(GRACE_SECONDS, TimeUnit.SECONDS);
        }
    }
}
