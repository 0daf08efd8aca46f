package io.parallax.bench.load;

import io.parallax.bench.report.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Kinds of calls, one a line, beside their targets; bare ones have none. The last columns are CPU time of one answer, in
 * milliseconds.
 */
public final class LoadTable {
    private static final String HEAD = "%n%-32s %10s %8s %-6s %8s %8s %8s %-6s %8s %8s %8s";
    private static final String LINE = "  %-30s %10.0f %8.2f %-6s %8.1f %8.1f %8.1f %-6s %8.2f %8.2f %8.2f";

    private LoadTable() {}

    /** @param store what is in it, in words */
    public static String of(String store, List<Load> loads) {
        List<String> lines = new ArrayList<>();
        lines.add(HEAD.formatted(
                store, "calls/s", "x floor", "", "p50 ms", "p99 ms", "max ms", "", "API", "store", "rest"));
        loads.forEach(load -> lines.add(line(load)));
        return String.join(System.lineSeparator(), lines);
    }

    private static String line(Load load) {
        boolean bare = load.rate() == load.floor();
        return String.format(
                        Locale.ROOT,
                        LINE,
                        load.name(),
                        load.rate(),
                        load.share(),
                        bare ? "" : Verdict.of(load.isFast()),
                        load.latencies().percentile(50) * 1e3,
                        load.latencies().percentile(99) * 1e3,
                        load.latencies().max() * 1e3,
                        bare ? "" : Verdict.of(load.isPrompt()),
                        load.cost().each(load.cost().service()),
                        load.cost().each(load.cost().store()),
                        load.cost().each(load.cost().rest()))
                .stripTrailing();
    }
}
