package io.parallax.bench;

import io.parallax.bench.measure.Samples;
import io.parallax.bench.report.Case;
import io.parallax.bench.report.Verdict;
import io.parallax.bench.server.BenchDirectory;
import io.parallax.bench.server.Diff;
import io.parallax.bench.server.Installation;
import io.parallax.bench.server.Parallax;
import io.parallax.bench.server.SilentServer;
import io.parallax.bench.server.SlowWire;
import io.parallax.bench.server.WrongAnswerException;
import io.parallax.bench.table.RowCount;
import io.parallax.bench.table.Shape;
import io.parallax.bench.table.Variant;
import io.parallax.standalone.OpenResources;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Times small diffs of one source beside diffs on a slow link that have filled all workers, and beside many of a source that never answers. */
record FairnessMode(FairnessOptions options) implements Mode {
    private static final int WORKERS = 4;
    private static final int TASKS_A_WORKER = 2;
    private static final int WARM_UP = 100;
    private static final int PAUSE_MILLIS = 20;
    private static final double MOST_TIMES = 2;
    private static final double MORE_SECONDS = 1;

    @Override
    public List<String> measure(OpenResources open) throws Exception {
        BenchDirectory directory = open.open(() -> BenchDirectory.take(options.data(), options.fresh()));
        Sources sources = Sources.start(open, directory);
        SlowWire wireA = open.open(() -> SlowWire.to(sources.a().port(), options.kilobytes()));
        SlowWire wireB = open.open(() -> SlowWire.to(sources.b().port(), options.kilobytes()));
        SilentServer silent = open.open(SilentServer::start);
        Installation installation = Installation.start(open, directory);
        Parallax parallax = installation.parallax();
        for (int i = 1; i <= WORKERS; i++) {
            installation.startWorker("worker-" + i);
        }
        long fastA = parallax.register(sources.a(), "A");
        long fastB = parallax.register(sources.b(), "B");
        long slowA = parallax.register(sources.a(), "A, slow", wireA.port());
        long slowB = parallax.register(sources.b(), "B, slow", wireB.port());
        long silentA = parallax.register(sources.a(), "A, silent", silent.port());
        Case small = new Case(Shape.RATING, new RowCount(1000), Variant.SCATTERED);
        Case tasks = new Case(Shape.RATING, new RowCount(100_000), Variant.SCATTERED);
        Case large = new Case(Shape.RATING, options.rows(), Variant.EVERY_ROW);
        try (Connection store = installation.store()) {
            new Run(
                            parallax,
                            store,
                            silent,
                            diff(parallax, sources, small, fastA, fastB),
                            diff(parallax, sources, tasks, fastA, fastB),
                            diff(parallax, sources, large, slowA, slowB),
                            diff(parallax, sources, small, silentA, silentA))
                    .all();
            return List.of();
        } catch (WrongAnswerException e) {
            return List.of(e.getMessage());
        }
    }

    private static Diff diff(Parallax parallax, Sources sources, Case of, long sourceA, long sourceB)
            throws SQLException {
        return Diff.of(parallax, sourceA, of.tableA(), sourceB, of.tableB(), sources.ensure(of));
    }

    /** Small diffs of both kinds: of one job, and of a job and tasks. */
    private record Times(Samples ofJob, Samples ofTasks) {}

    /** On services that stand. */
    private final class Run {
        private final Parallax parallax;
        private final Connection store;
        private final SilentServer silent;
        private final Diff ofJob;
        private final Diff ofTasks;
        private final Diff slow;
        private final Diff unanswered;

        Run(
                Parallax parallax,
                Connection store,
                SilentServer silent,
                Diff ofJob,
                Diff ofTasks,
                Diff slow,
                Diff unanswered) {
            this.parallax = parallax;
            this.store = store;
            this.silent = silent;
            this.ofJob = ofJob;
            this.ofTasks = ofTasks;
            this.slow = slow;
            this.unanswered = unanswered;
        }

