package io.parallax.bench;

import io.parallax.bench.measure.MachineClock;
import io.parallax.bench.measure.Samples;
import io.parallax.bench.report.Case;
import io.parallax.bench.report.Verdict;
import io.parallax.bench.server.BenchDirectory;
import io.parallax.bench.server.Diff;
import io.parallax.bench.server.Installation;
import io.parallax.bench.server.Parallax;
import io.parallax.bench.server.SlowWire;
import io.parallax.bench.server.Spread;
import io.parallax.bench.server.WrongAnswerException;
import io.parallax.bench.table.Known;
import io.parallax.bench.table.RowCount;
import io.parallax.bench.table.Shape;
import io.parallax.bench.table.Variant;
import io.parallax.standalone.OpenResources;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Times one diff of slow sources on 1, 2 and 4 workers, small diffs of other sources beside it, and how soon it is cancelled. */
record ScalingMode(ScalingOptions options) implements Mode {
    private static final int BUCKETS = 8;
    private static final int MOST_BUCKET_ROWS = 1000;
    /** Fewer cannot be shared evenly. */
    private static final int LEAST_TASKS = 100;

    private static final int WARM_UP = 100;
    private static final int WORKERS = 4;
    private static final int CANCELLED = 10;
    private static final int PAUSE_MILLIS = 10;
    private static final int LONG_BUCKET_ROWS = 10_000;
    private static final long QUIET_NANOS = 3_000_000_000L;
    private static final double LONGEST_CANCEL_SECONDS = 2;
    private static final double LEAST_SPEED_UP = 0.85;
    private static final double MOST_UNEVENNESS = 0.3;
    private static final double MOST_DELAY = 2;
    private static final double MOST_CPU_OF_LARGE = 0.5;

    @Override
    public List<String> measure(OpenResources open) throws Exception {
        BenchDirectory directory = open.open(() -> BenchDirectory.take(options.data(), options.fresh()));
        Sources sources = Sources.start(open, directory);
        SlowWire wireA = open.open(() -> SlowWire.to(sources.a().port(), options.kilobytes()));
        SlowWire wireB = open.open(() -> SlowWire.to(sources.b().port(), options.kilobytes()));
        Installation installation = Installation.start(open, directory);
        Parallax parallax = installation.parallax();

        Case large = new Case(Shape.RATING, options.rows(), Variant.EVERY_ROW);
        Diff spread = diff(
                        parallax,
                        sources.ensure(large),
                        large,
                        parallax.register(sources.a(), "A, slow", wireA.port()),
                        parallax.register(sources.b(), "B, slow", wireB.port()))
                .cut(BUCKETS, bucketRows());
        Case small = new Case(Shape.RATING, new RowCount(1000), Variant.SCATTERED);
        Diff quick = diff(
                parallax,
                sources.ensure(small),
                small,
                parallax.register(sources.a(), "A"),
                parallax.register(sources.b(), "B"));
        try (Connection store = installation.store()) {
            new Run(installation, sources, store, spread, quick).all();
            return List.of();
        } catch (WrongAnswerException e) {
            return List.of(e.getMessage());
        }
    }

    private int bucketRows() {
        return (int) Math.max(1, Math.min(options.rows().rows() / BUCKETS / LEAST_TASKS, MOST_BUCKET_ROWS));
    }

    private static Diff diff(Parallax parallax, Known known, Case of, long sourceA, long sourceB) {
        return Diff.of(parallax, sourceA, of.tableA(), sourceB, of.tableB(), known);
    }

    /** On services that stand. */
    private final class Run {
        private final Installation installation;
        private final Sources sources;
        private final Connection store;
        private final Diff spread;
        private final Diff quick;

        Run(Installation installation, Sources sources, Connection store, Diff spread, Diff quick) {
            this.installation = installation;
            this.sources = sources;
            this.store = store;
            this.spread = spread;
            this.quick = quick;
        }

        void all() throws Exception {
            System.out.printf(
                    Locale.ROOT,
                    "%nrating %s every-row over connections of %d kB/s; small: rating 1k scattered over fast ones%n",
                    options.rows(),
                    options.kilobytes());
            System.out.println("workers  tasks  s from first task  speed-up a worker  uneven  CPU");
            installation.startWorker("worker-1");
            warmUp();
            double alone = row(1, 0).seconds();
            join();
            row(2, alone);
            installation.startWorker("worker-3");
            installation.startWorker("worker-4");
            warmUp();
            beside(row(WORKERS, alone).share());
            cancel();
        }

        private void warmUp() throws IOException, InterruptedException {
            for (int i = 0; i < WARM_UP; i++) {
                quick.run();
            }
        }

