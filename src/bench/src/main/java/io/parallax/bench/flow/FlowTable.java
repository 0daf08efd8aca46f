package io.parallax.bench.flow;

import io.parallax.bench.measure.Samples;
import java.util.Locale;

/** How the figures are printed. */
public final class FlowTable {
    public static final String HEAD = String.format(
            Locale.ROOT,
            "%n%-28s %8s %18s %18s %6s   CPU ms a diff: %6s %6s %6s %6s %6s %6s",
            "store away, diffs",
            "diffs/s",
            "ms to done 50/99%",
            "lag ms 50% / most",
            "trips",
            "API",
            "worker",
            "Kafka",
            "store",
            "source",
            "busy");

    private FlowTable() {}

    public static String line(String name, Flow.Outcome found) {
        FlowCost cost = found.cost();
        return String.format(
                Locale.ROOT,
                "%-28s %8.1f %18s %18s %6.1f                  %6.1f %6.1f %6.1f %6.1f %6.1f %5.0f%%",
                name,
                found.rate(),
                pair(found.seconds(), found.seconds().percentile(99)),
                pair(found.lags(), found.lags().max()),
                found.trips(),
                cost.service(),
                cost.worker(),
                cost.kafka(),
                cost.store(),
                cost.source(),
                cost.busy() * 100);
    }

    /** Of statements without services. */
    public static String bare(String name, BareFlow.Outcome found) {
        return String.format(
                Locale.ROOT,
                "%-28s %8.1f %18s %18s %6d                  %6s %6s %6s %6.1f %6s %5.0f%%",
                name,
                found.rate(),
                "",
                "",
                BareFlow.TRIPS,
                "",
                "",
                "",
                found.cost().store(),
                "",
                found.cost().busy() * 100);
    }

    private static String pair(Samples seconds, double other) {
        return String.format(Locale.ROOT, "%.0f / %.0f", seconds.median() * 1e3, other * 1e3);
    }
}
