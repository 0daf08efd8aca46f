package io.parallax.engine.plan;

import io.parallax.contract.Dataset;
import io.parallax.contract.DiffSpec;
import io.parallax.engine.dialect.Dialects;
import io.parallax.engine.dialect.Values;
import io.parallax.engine.session.Session;
import io.parallax.engine.session.SessionPair;
import io.parallax.engine.type.SchemaMatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What sessions are told where columns are compared whose text depends on settings, and that only their database can write: those of types
 * that we do not know. Elsewhere nothing we write depends on any.
 *
 * @param dialect by which people know the one that they are of
 * @param columns those columns, by A's names
 * @param values of the settings, by name
 * @param changed which of them the login of either side would have otherwise
 */
record TextSettings(String dialect, List<String> columns, SortedMap<String, String> values, SortedSet<String> changed) {
    private static final Set<String> WHOLE = Set.of("1", "2", "3");

    static TextSettings of(SchemaMatch match, SessionPair pair) {
        List<String> columns = new ArrayList<>();
        Values ofA = Dialects.of(pair.a()).values();
        Values ofB = Dialects.of(pair.b()).values();
        SortedMap<String, String> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        Stream.concat(match.key().stream(), match.compared().stream()).forEach(each -> {
            Map<String, String> own = new TreeMap<>(ofA.settings(each.a().type()));
            own.putAll(ofB.settings(each.b().type()));
            values.putAll(own);
            if (!own.isEmpty()) {
                columns.add(each.name());
            }
        });
        SortedSet<String> changed = new TreeSet<>();
        if (!columns.isEmpty()) {
            SessionPair.Both<List<String>> either =
                    pair.both(session -> others(session, values), session -> others(session, values));
            changed.addAll(either.a());
            changed.addAll(either.b());
        }
        return new TextSettings(Dialects.of(pair.a()).name(), columns, values, changed);
    }

    /** Those that a session has otherwise. */
    private static List<String> others(Session session, SortedMap<String, String> values) {
        return values.entrySet().stream()
                .filter(each ->
                        !isSame(each.getValue(), Dialects.catalog(session).setting(each.getKey())))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** As far as texts go: the first of several words is that of the form, and more digits than it takes are not written. */
    private static boolean isSame(String standard, String own) {
        return own.equals(standard) || own.startsWith(standard + ",") || (standard.equals("3") && WHOLE.contains(own));
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
        return changed.isEmpty()
                ? Stream.empty()
                : Stream.of("The texts of " + String.join(", ", columns)
                        + " depend on settings, so both sides are read with " + dialect + "'s standard "
                        + String.join(", ", changed) + ", in queries and filters too.");
    }
}
