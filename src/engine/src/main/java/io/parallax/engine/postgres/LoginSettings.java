package io.parallax.engine.postgres;

import io.parallax.contract.Dataset;
import io.parallax.engine.source.Session;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What sessions of a login have set of that which may change what a user's filter means. */
public record LoginSettings(Session session) {
    private static final Set<String> NAMES = Set.of(
            "bytea_output",
            "datestyle",
            "default_text_search_config",
            "extra_float_digits",
            "intervalstyle",
            "timezone",
            "transform_null_equals");

    /** What literals of ours need otherwise. */
    private static final Set<String> OURS = Set.of("array_nulls", "lc_monetary", "xmloption", "search_path");

    private static final String SETTINGS =
            """
            select s.name, s.setting from pg_catalog.pg_settings s where lower(s.name) in (%s)
            union all
            select 'search_path', coalesce(string_agg(quote_ident(n), ', ' order by i), '')
            from unnest(current_schemas(false)) with ordinality u(n, i)""";

    /** Of a dataset with a filter or without. */
    public Map<String, String> of(Dataset dataset) {
        Map<String, String> settings = new TreeMap<>();
        if (dataset.filter() == null) {
            return settings;
        }
        Map<String, String> told = dataset.settings() == null ? Map.of() : dataset.settings();
        told.forEach((name, value) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            if (!OURS.contains(lower)) {
                settings.put(lower, value);
            }
        });
        String names = Stream.concat(NAMES.stream(), settings.keySet().stream())
                .distinct()
                .map(Sql::literal)
                .collect(Collectors.joining(", "));
        session.list(
                SETTINGS.formatted(names),
                row -> settings.put(row.getString(1).toLowerCase(Locale.ROOT), row.getString(2)));
        return settings;
    }
}
