package io.parallax.bench.report;

import io.parallax.bench.floor.FloorKind;
import io.parallax.bench.measure.Measured;
import io.parallax.bench.measure.Samples;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What the runs of one case took.
 *
 * @param floors in the order of their turns; the case's own is among them
 * @param peak megabytes that the worker has had resident at most, since it started
 */
public record Result(Case measured, Map<FloorKind, List<Measured>> floors, List<Measured> diff, long peak) {
    /** The diff's median in its floor's. */
    double ratio() {
        List<Measured> floor = Objects.requireNonNull(floors.get(measured.floor()));
        return seconds() / Measured.samples(floor, Measured::wall).median();
    }

    /** The diff's median. */
    double seconds() {
        return Measured.samples(diff, Measured::wall).median();
    }

    Samples databases() {
        return Measured.samples(diff, Measured::databases);
    }

    Samples worker() {
        return Measured.samples(diff, Measured::worker);
    }
}
