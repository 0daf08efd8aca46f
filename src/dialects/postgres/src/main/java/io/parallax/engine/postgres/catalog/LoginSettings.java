package io.parallax.engine.postgres.catalog;

import io.parallax.contract.Dataset;
import io.parallax.engine.postgres.session.PostgresSession;
import io.parallax.engine.postgres.sql.Sql;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What sessions of a login have set of that which may change what a user's filter means. */
record LoginSettings(PostgresSession session) {
    private static final Set<String> NAMES = Set.of(
            "backslash_quote",
            "bytea_output",
            "datestyle",
            "default_text_search_config",
            "extra_float_digits",
            "intervalstyle",
            "lc_numeric",
            "lc_time",
            "quote_all_identifiers",
            "timezone",
            "timezone_abbreviations",
            "transform_null_equals",
            "xmlbinary");

    /** What literals of ours need otherwise. */
    private static final Set<String> OURS = Set.of("array_nulls", "lc_monetary", "xmloption", "search_path");

    /** Names in quotes that have a dot, as those of settings that are anybody's own. */
    private static final Pattern OWN = Pattern.compile("'([A-Za-z_][\\w$]*(?:[.][A-Za-z_][\\w$]*)+)'");

    /**
     * Those that are anybody's own are not listed, so that they are asked for by name: those of role and database, whose functions may
     * read them, and those of the filter. What only an administrator may set is left out, as the script would fail.
     */
    private static final String SETTINGS =
            """
            select s.name, s.setting from pg_catalog.pg_settings s where lower(s.name) in (%1$s)
            union all
            select 'search_path', coalesce(string_agg(quote_ident(n), ', ' order by i), '')
            from unnest(current_schemas(false)) with ordinality u(n, i)
            union all
            select o.name, current_setting(o.name, true)
            from (select lower(split_part(c, '=', 1)) as name
                  from pg_catalog.pg_db_role_setting d, unnest(d.setconfig) c
                  where (d.setdatabase = 0::oid or d.setdatabase = (select b.oid from pg_catalog.pg_database b
                                                                    where b.datname = current_database()))
                    and (d.setrole = 0::oid or d.setrole = (select r.oid from pg_catalog.pg_roles r
                                                            where r.rolname = session_user))
                  union
                  select n from unnest(array[%1$s]) n) o
            where strpos(o.name, '.') > 0 and current_setting(o.name, true) is not null
              and not exists (select from pg_catalog.pg_settings s where lower(s.name) = o.name and s.context <> 'user')""";

    /** Of a dataset with a filter or without. */
    Map<String, String> of(Dataset dataset) {
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
        String names = Stream.of(NAMES.stream(), settings.keySet().stream(), own(dataset.filter()))
                .flatMap(each -> each)
                .distinct()
                .map(Sql::literal)
                .collect(Collectors.joining(", "));
        session.list(
                SETTINGS.formatted(names),
                row -> settings.put(row.getString(1).toLowerCase(Locale.ROOT), row.getString(2)));
        return settings;
    }

    private static Stream<String> own(String filter) {
        return OWN.matcher(filter).results().map(found -> found.group(1).toLowerCase(Locale.ROOT));
    }
}
