package io.parallax.bench;

import io.parallax.bench.flow.BareFlow;
import io.parallax.bench.flow.Flow;
import io.parallax.bench.flow.FlowClocks;
import io.parallax.bench.flow.FlowTable;
import io.parallax.bench.flow.ReportTimes;
import io.parallax.bench.load.Calls;
import io.parallax.bench.load.Generator;
import io.parallax.bench.report.Case;
import io.parallax.bench.server.BenchDirectory;
import io.parallax.bench.server.Diff;
import io.parallax.bench.server.FarWire;
import io.parallax.bench.server.Installation;
import io.parallax.bench.server.SourceServer;
import io.parallax.bench.server.WrongAnswerException;
import io.parallax.bench.table.RowCount;
import io.parallax.bench.table.Shape;
import io.parallax.bench.table.Variant;
import io.parallax.standalone.OpenResources;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Has many small diffs done by one API service and one worker, with the store near and far. */
record FlowMode(FlowOptions options) implements Mode {
    private static final Case SMALL = new Case(Shape.RATING, new RowCount(1000), Variant.SCATTERED);
    private static final int CONNECTIONS = 16;

    private static final int WHILE_NEW_AT_ONCE = 250;

    @Override
    public List<String> measure(OpenResources open) throws Exception {
        BenchDirectory directory = open.open(() -> BenchDirectory.take(options.data(), options.fresh()));
        SourceServer server = open.open(() -> SourceServer.start(directory, "a"));
        FarWire wire = open.open(FarWire::open);
        Installation installation =
                Installation.start(open, directory, Map.of("PARALLAX_RATE_LIMIT_PER_SECOND", "0"), wire);
        long worker = installation.startWorker("worker-1");
        long source = installation.parallax().register(server, "A");
        Diff diff = Diff.of(
                installation.parallax(),
                source,
                SMALL.tableA(),
                source,
                SMALL.tableB(),
                new Sources(server, server).ensure(SMALL));
        FlowClocks clocks =
                FlowClocks.of(installation.apiService(), worker, installation.storeServer(), server.postmaster());
        try (Connection store = installation.store();
                ReportTimes reports = ReportTimes.from(installation.kafka())) {
            new Run(wire, installation, diff, store, reports, clocks).all();
            return List.of();
        } catch (WrongAnswerException e) {
            return List.of(e.getMessage());
        }
    }

    /** On services that stand. */
    private final class Run {
        private final FarWire wire;
        private final Installation installation;
        private final Diff diff;
        private final Generator generator;
        private final Flow flow;
        private final FlowClocks clocks;

        Run(
                FarWire wire,
                Installation installation,
                Diff diff,
                Connection store,
                ReportTimes reports,
                FlowClocks clocks) {
            this.wire = wire;
            this.installation = installation;
            this.diff = diff;
            this.generator = new Generator(installation.parallax().address(), CONNECTIONS);
            this.flow = new Flow(store, reports);
            this.clocks = clocks;
        }

        void all() throws Exception {
            diff.run();
            for (int i = 0; i < options.whileNew() / WHILE_NEW_AT_ONCE; i++) {
                burst(WHILE_NEW_AT_ONCE);
            }
            System.out.println(FlowTable.HEAD);
            for (Duration distance : options.distances()) {
                wire.delay(distance);
                String where = distance.toNanos() / 1e6 + " ms";
                System.out.println(FlowTable.line(where + ", alone", one()));
                System.out.println(FlowTable.line(where + ", " + options.burst() + " at once", burst(options.burst())));
                System.out.println(FlowTable.line(where + ", " + options.rate() + " a second", steady()));
                System.out.println(FlowTable.bare(
                        where + ", bare", BareFlow.of(installation, wire.port()).run(options.time(), clocks)));
            }
        }

        private Flow.Outcome one() throws Exception {
            Flow.Start start = flow.start(wire.trips(), clocks);
            for (int i = 0; i < CONNECTIONS; i++) {
                diff.begin();
                flow.await(start, i + 1);
            }
            return flow.outcome(start, CONNECTIONS, wire::trips, clocks);
        }

        private Flow.Outcome burst(int count) throws Exception {
            Flow.Start start = flow.start(wire.trips(), clocks);
            generator.all(posting(), count);
            return flow.outcome(start, count, wire::trips, clocks);
        }

        private Flow.Outcome steady() throws Exception {
            Flow.Start start = flow.start(wire.trips(), clocks);
            int count = generator
                    .latencies(posting(), options.rate(), options.time())
                    .sorted()
                    .size();
            return flow.outcome(start, count, wire::trips, clocks);
        }

        private Calls posting() {
            return new Calls("POST datadiffs", List.of(diff.posting("datadiffs")));
        }
    }
}
