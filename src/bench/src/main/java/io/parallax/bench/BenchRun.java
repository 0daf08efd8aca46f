package io.parallax.bench;

import io.parallax.bench.floor.Floor;
import io.parallax.bench.floor.FloorKind;
import io.parallax.bench.measure.CpuClock;
import io.parallax.bench.measure.Meter;
import io.parallax.bench.report.Case;
import io.parallax.bench.report.CaseTable;
import io.parallax.bench.report.Result;
import io.parallax.bench.report.Summary;
import io.parallax.bench.server.Diff;
import io.parallax.bench.server.Installation;
import io.parallax.bench.server.WrongAnswerException;
import io.parallax.bench.table.Known;
import io.parallax.bench.table.RowCount;
import io.parallax.bench.table.Shape;
import io.parallax.bench.table.Variant;
import io.parallax.standalone.OpenResources;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** All cases of one run, on servers that stand. */
final class BenchRun {
    private static final RowCount SMALL = new RowCount(1000);

    /** Services run for long, but compile themselves while they are new. */
    private static final int DIFFS_WHILE_NEW = 10;

    private final Options options;
    private final Sources sources;
    private final Installation installation;
    private final long worker;
    private final Meter meter;
    private final long sourceA;
    private final long sourceB;
    private final List<String> wrong = new ArrayList<>();

    /** @param worker its process */
    BenchRun(Options options, Sources sources, Installation installation, long worker)
            throws IOException, InterruptedException {
        this.options = options;
        this.sources = sources;
        this.installation = installation;
        this.worker = worker;
        this.meter = new Meter(CpuClock.of(sources.postmasters()), CpuClock.of(worker));
        this.sourceA = installation.parallax().register(sources.a(), "A");
        this.sourceB = installation.parallax().register(sources.b(), "B");
    }

    /** Measures and prints; the sentences of the answers that were wrong. */
    List<String> run() throws Exception {
        if (options.smallRuns() > 0) {
            small(new Case(Shape.RATING, SMALL, Variant.IDENTICAL));
            small(new Case(Shape.RATING, SMALL, Variant.SCATTERED));
        }
        List<Result> results = new ArrayList<>();
        for (int i = 0; i < DIFFS_WHILE_NEW; i++) {
            diff(cases().get(0)).run();
        }
        for (Case wanted : cases()) {
            large(wanted, results);
        }
        System.out.println(new Summary(results));
        return wrong;
    }

    private List<Case> cases() {
        List<Case> cases = new ArrayList<>();
        for (Shape shape : options.shapes()) {
            for (RowCount count : options.rows()) {
                options.variants().forEach(variant -> cases.add(new Case(shape, count, variant)));
            }
        }
        return cases;
    }

    private void small(Case wanted) throws IOException, InterruptedException, SQLException {
        Diff diff = diff(wanted);
        try {
            System.out.println(SmallRun.line(wanted, new SmallRun(diff, meter).run(options.smallRuns())));
        } catch (WrongAnswerException e) {
            keep(wanted, e);
        }
    }

    private void large(Case wanted, List<Result> results) throws Exception {
        Diff diff = diff(wanted);
        try (OpenResources open = new OpenResources()) {
            Result result = new CaseRun(wanted, floors(wanted, open), diff, meter, worker).run(options.runs());
            System.out.println(CaseTable.of(result));
            results.add(result);
        } catch (WrongAnswerException e) {
            keep(wanted, e);
        }
    }

    private Diff diff(Case wanted) throws SQLException {
        Known known = sources.ensure(wanted);
        return Diff.of(installation.parallax(), sourceA, wanted.tableA(), sourceB, wanted.tableB(), known);
    }

    private List<Floor> floors(Case wanted, OpenResources open) throws Exception {
        List<FloorKind> kinds = options.allFloors() ? List.of(FloorKind.values()) : List.of(wanted.floor());
        List<Floor> floors = new ArrayList<>();
        for (FloorKind kind : kinds) {
            floors.add(open.open(() -> Floor.of(
                    kind,
                    wanted.tableA(),
                    sources.a().connect(),
                    wanted.tableB(),
                    sources.b().connect())));
        }
        return floors;
    }

    private void keep(Case wanted, WrongAnswerException e) {
        String sentence = wanted + ": " + e.getMessage();
        System.out.printf("%nWRONG %s%n", sentence);
        wrong.add(sentence);
    }
}
