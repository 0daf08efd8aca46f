package io.parallax.outcome;

import io.parallax.contract.message.Sample;
import io.parallax.contract.message.SchemaComparison;
import io.parallax.contract.tally.Sides;
import io.parallax.contract.tally.Tally;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What a finished diff found, and every figure that follows from it.
 *
 * @param sample the keys whose values were compared; null for all
 * @param coverage how far it had come where it ended early; null when all is compared
 */
public record Outcome(
        PlanSummary comparison, Tally tally, @Nullable Sample sample, @Nullable PartialCoverage coverage) {
    public Outcome {
        if (comparison.comparedColumns().size() != tally.differencesPerColumn().size()) {
            throw new IllegalArgumentException("a tally counts every compared column");
        }
    }

    /** How many values of a column differ among all keys, as far as the sample tells; null where all were compared. */
    public @Nullable Estimate estimate(int column) {
        return sample == null
                ? null
                : Estimate.of(tally.differencesPerColumn().get(column), tally.comparedRows(), sample);
    }

    private SchemaComparison schema() {
        return comparison.schema();
    }

    public int comparedColumns() {
        return comparison.comparedColumns().size();
    }

    public long totalValues() {
        return tally.comparedRows() * comparedColumns();
    }

    public boolean schemasDiffer() {
        return schema().columnsMismatched().sum() > 0 || !schema().typeDiffers().isEmpty();
    }

    /** Compared columns with at least one differing value. */
    public List<String> affectedColumns() {
        return IntStream.range(0, comparedColumns())
                .filter(i -> tally.differencesPerColumn().get(i) > 0)
                .mapToObj(comparison.comparedColumns()::get)
                .toList();
    }

    /** Null where a part alone was compared and nothing differs in it: that says nothing about the rest. */
    public @Nullable DiffResult result() {
        if (keysAreBad()) {
            return DiffResult.BAD_PKS;
        }
        if (tally.totalRows().sum() == 0) {
            return isPartial() ? null : DiffResult.EMPTY;
        }
        if (tally.rowsWithDifferences() > 0 || schemasDiffer()) {
            return DiffResult.DIFFERENT;
        }
        if (tally.exclusives().sum() > 0) {
            return DiffResult.MISSING_PKS;
        }
        return isPartial() || noneCompared() ? null : DiffResult.IDENTICAL;
    }

    private boolean isPartial() {
        return coverage != null;
    }

    /** A sample may be so small that it has no row. */
    private boolean noneCompared() {
        return sample != null && tally.comparedRows() == 0;
    }

    private boolean keysAreBad() {
        return tally.nulls().sum() > 0 || tally.dupes().sum() > 0;
    }

    /** The same judgement for each part of the answer alone, where there is one. */
    public Map<String, DiffResult> resultStatuses() {
        Map<String, DiffResult> statuses = new LinkedHashMap<>();
        statuses.put("schema", schemasDiffer() ? DiffResult.DIFFERENT : DiffResult.IDENTICAL);
        putIfAny(statuses, "pks", keys());
        putIfAny(statuses, "values", values());
        return statuses;
    }

    private static void putIfAny(Map<String, DiffResult> statuses, String part, @Nullable DiffResult status) {
        if (status != null) {
            statuses.put(part, status);
        }
    }

    private @Nullable DiffResult values() {
        if (tally.rowsWithDifferences() > 0) {
            return DiffResult.DIFFERENT;
        }
        return isPartial() || noneCompared() ? null : DiffResult.IDENTICAL;
    }

    private @Nullable DiffResult keys() {
        if (keysAreBad()) {
            return DiffResult.BAD_PKS;
        }
        if (tally.exclusives().sum() > 0) {
            return DiffResult.MISSING_PKS;
        }
        return isPartial() ? null : DiffResult.IDENTICAL;
    }

    /** Percent of a column's compared values that are equal; 100 when none was compared. */
    public double match(int column) {
        long compared = tally.comparedRows();
        return compared == 0
                ? 100.0
                : 100.0 * (compared - tally.differencesPerColumn().get(column)) / compared;
    }

    /**
     * max(0, total - bad) / total, where total = rowsA * columnsA + rowsB * columnsB, and bad = 2 * differing values +
     * exclusive rows * shared columns + columns that only A has * rowsA + columns that only B has * rowsB; 1 when there
     * is nothing at all. Differing values of a sample are scaled up.
     */
    public double matchRatio() {
        Sides rows = tally.totalRows();
        Sides columns = schema().columnCounts();
        Sides extra = schema().columnsMismatched();
        double total = (double) rows.a() * columns.a() + (double) rows.b() * columns.b();
        double bad = 2.0 * tally.valuesWithDifferences() * scale()
                + (double) tally.exclusives().sum() * (columns.a() - extra.a())
                + (double) extra.a() * rows.a()
                + (double) extra.b() * rows.b();
        return total == 0 ? 1 : Math.max(0, total - bad) / total;
    }

    private double scale() {
        return sample == null || tally.comparedRows() == 0 ? 1 : (double) sample.population() / tally.comparedRows();
    }

    public static double share(long part, long whole) {
        return whole == 0 ? 0 : (double) part / whole;
    }
}