        void all() throws Exception {
            for (int i = 0; i < WARM_UP; i++) {
                ofJob.run();
            }
            ofTasks.run();
            Times alone = times();
            System.out.printf(
                    Locale.ROOT,
                    "%n%d diffs each of one job (rating 1k) and of tasks (rating 100k) on %d workers; 1 s and twice the median alone is"
                            + " what each may take%n",
                    options.small(),
                    WORKERS);
            System.out.println(
                    "                                         one job: median  most       tasks: median  most");
            line("alone", alone, alone);
            besideSlowOnes(alone);
            besideSilentOnes(alone);
        }

        private void besideSlowOnes(Times alone) throws Exception {
            List<Long> slowOnes = new ArrayList<>();
            for (int i = 0; i < WORKERS; i++) {
                slowOnes.add(slow.begin());
            }
            while (inHand(slowOnes) < WORKERS * TASKS_A_WORKER) {
                for (long diff : slowOnes) {
                    if (slow.isOver(diff)) {
                        throw new IOException(
                                "A large diff ended before they had filled the workers: ask for more rows.");
                    }
                }
                Thread.sleep(PAUSE_MILLIS);
            }
            line("beside " + WORKERS + " on a slow link", times(), alone);
            if (inHand(slowOnes) < WORKERS * TASKS_A_WORKER) {
                System.out.println("They did not fill the workers to the end: ask for more rows, or a lower rate.");
            }
            for (long diff : slowOnes) {
                parallax.cancel(diff);
            }
        }

        private void besideSilentOnes(Times alone) throws Exception {
            long start = System.nanoTime();
            List<Long> diffs = new ArrayList<>();
            for (int i = 0; i < options.diffs(); i++) {
                diffs.add(unanswered.begin());
            }
            line("beside " + diffs.size() + " of a silent source", times(), alone);
            for (long diff : diffs) {
                while (!unanswered.isOver(diff)) {
                    Thread.sleep(PAUSE_MILLIS);
                }
            }
            System.out.printf(
                    Locale.ROOT,
                    "These are all over after %.1f s, with %d connections to it%n",
                    (System.nanoTime() - start) / 1e9,
                    silent.clients());
        }

        private void line(String what, Times times, Times alone) {
            System.out.printf(
                    Locale.ROOT,
                    "%-38s %11.0f ms %5.0f ms %-6s %9.0f ms %5.0f ms %-6s%n",
                    what,
                    times.ofJob().median() * 1e3,
                    times.ofJob().max() * 1e3,
                    verdict(times.ofJob(), alone.ofJob()),
                    times.ofTasks().median() * 1e3,
                    times.ofTasks().max() * 1e3,
                    verdict(times.ofTasks(), alone.ofTasks()));
        }

        private static String verdict(Samples times, Samples alone) {
            return times.equals(alone) ? "" : Verdict.of(times.max() <= MOST_TIMES * alone.median() + MORE_SECONDS);
        }

        private Times times() throws IOException, InterruptedException {
            List<Double> ofJobs = new ArrayList<>();
            List<Double> withTasks = new ArrayList<>();
            for (int i = 0; i < options.small(); i++) {
                ofJobs.add(ofJob.time());
                withTasks.add(ofTasks.time());
            }
            return new Times(Samples.of(ofJobs), Samples.of(withTasks));
        }

        /** How many of their tasks workers have begun, and not done. */
        private long inHand(List<Long> diffs) throws SQLException {
            try (PreparedStatement statement = store.prepareStatement(
                    """
                    select count(*) from ledger_task t where t.diff = any(?) and t.stage > 0 and t.lease_until is not null and not t.holds
                      and not exists (select from ledger_result r
                                      where (r.diff, r.plan, r.stage, r.task) = (t.diff, t.plan, t.stage, t.task))""")) {
                statement.setArray(1, store.createArrayOf("int8", diffs.toArray()));
                try (ResultSet row = statement.executeQuery()) {
                    row.next();
                    return row.getLong(1);
                }
            }
        }
    }
}
