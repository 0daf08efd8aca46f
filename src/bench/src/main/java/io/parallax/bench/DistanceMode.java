package io.parallax.bench;

import io.parallax.bench.measure.Samples;
import io.parallax.bench.report.Case;
import io.parallax.bench.report.Verdict;
import io.parallax.bench.server.BenchDirectory;
import io.parallax.bench.server.Diff;
import io.parallax.bench.server.FarWire;
import io.parallax.bench.server.Installation;
import io.parallax.bench.server.Parallax;
import io.parallax.bench.server.SourceServer;
import io.parallax.bench.server.WrongAnswerException;
import io.parallax.bench.table.RowCount;
import io.parallax.bench.table.Shape;
import io.parallax.bench.table.Variant;
import io.parallax.standalone.OpenResources;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Times diffs whose sources are far away beside the same ones of sources that are near. */
record DistanceMode(DistanceOptions options) implements Mode {
    private static final Case SMALL = new Case(Shape.RATING, new RowCount(1000), Variant.SCATTERED);
    private static final RowCount LARGE = new RowCount(5_000_000);
    private static final int WARM_UP = 30;

    @Override
    public List<String> measure(OpenResources open) throws Exception {
        BenchDirectory directory = open.open(() -> BenchDirectory.take(options.data(), options.fresh()));
        Sources sources = Sources.start(open, directory);
        Installation installation = Installation.start(open, directory);
        installation.startWorker("worker-1");
        Pair near = new Pair(
                installation.parallax().register(sources.a(), "A"),
                installation.parallax().register(sources.b(), "B"));
        Wires wires = new Wires(wireTo(open, sources.a()), wireTo(open, sources.b()));
        Pair far = new Pair(
                installation
                        .parallax()
                        .register(sources.a(), "A, far", wires.a().port()),
                installation
                        .parallax()
                        .register(sources.b(), "B, far", wires.b().port()));
        try {
            warmUp(near.diff(installation.parallax(), sources, SMALL));
            head();
            for (Aim aim : aims()) {
                new Run(
                                aim,
                                near.diff(installation.parallax(), sources, aim.measured()),
                                far.diff(installation.parallax(), sources, aim.measured()),
                                wires)
                        .all();
            }
            return List.of();
        } catch (WrongAnswerException e) {
            return List.of(e.getMessage());
        }
    }

    private FarWire wireTo(OpenResources open, SourceServer server) throws Exception {
        FarWire wire = open.open(FarWire::open);
        wire.leadTo(server.port());
        wire.delay(options.trip());
        return wire;
    }

    private static void warmUp(Diff small) throws IOException, InterruptedException {
        for (int i = 0; i < WARM_UP; i++) {
            small.run();
        }
    }

    private void head() {
        System.out.printf(
                Locale.ROOT,
                "%n%d ms longer for each trip to a source; medians of %d, near and far in turns, on connections that are open%n"
                        + "                            near ms   far ms   times   first ms   trips%n",
                options.trip().toMillis(),
                options.runs());
    }

    private static List<Aim> aims() {
        return List.of(
                new Aim(SMALL, Double.NaN, 0.35),
                new Aim(new Case(Shape.RATING, LARGE, Variant.IDENTICAL), 2, Double.NaN),
                new Aim(new Case(Shape.RATING, LARGE, Variant.SCATTERED), 2.5, Double.NaN));
    }

    /**
     * What a case may take at most.
     *
     * @param times of what it takes near; not a number for no such bound
     * @param seconds likewise
     */
    private record Aim(Case measured, double times, double seconds) {
        boolean met(double near, double far) {
            return !(far > near * times) && !(far > seconds);
        }
    }

    /** The ids of two data sources. */
    private record Pair(long a, long b) {
        Diff diff(Parallax parallax, Sources sources, Case of) throws Exception {
            return Diff.of(parallax, a, of.tableA(), b, of.tableB(), sources.ensure(of));
        }
    }

    /** To both sources. */
    private record Wires(FarWire a, FarWire b) {
        long trips() {
            return a.trips() + b.trips();
        }
    }

    /** Of one case. */
    private final class Run {
        private final Aim aim;
        private final Diff near;
        private final Diff far;
        private final Wires wires;

        Run(Aim aim, Diff near, Diff far, Wires wires) {
            this.aim = aim;
            this.near = near;
            this.far = far;
            this.wires = wires;
        }

        void all() throws IOException, InterruptedException {
            near.run();
            double first = far.time();
            far.run();
            List<Double> nearTimes = new ArrayList<>();
            List<Double> farTimes = new ArrayList<>();
            List<Double> trips = new ArrayList<>();
            for (int i = 0; i < options.runs(); i++) {
                nearTimes.add(near.time());
                long before = wires.trips();
                farTimes.add(far.time());
                trips.add((double) (wires.trips() - before));
            }
            line(
                    Samples.of(nearTimes).median(),
                    Samples.of(farTimes).median(),
                    first,
                    Samples.of(trips).median());
        }

        private void line(double near, double far, double first, double trips) {
            System.out.printf(
                    Locale.ROOT,
                    "%-26s %8.0f %8.0f %7.2f %10.0f %7.0f %s%n",
                    aim.measured(),
                    near * 1e3,
                    far * 1e3,
                    far / near,
                    first * 1e3,
                    trips,
                    Verdict.of(aim.met(near, far)));
        }
    }
}
