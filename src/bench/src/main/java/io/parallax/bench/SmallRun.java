package io.parallax.bench;

import io.parallax.bench.measure.Measured;
import io.parallax.bench.measure.Meter;
import io.parallax.bench.measure.Samples;
import io.parallax.bench.report.Verdict;
import io.parallax.bench.server.Diff;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a diff costs that has next to nothing to compare. */
final class SmallRun {
    private static final int WARM_UP = 30;
    private static final double TARGET_MILLISECONDS = 150;

    private final Diff diff;
    private final Meter meter;

    SmallRun(Diff diff, Meter meter) {
        this.diff = diff;
        this.meter = meter;
    }

    Samples run(int runs) throws IOException, InterruptedException, SQLException {
        for (int i = 0; i < WARM_UP; i++) {
            diff.run();
        }
        List<Measured> measured = new ArrayList<>();
        for (int i = 0; i < runs; i++) {
            measured.add(meter.measure(diff::run));
        }
        return Measured.samples(measured, Measured::wall);
    }

    static String line(Object name, Samples seconds) {
        double median = seconds.median() * 1e3;
        return String.format(
                Locale.ROOT,
                "%s, %d runs: median %.0f ms, 95%% within %.0f ms, target %.0f ms at the median %s",
                name,
                seconds.sorted().size(),
                median,
                seconds.percentile(95) * 1e3,
                TARGET_MILLISECONDS,
                Verdict.of(median <= TARGET_MILLISECONDS));
    }
}
