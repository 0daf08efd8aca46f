package io.parallax.engine.plan;

import io.parallax.contract.Dataset;
import io.parallax.contract.DiffSpec;
import io.parallax.engine.postgres.Equality;
import io.parallax.engine.schema.ColumnPair;
import io.parallax.engine.schema.SchemaMatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What sessions are told where columns are compared whose text depends on settings, and that only PostgreSQL can write: composites and
 * geometric types, say. Elsewhere nothing we write depends on any.
 *
 * @param columns those columns, by A's names
 * @param names of the settings
 */
record TextSettings(List<String> columns, Set<String> names) {
    private static final Map<String, String> STANDARD = Map.of(
            "DateStyle", "ISO",
            "IntervalStyle", "postgres",
            "TimeZone", "UTC",
            "extra_float_digits", "3",
            "bytea_output", "hex",
            "lc_monetary", "C");

    static TextSettings of(SchemaMatch match) {
        List<String> columns = new ArrayList<>();
        Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        Stream.concat(match.key().stream(), match.compared().stream()).forEach(pair -> {
            Set<String> own = settings(pair);
            names.addAll(own);
            if (!own.isEmpty()) {
                columns.add(pair.name());
            }
        });
        return new TextSettings(columns, names);
    }

    private static Set<String> settings(ColumnPair pair) {
        Set<String> names = new TreeSet<>(Equality.settings(pair.a().type()));
        names.addAll(Equality.settings(pair.b().type()));
        return names;
    }

    boolean areNeeded() {
        return !columns.isEmpty();
    }

    /** What sessions are told, by name. */
    Map<String, String> values() {
        return told(Map.of());
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
        names.forEach(name -> all.put(name, STANDARD.getOrDefault(name, "")));
        return all;
    }

    /** What who reads the diff must know. */
    Stream<String> sentences() {
        return areNeeded()
                ? Stream.of("The texts of " + String.join(", ", columns)
                        + " depend on settings, so both sides are read with" + " PostgreSQL's standard "
                        + String.join(", ", names) + ", in queries and filters too.")
                : Stream.empty();
    }
}
