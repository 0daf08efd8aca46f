package io.parallax.engine.plan;

import io.parallax.contract.Dataset;
import io.parallax.contract.DiffSpec;
import io.parallax.engine.postgres.Equality;
import io.parallax.engine.schema.SchemaMatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What sessions are told where columns are compared whose text depends on settings, and that only PostgreSQL can write: composites and
 * geometric types, say. Elsewhere nothing we write depends on any.
 *
 * @param columns those columns, by A's names
 * @param values of the settings, by name
 */
record TextSettings(List<String> columns, SortedMap<String, String> values) {
    static TextSettings of(SchemaMatch match) {
        List<String> columns = new ArrayList<>();
        SortedMap<String, String> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        Stream.concat(match.key().stream(), match.compared().stream()).forEach(pair -> {
            Map<String, String> own = new TreeMap<>(Equality.settings(pair.a().type()));
            own.putAll(Equality.settings(pair.b().type()));
            values.putAll(own);
            if (!own.isEmpty()) {
                columns.add(pair.name());
            }
        });
        return new TextSettings(columns, values);
    }

    boolean areNeeded() {
        return !columns.isEmpty();
    }

    /** The diff with sessions that are told so. */
    DiffSpec in(DiffSpec spec) {
        return areNeeded() ? spec.of(told(spec.a()), told(spec.b())) : spec;
    }

    private Dataset told(Dataset dataset) {
        return new Dataset(dataset.table(), dataset.query(), dataset.filter(), told(dataset.settings()));
    }

    private Map<String, String> told(@Nullable Map<String, String> settings) {
        Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        all.putAll(settings == null ? Map.of() : settings);
        all.putAll(values);
        return all;
    }

    /** What who reads the diff must know. */
    Stream<String> sentences() {
        return areNeeded()
                ? Stream.of("The texts of " + String.join(", ", columns)
                        + " depend on settings, so both sides are read with" + " PostgreSQL's standard "
                        + String.join(", ", values.keySet()) + ", in queries and filters too.")
                : Stream.empty();
    }
}
