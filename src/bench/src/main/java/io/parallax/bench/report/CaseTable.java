package io.parallax.bench.report;

import io.parallax.bench.measure.Measured;
import io.parallax.bench.measure.Samples;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** One case, its floors above the diff. */
public final class CaseTable {
    private static final String HEAD = "%n%-34s %8s %8s %8s %8s %8s %8s %8s";
    private static final String LINE = "  %-32s %8.3f %8.3f %8.3f %8.2f %8.2f";

    private CaseTable() {}

    public static String of(Result result) {
        double floor = result.seconds() / result.ratio();
        List<String> lines = new ArrayList<>();
        lines.add(HEAD.formatted(
                result.measured(),
                "median s",
                "min",
                "max",
                "x " + result.measured().floor(),
                "db CPU s",
                "worker",
                "peak MB"));
        result.floors().forEach((kind, runs) -> lines.add(line(kind + ", " + kind.description(), runs, floor)));
        lines.add(line("diff, POST to success", result.diff(), floor)
                + String.format(Locale.ROOT, " %8.2f %8d", result.worker().median(), result.peak()));
        return String.join(System.lineSeparator(), lines);
    }

    private static String line(String name, List<Measured> runs, double floor) {
        Samples wall = Measured.samples(runs, Measured::wall);
        return String.format(
                Locale.ROOT,
                LINE,
                name,
                wall.median(),
                wall.min(),
                wall.max(),
                wall.median() / floor,
                Measured.samples(runs, Measured::databases).median());
    }
}
