package io.parallax.bench;

import io.parallax.bench.floor.Floor;
import io.parallax.bench.floor.FloorKind;
import io.parallax.bench.measure.Measured;
import io.parallax.bench.measure.Meter;
import io.parallax.bench.measure.PeakMemory;
import io.parallax.bench.report.Case;
import io.parallax.bench.report.Result;
import io.parallax.bench.server.Diff;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Measures one case: floors and diff take turns, so that a noisy machine is noisy for all. */
final class CaseRun {
    private final Case measured;
    private final List<Floor> floors;
    private final Diff diff;
    private final Meter meter;
    private final long worker;

    CaseRun(Case measured, List<Floor> floors, Diff diff, Meter meter, long worker) {
        this.measured = measured;
        this.floors = List.copyOf(floors);
        this.diff = diff;
        this.meter = meter;
        this.worker = worker;
    }

    Result run(int turns) throws IOException, InterruptedException, SQLException {
        Map<FloorKind, List<Measured>> floorRuns = new EnumMap<>(FloorKind.class);
        List<Measured> diffRuns = new ArrayList<>();
        warmUp();
        for (int turn = 0; turn < turns; turn++) {
            for (Floor floor : floors) {
                floorRuns
                        .computeIfAbsent(floor.kind(), kind -> new ArrayList<>())
                        .add(meter.measure(floor::run));
            }
            diffRuns.add(meter.measure(diff::run));
        }
        return new Result(measured, floorRuns, diffRuns, PeakMemory.megabytes(worker));
    }

    private void warmUp() throws IOException, InterruptedException, SQLException {
        for (Floor floor : floors) {
            floor.run();
        }
        diff.run();
    }
}
