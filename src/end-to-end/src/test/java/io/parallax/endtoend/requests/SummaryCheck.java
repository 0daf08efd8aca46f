package io.parallax.endtoend.requests;

import com.fasterxml.jackson.databind.JsonNode;
import io.parallax.oracle.Figures;

/** Compares {@code summary_results} with what brute force has counted. */
final class SummaryCheck {
    private final Mismatches mismatches;
    private final Combination combination;
    private final Figures expected;

    /** {@code expected}: with all values compared. */
    SummaryCheck(Mismatches mismatches, Combination combination, Figures expected) {
        this.mismatches = mismatches;
        this.combination = combination;
        this.expected = expected;
    }

    /** Returns the figures of the answer. */
    Figures check(JsonNode summary) {
        Figures actual = Answer.figures(summary);
        double share = combination.sample() == null ? 1 : combination.sample().share(expected);
        if (share < 1) {
            sampled(summary, actual, share);
        } else {
            all(summary, actual);
        }
        derived(summary, actual);
        mismatches.same("partial", false, summary.has("partial"));
        if (combination.wishes().times() != null) {
            mismatches.same(
                    "timeline.time_aggregate",
                    combination.body().path("time_aggregate"),
                    summary.path("timeline").path("time_aggregate"));
        }
        // Keys and values of a sample are of a snapshot each.
        if (combination.body().path("snapshot").asBoolean() && combination.sample() == null) {
            summary.path("reads")
                    .forEach(read -> mismatches.same(
                            "reads.consistency",
                            "snapshot",
                            read.path("consistency").asText()));
        }
        return actual;
    }

    private void all(JsonNode summary, Figures actual) {
        boolean agree = combination.wishes().multisets()
                ? expected.inAnyColumn().agreeWith(actual.inAnyColumn())
                : expected.agreeWith(actual);
        mismatches.require("the figures", agree, expected, actual);
        mismatches.same("values.sampled", false, summary.path("values").has("sampled"));
    }

    /** Which keys are in a sample is not for us to know. */
    private void sampled(JsonNode summary, Figures actual, double share) {
        JsonNode values = summary.path("values");
        mismatches.same("values.sampled", true, values.path("sampled").asBoolean());
        mismatches.near(
                "values.sampling_ratio", share, values.path("sampling_ratio").asDouble());
        mismatches.same("pks.total_rows", expected.totalRows(), actual.totalRows());
        mismatches.same("pks.nulls", expected.nulls(), actual.nulls());
        mismatches.same("pks.dupes", expected.dupes(), actual.dupes());
        mismatches.same("pks.distincts", expected.distincts(), actual.distincts());
        mismatches.same("pks.exclusives", expected.exclusives(), actual.exclusives());
        mismatches.same("schema", expected.layout(), actual.layout());
        long all = expected.comparedRows();
        double deviation = Math.sqrt(all * share * (1 - share));
        boolean keysAreRows = !combination.wishes().multisets();
        mismatches.between(
                "values.total_rows",
                keysAreRows ? Math.max(0, all * share - 6 * deviation - 3) : 0,
                keysAreRows ? Math.min(all, all * share + 6 * deviation + 3) : all,
                actual.comparedRows());
        long left = all - actual.comparedRows();
        mismatches.between(
                "values.rows_with_differences",
                expected.rowsWithDifferences() - left,
                expected.rowsWithDifferences(),
                actual.rowsWithDifferences());
        if (keysAreRows) {
            expected.differences()
                    .forEach((column, differing) -> mismatches.between(
                            column + ".values_different",
                            differing - left,
                            differing,
                            actual.differences().getOrDefault(column, -1L)));
        }
        values.path("columns_diff_stats").forEach(this::estimated);
    }

    private void estimated(JsonNode column) {
        JsonNode estimate = column.path("values_different_estimate");
        String name = column.path("column_name").asText() + ".values_different_estimate";
        mismatches.same(name + ".value", column.path("values_different"), estimate.path("value"));
        mismatches.near(
                name + ".confidence",
                combination.sample().confidenceOfEstimates(),
                estimate.path("confidence").asDouble());
        JsonNode interval = estimate.path("interval");
        mismatches.between(
                name + ".estimate",
                interval.path("min").asDouble(-1),
                interval.path("max").asDouble(-1),
                estimate.path("estimate").asDouble(-1));
        mismatches.between(
                name + ".interval",
                0,
                expected.comparedRows(),
                interval.path("min").asDouble(-1));
        mismatches.between(
                name + ".interval",
                0,
                expected.comparedRows(),
                interval.path("max").asDouble(-1));
    }

    /** What follows from other figures of the answer. */
    private void derived(JsonNode summary, Figures actual) {
        JsonNode values = summary.path("values");
        long columns = actual.differences().size();
        mismatches.same(
                "values.compared_columns",
                columns,
                values.path("compared_columns").asLong(-1));
        mismatches.same(
                "values.total_values",
                actual.comparedRows() * columns,
                values.path("total_values").asLong(-1));
        mismatches.same(
                "values.values_with_differences",
                actual.differences().values().stream()
                        .mapToLong(Long::longValue)
                        .sum(),
                values.path("values_with_differences").asLong(-1));
        mismatches.same(
                "values.columns_with_differences",
                actual.differences().values().stream()
                        .filter(count -> count > 0)
                        .count(),
                values.path("columns_with_differences").asLong(-1));
        mismatches.same(
                "schema.column_type_mismatches",
                actual.layout().typeDiffers().size(),
                summary.path("schema").path("column_type_mismatches").asInt(-1));
        long rows = actual.comparedRows();
        values.path("columns_diff_stats")
                .forEach(column -> mismatches.near(
                        column.path("column_name").asText() + ".match",
                        rows == 0
                                ? 100
                                : 100.0
                                        * (rows
                                                - column.path("values_different")
                                                        .asLong())
                                        / rows,
                        column.path("match").asDouble(-1)));
        summary.path("timeline").path("buckets").forEach(bucket -> bucket.path("columns")
                .forEach(column -> mismatches.near(
                        "timeline share",
                        column.path("values_different").asDouble()
                                / bucket.path("compared_rows").asDouble(),
                        column.path("share").asDouble(-1))));
    }
}