        private Row row(int workers, double alone) throws IOException, InterruptedException, SQLException {
            MachineClock before = MachineClock.now();
            Spread found = Spread.of(store, spread.run());
            double share = MachineClock.now().since(before);
            double speedUp = alone == 0 ? 1 : alone / found.seconds() / workers;
            System.out.printf(
                    Locale.ROOT,
                    "%7d %6d %18.2f %12.2f %-6s %4.0f%% %-6s %3.0f%%%n",
                    workers,
                    found.tasks(),
                    found.seconds(),
                    speedUp,
                    alone == 0 ? "" : Verdict.of(speedUp >= LEAST_SPEED_UP),
                    found.unevenness() * 100,
                    alone == 0 ? "" : Verdict.of(found.unevenness() <= MOST_UNEVENNESS),
                    share * 100);
            return new Row(found.seconds(), share);
        }

        /** A second worker comes while the first one is busy. */
        private void join() throws Exception {
            long start = System.nanoTime();
            long diff = spread.begin();
            Instant asked = Instant.now();
            installation.startWorker("worker-2");
            Instant ready = Instant.now();
            spread.end(diff, start);
            double first = Spread.first(store, diff, "worker-2");
            System.out.printf(
                    Locale.ROOT,
                    "        a worker that joins: ready after %.1f s, its first task is done %.1f s later%n",
                    seconds(asked, ready),
                    first - ready.toEpochMilli() / 1e3);
        }

        /** @param share of the CPU that the large one takes alone */
        private void beside(double share) throws IOException, InterruptedException {
            Samples alone = quickly();
            long start = System.nanoTime();
            long huge = spread.begin();
            // It is under way when its first tasks are; small ones do not wait for its plan either.
            Samples beside = quickly();
            if (spread.isOver(huge)) {
                System.out.println(
                        "The large one ended before the last small one: ask for more rows, or a lower rate.");
            }
            spread.end(huge, start);
            double times = beside.median() / alone.median();
            System.out.printf(
                    Locale.ROOT,
                    "%d small diffs: median %.0f ms alone, %.0f ms beside the large one, %.2f times %s; 95%% within %.0f"
                            + " and %.0f ms; the large one alone takes %.0f%% of the CPU %s%n",
                    options.small(),
                    alone.median() * 1e3,
                    beside.median() * 1e3,
                    times,
                    Verdict.of(times <= MOST_DELAY),
                    alone.percentile(95) * 1e3,
                    beside.percentile(95) * 1e3,
                    share * 100,
                    Verdict.of(share <= MOST_CPU_OF_LARGE));
        }

        /** Its tasks are long, or their rows would be on the way and no statement run. */
        private void cancel() throws IOException, InterruptedException, SQLException {
            Diff slow = spread.cut(BUCKETS, LONG_BUCKET_ROWS);
            List<Double> times = new ArrayList<>();
            List<Double> statements = new ArrayList<>();
            for (int i = 0; i < CANCELLED; i++) {
                long diff = slow.begin();
                statements.add((double) atWork(slow, diff));
                long start = System.nanoTime();
                installation.parallax().cancel(diff);
                times.add((lastSeen(start) - start) / 1e9);
            }
            Samples seconds = Samples.of(times);
            System.out.printf(
                    Locale.ROOT,
                    "%d diffs cancelled, of %.0f statements at the median: none runs after %.2f s at the median, %.2f s at"
                            + " most %s%n",
                    CANCELLED,
                    Samples.of(statements).median(),
                    seconds.median(),
                    seconds.max(),
                    Verdict.of(seconds.max() <= LONGEST_CANCEL_SECONDS));
        }

        /** How many statements run, once any does. */
        private long atWork(Diff slow, long diff) throws IOException, InterruptedException, SQLException {
            long busy = running();
            while (busy == 0) {
                if (slow.isOver(diff)) {
                    throw new IOException("A diff ended before it was seen at work: ask for more rows.");
                }
                Thread.sleep(PAUSE_MILLIS);
                busy = running();
            }
            return busy;
        }

        /** When a statement was running for the last time; one that begins late is seen, too. */
        private long lastSeen(long start) throws InterruptedException, SQLException {
            long last = start;
            while (System.nanoTime() - last < QUIET_NANOS) {
                if (running() > 0) {
                    last = System.nanoTime();
                }
                Thread.sleep(PAUSE_MILLIS);
            }
            return last;
        }

        private long running() throws SQLException {
            return sources.a().running() + sources.b().running();
        }

        private Samples quickly() throws IOException, InterruptedException {
            List<Double> times = new ArrayList<>();
            for (int i = 0; i < options.small(); i++) {
                times.add(quick.time());
            }
            return Samples.of(times);
        }

        /** @param share of the CPU */
        private record Row(double seconds, double share) {}

        private static double seconds(Instant from, Instant to) {
            return Duration.between(from, to).toMillis() / 1e3;
        }
    }
}
