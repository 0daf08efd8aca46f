package io.parallax.bench.report;

import io.parallax.bench.table.RowCount;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/** All cases, one a line, beside their targets. */
public final class Summary {
    private static final RowCount FIVE_MILLION = new RowCount(5_000_000);
    private static final RowCount TWENTY_FIVE_MILLION = new RowCount(25_000_000);
    private static final double LINEAR = 1.25;

    private final List<Result> results;

    public Summary(List<Result> results) {
        this.results = List.copyOf(results);
    }

    @Override
    public String toString() {
        List<String> lines = new ArrayList<>();
        lines.add("%n%-30s %8s %8s %8s %-6s %8s %8s %8s"
                .formatted("all cases", "seconds", "x floor", "target", "", "db CPU s", "worker", "peak MB"));
        results.forEach(result -> lines.add(line(result)));
        results.forEach(result -> linearity(result).ifPresent(lines::add));
        return String.join(System.lineSeparator(), lines);
    }

    private static String line(Result result) {
        OptionalDouble target = Target.of(result.measured());
        return String.format(
                Locale.ROOT,
                "  %-28s %8.3f %6.2f %s %8s %-6s %8.2f %8.2f %8d",
                result.measured(),
                result.seconds(),
                result.ratio(),
                result.measured().floor(),
                target.isPresent() ? String.format(Locale.ROOT, "%.2f", target.getAsDouble()) : "-",
                target.isPresent() ? verdict(result.ratio(), target.getAsDouble()) : "",
                result.databases().median(),
                result.worker().median(),
                result.peak());
    }

    /** Of the same case at five times the rows, when both were run. */
    private Optional<String> linearity(Result small) {
        if (!small.measured().count().equals(FIVE_MILLION)) {
            return Optional.empty();
        }
        Case large = new Case(
                small.measured().shape(), TWENTY_FIVE_MILLION, small.measured().variant());
        return results.stream()
                .filter(result -> result.measured().equals(large))
                .findFirst()
                .map(result -> result.seconds() / (5 * small.seconds()))
                .map(growth -> String.format(
                        Locale.ROOT,
                        "  %s %s from 5m to 25m: %.2f x linear, target %.2f %s",
                        large.shape(),
                        large.variant(),
                        growth,
                        LINEAR,
                        verdict(growth, LINEAR)));
    }

    private static String verdict(double value, double target) {
        return Verdict.of(value <= target);
    }
}
