package io.parallax.engine.plan;

import io.parallax.contract.Dataset;
import io.parallax.contract.DiffSpec;
import io.parallax.engine.postgres.Equality;
import io.parallax.engine.schema.ColumnPair;
import io.parallax.engine.schema.SchemaMatch;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What sessions are told where columns are compared whose text depends on settings, and that only PostgreSQL can write: composites and
 * geometric types, say. Elsewhere nothing we write depends on any.
 *
 * @param columns those columns, by A's names
 */
record TextSettings(List<String> columns) {
    static final Map<String, String> STANDARD = Map.of(
            "DateStyle", "ISO",
            "IntervalStyle", "postgres",
            "extra_float_digits", "3",
            "bytea_output", "hex",
            "lc_monetary", "C");

    static TextSettings of(SchemaMatch match) {
        return new TextSettings(Stream.concat(match.key().stream(), match.compared().stream())
                .filter(pair -> !Equality.isSettled(pair.a().type())
                        || !Equality.isSettled(pair.b().type()))
                .map(ColumnPair::name)
                .toList());
    }

    boolean areNeeded() {
        return !columns.isEmpty();
    }

    /** The diff with sessions that are told so. */
    DiffSpec in(DiffSpec spec) {
        return areNeeded() ? spec.of(told(spec.a()), told(spec.b())) : spec;
    }

    private static Dataset told(Dataset dataset) {
        return new Dataset(dataset.table(), dataset.query(), dataset.filter(), merged(dataset.settings()));
    }

    private static Map<String, String> merged(@Nullable Map<String, String> settings) {
        Map<String, String> merged = new HashMap<>();
        Optional.ofNullable(settings).orElse(Map.of()).forEach((name, value) -> {
            if (STANDARD.keySet().stream().noneMatch(name::equalsIgnoreCase)) {
                merged.put(name, value);
            }
        });
        merged.putAll(STANDARD);
        return merged;
    }

    /** What who reads the diff must know. */
    Stream<String> sentences() {
        return areNeeded()
                ? Stream.of("Values of " + String.join(", ", columns) + " are compared as PostgreSQL's text of them."
                        + " That depends on settings, so DateStyle, IntervalStyle, extra_float_digits, bytea_output and"
                        + " lc_monetary have PostgreSQL's standard values on both sides, in queries and filters too.")
                : Stream.empty();
    }
}
