package io.parallax.bench;

import io.parallax.bench.load.Cost;
import io.parallax.bench.load.FullStore;
import io.parallax.bench.load.Generator;
import io.parallax.bench.load.LoadTable;
import io.parallax.bench.measure.CpuClock;
import io.parallax.bench.report.Case;
import io.parallax.bench.server.BenchDirectory;
import io.parallax.bench.server.Diff;
import io.parallax.bench.server.Installation;
import io.parallax.bench.server.Parallax;
import io.parallax.bench.server.SourceServer;
import io.parallax.bench.server.WrongAnswerException;
import io.parallax.bench.table.RowCount;
import io.parallax.bench.table.Shape;
import io.parallax.bench.table.Variant;
import io.parallax.standalone.OpenResources;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Counts answers to calls beside answers to bare ones, with a store that is nearly empty, then with a full one. */
record LoadMode(LoadOptions options) implements Mode {
    private static final Case SMALL = new Case(Shape.RATING, new RowCount(1000), Variant.SCATTERED);
    private static final int FINISHED = 10;

    private static final Map<String, String> SETTINGS =
            Map.of("PARALLAX_FLOOR_ENABLED", "true", "PARALLAX_RATE_LIMIT_PER_SECOND", "0");

    @Override
    public List<String> measure(OpenResources open) throws Exception {
        BenchDirectory directory = open.open(() -> BenchDirectory.take(options.data(), options.fresh()));
        SourceServer server = open.open(() -> SourceServer.start(directory, "a"));
        Installation installation = Installation.start(open, directory, SETTINGS);
        try {
            measure(installation, new Sources(server, server));
            return List.of();
        } catch (WrongAnswerException e) {
            return List.of(e.getMessage());
        }
    }

    private void measure(Installation installation, Sources sources) throws Exception {
        Parallax parallax = installation.parallax();
        Diff diff = diff(parallax, sources, "A");
        List<Long> finished = finish(installation, diff);
        try (Connection connection = installation.store()) {
            long unfinished = diff.begin();
            Cost.Clocks clocks = new Cost.Clocks(
                    CpuClock.of(installation.apiService()),
                    CpuClock.of(installation.storeServer()),
                    CpuClock.of(ProcessHandle.current().pid()));
            FullStore store = new FullStore(connection);
            LoadRun run = new LoadRun(
                    options,
                    new Generator(parallax.address(), options.connections()),
                    parallax,
                    diff,
                    unfinished,
                    store,
                    clocks);
            run.warmUp(finished);
            print(FINISHED + " diffs", run, finished);
            if (options.finished() > 0) {
                List<Long> some = store.addFinished(finished.get(0), options.finished());
                store.addWaiting(diff(parallax, sources, "busy").begin(), options.waiting());
                print(options.finished() + " diffs, " + options.waiting() + " wait", run, some);
            }
        }
    }

    private static Diff diff(Parallax parallax, Sources sources, String name) throws Exception {
        long source = parallax.register(sources.a(), name);
        return Diff.of(parallax, source, SMALL.tableA(), source, SMALL.tableB(), sources.ensure(SMALL));
    }

    private static List<Long> finish(Installation installation, Diff diff) throws Exception {
        List<Long> finished = new ArrayList<>();
        installation.withWorker(() -> {
            for (int i = 0; i < FINISHED; i++) {
                finished.add(diff.run());
            }
        });
        return finished;
    }

    private static void print(String name, LoadRun run, List<Long> finished) throws Exception {
        System.out.println(LoadTable.of(name, run.run(finished)));
    }
}
