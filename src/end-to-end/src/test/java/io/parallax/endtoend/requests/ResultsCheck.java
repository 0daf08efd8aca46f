package io.parallax.endtoend.requests;

import com.fasterxml.jackson.databind.JsonNode;
import io.parallax.oracle.Figures;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Compares the rows that a diff shows with its figures, and what was read again with both. */
final class ResultsCheck {
    /** So few rows are always shown, as long as none of their keys has more of them. */
    private static final long FEW = 100;

    private final Mismatches mismatches;
    private final Combination combination;
    private final Figures figures;

    /** {@code figures}: those of the answer, which may be of a sample. */
    ResultsCheck(Mismatches mismatches, Combination combination, Figures figures) {
        this.mismatches = mismatches;
        this.combination = combination;
        this.figures = figures;
    }

    /** {@code complete}: what the answer says of that. */
    void check(List<JsonNode> rows, boolean complete, boolean sampled, JsonNode summary) {
        Map<String, Long> expected = new TreeMap<>(Map.of(
                "value", figures.rowsWithDifferences(),
                "exclusive1", figures.exclusives().a(),
                "exclusive2", figures.exclusives().b(),
                "duplicate1", figures.dupes().a(),
                "duplicate2", figures.dupes().b()));
        expected.values().removeIf(count -> count == 0);
        Map<String, Long> actual = new TreeMap<>();
        Map<String, Long> columns = new HashMap<>();
        Map<String, Set<JsonNode>> keys = new TreeMap<>();
        for (JsonNode row : rows) {
            String kind = row.path("kind").asText();
            actual.merge(kind, 1L, Long::sum);
            keys.computeIfAbsent(kind, any -> new HashSet<>()).add(row.path("key"));
            if (kind.equals("value")) {
                row.path("values").fieldNames().forEachRemaining(name -> columns.merge(name, 1L, Long::sum));
            }
        }
        boolean dupes = figures.dupes().a() + figures.dupes().b() > 0;
        boolean few = expected.values().stream().mapToLong(Long::longValue).sum() <= FEW;
        mismatches.require("results.complete", complete ? !sampled : sampled || dupes || !few, !complete, complete);
        // Repeated keys that are there alike on both sides are shown only where that is cheap.
        Stream<String> exact = complete
                ? Stream.of("value", "exclusive1", "exclusive2", "duplicate1", "duplicate2")
                : few ? Stream.of("value", "exclusive1", "exclusive2") : Stream.of();
        exact.forEach(kind -> mismatches.same("rows of " + kind, expected.get(kind), actual.get(kind)));
        actual.forEach(
                (kind, count) -> mismatches.between("rows of " + kind, 0, expected.getOrDefault(kind, 0L), count));
        if (complete || few) {
            Map<String, Long> differences = new HashMap<>(figures.differences());
            differences.values().removeIf(count -> count == 0);
            mismatches.same("values of results by column", differences, columns);
        }
        recheck(summary, complete, keys);
    }

    private void recheck(JsonNode summary, boolean allShown, Map<String, Set<JsonNode>> keys) {
        JsonNode recheck = summary.path("recheck");
        boolean asked = combination.body().path("recheck").isNumber();
        mismatches.same("recheck", asked, !recheck.isMissingNode());
        if (!asked) {
            return;
        }
        mismatches.same("recheck.keys_remaining", recheck.path("keys_rechecked"), recheck.path("keys_remaining"));
        mismatches.require(
                "recheck.complete",
                !recheck.path("complete").asBoolean() || allShown,
                "false as results are not complete",
                recheck);
        if (recheck.path("complete").asBoolean()) {
            Set<JsonNode> all = new HashSet<>();
            Map<String, Long> byKind = new TreeMap<>();
            keys.forEach((kind, some) -> {
                all.addAll(some);
                byKind.put(kind, (long) some.size());
            });
            Map<String, Long> found = new TreeMap<>();
            recheck.path("by_kind")
                    .fields()
                    .forEachRemaining(
                            kind -> found.put(kind.getKey(), kind.getValue().asLong()));
            mismatches.same("recheck.by_kind", byKind, found);
            mismatches.same(
                    "recheck.keys_rechecked",
                    all.size(),
                    recheck.path("keys_rechecked").asInt(-1));
        }
    }
}
