package io.parallax.endtoend.requests;

import com.fasterxml.jackson.databind.JsonNode;
import io.parallax.oracle.Figures;
import io.parallax.oracle.Figures.Pair;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

/** Compares the diff itself with figures that are known to be right. */
final class DiffCheck {
    private final Mismatches mismatches;
    private final Combination combination;
    private final Figures figures;

    /** {@code figures}: those of the answer, which may be of a sample. */
    DiffCheck(Mismatches mismatches, Combination combination, Figures figures) {
        this.mismatches = mismatches;
        this.combination = combination;
        this.figures = figures;
    }

    /** {@code all}: the figures with all values compared. */
    void check(JsonNode diff, Figures all) {
        boolean sampled = combination.sample() != null && combination.sample().share(all) < 1;
        JsonNode body = combination.body();
        mismatches.same("status", "done", diff.path("status").asText());
        mismatches.same("done", true, diff.path("done").asBoolean());
        mismatches.same(
                "kind",
                body.path("data_source1_id").equals(body.path("data_source2_id")) ? "in_db" : "cross_db",
                diff.path("kind").asText());
        body.fieldNames()
                .forEachRemaining(field -> mismatches.require(
                        field, echoes(field, body.path(field), diff.path(field)), body.path(field), diff.path(field)));
        mismatches.same(
                "ignored_fields",
                body.has("nobody_knows") ? List.of("nobody_knows") : List.of(),
                Answer.texts(diff.path("ignored_fields")));
        mismatches.same(
                "affected_columns",
                figures.differences().entrySet().stream()
                        .filter(column -> column.getValue() > 0)
                        .map(Map.Entry::getKey)
                        .toList(),
                Answer.texts(diff.path("affected_columns")));
        mismatches.same("result", result(), diff.path("result").asText());
        stats(diff.path("diff_stats"), sampled, all.comparedRows());
    }

    /** A diff has its request's fields; some say what became of them, and some are told in one way only. */
    private static boolean echoes(String field, JsonNode asked, JsonNode told) {
        if (List.of("algorithm", "nobody_knows").contains(field)) {
            return true;
        }
        if (field.startsWith("time_interval")) {
            return OffsetDateTime.parse(told.asText()).isEqual(Answer.time(asked.asText()));
        }
        if (field.endsWith("session_parameters")) {
            return StreamSupport.stream(((Iterable<String>) asked::fieldNames).spliterator(), false)
                    .allMatch(name ->
                            asked.path(name).asText().equals(told.path(name).asText()));
        }
        boolean saysNothing = asked.isNull() || asked.isContainerNode() && asked.isEmpty();
        return saysNothing ? !told.isMissingNode() && !told.asBoolean() && told.isEmpty() : same(asked, told);
    }

    /** Numbers may be told in another notation, and what was left out as null. */
    private static boolean same(JsonNode asked, JsonNode told) {
        if (asked.isNumber() && told.isNumber()) {
            return asked.decimalValue().compareTo(told.decimalValue()) == 0;
        }
        if (asked.isArray()) {
            return asked.size() == told.size()
                    && IntStream.range(0, asked.size()).allMatch(i -> same(asked.get(i), told.get(i)));
        }
        if (asked.isObject()) {
            return StreamSupport.stream(((Iterable<String>) told::fieldNames).spliterator(), false)
                    .allMatch(name -> asked.has(name)
                            ? same(asked.get(name), told.get(name))
                            : told.get(name).isNull());
        }
        return asked.equals(told);
    }

    private String result() {
        if (sum(figures.nulls()) + sum(figures.dupes()) > 0) {
            return "bad-pks";
        }
        if (sum(figures.totalRows()) == 0) {
            return "empty";
        }
        if (figures.rowsWithDifferences() > 0 || sum(figures.layout().mismatched()) > 0) {
            return "different";
        }
        return sum(figures.exclusives()) > 0 ? "missing-pks" : "identical";
    }

    private void stats(JsonNode stats, boolean sampled, long population) {
        long values = figures.differences().values().stream()
                .mapToLong(Long::longValue)
                .sum();
        Pair columns = figures.layout().columns();
        Pair mismatched = figures.layout().mismatched();
        Pair rows = figures.totalRows();
        long keys = figures.distincts().a() + figures.exclusives().b();
        near(stats, "diff_pks", share(sum(figures.exclusives()), keys));
        near(stats, "diff_rows", share(figures.rowsWithDifferences(), figures.comparedRows()));
        near(
                stats,
                "diff_values",
                share(values, figures.comparedRows() * figures.differences().size()));
        near(stats, "diff_schema", share(sum(mismatched), sum(columns)));
        near(stats, "diff_null_pks", share(sum(figures.nulls()), sum(rows)));
        near(stats, "diff_duplicate_pks", share(sum(figures.dupes()), sum(rows)));
        double total = (double) rows.a() * columns.a() + (double) rows.b() * columns.b();
        double scale = sampled && figures.comparedRows() > 0 ? (double) population / figures.comparedRows() : 1;
        double bad = 2 * values * scale
                + (double) sum(figures.exclusives()) * (columns.a() - mismatched.a())
                + (double) mismatched.a() * rows.a()
                + (double) mismatched.b() * rows.b();
        near(stats, "match_ratio", total == 0 ? 1 : Math.max(0, total - bad) / total);
        count(stats, "diff_rows_count", figures.rowsWithDifferences());
        count(stats, "rows_added", figures.exclusives().b());
        count(stats, "rows_removed", figures.exclusives().a());
        count(stats, "table_a_row_count", rows.a());
        count(stats, "table_b_row_count", rows.b());
        count(stats, "errors", 0);
        mismatches.same("diff_stats.sampled", sampled, stats.path("sampled").asBoolean());
    }

    private void near(JsonNode stats, String field, double expected) {
        mismatches.near("diff_stats." + field, expected, stats.path(field).asDouble(-1));
    }

    private void count(JsonNode stats, String field, long expected) {
        mismatches.same("diff_stats." + field, expected, stats.path(field).asLong(-1));
    }

    private static double share(long part, long whole) {
        return whole == 0 ? 0 : (double) part / whole;
    }

    private static long sum(Pair pair) {
        return pair.a() + pair.b();
    }
}
