package io.parallax.engine.postgres.catalog;

import io.parallax.contract.DiffFailedException;
import io.parallax.engine.postgres.session.PostgresSession;
import io.parallax.engine.postgres.session.SqlFailures;
import io.parallax.engine.postgres.sql.Sql;
import io.parallax.engine.type.Access;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Finds out what a user's SQL lacks that the database has refused: by the names in it, from the catalog. */
final class Diagnosis {
    private static final String DENIED = "42501";
    private static final Set<String> MISSING = Set.of("42P01", "3F000");
    private static final Pattern NAME = Pattern.compile("\"((?:[^\"]|\"\")+)\"|[\\p{L}_][\\p{L}\\p{N}_$]*");

    /** A name may be any other thing as well, so these are only relations that could be meant. */
    private static final String RELATIONS =
            """
            select n.nspname, c.relname, current_user, has_schema_privilege(n.oid, 'usage'), array(
                     select quote_ident(a.attname) from pg_catalog.pg_attribute a
                     where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
                       and (%2$s or a.attname = any(%1$s::text[]))
                       and not has_column_privilege(c.oid, a.attnum, 'select') order by a.attnum limit 21)::text[],
                   has_any_column_privilege(c.oid, 'select')
            from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
            where c.relkind in ('r', 'p', 'v', 'm', 'f') and c.relname = any(%1$s::text[])
              and (n.nspname = any(%1$s::text[]) or pg_table_is_visible(c.oid))
              and not (has_schema_privilege(n.oid, 'usage') and has_table_privilege(c.oid, 'select'))
            order by 1, 2 limit 3""";

    private static final String SIMILAR =
            """
            select n.nspname, c.relname from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
            where c.relkind in ('r', 'p', 'v', 'm', 'f') and strpos(n.nspname, 'pg_') <> 1
              and n.nspname <> 'information_schema' and not c.relispartition
              and lower(c.relname) = any(%1$s::text[]) and not coalesce(pg_table_is_visible(c.oid), false)
            order by 1, 2 limit 3""";

    private final PostgresSession session;

    Diagnosis(PostgresSession session) {
        this.session = session;
    }

    /** The same failure, with what would help; as it is where nothing more is known. */
    DiffFailedException of(DiffFailedException failure, String sql) {
        String state = SqlFailures.state(failure);
        if (!state.equals(DENIED) && !MISSING.contains(state)) {
            return failure;
        }
        try {
            session.restart();
            String help = state.equals(DENIED) ? grants(sql) : similar(sql);
            return help.isEmpty() ? failure : failure.saying(failure.failure().message() + help);
        } catch (DiffFailedException e) {
            return failure;
        }
    }

    private String grants(String sql) {
        return session
                .list(
                        RELATIONS.formatted(Sql.arrayLiteral(List.copyOf(names(sql))), sql.contains("*")),
                        row -> new Denied(
                                new Access(row.getString(3), row.getString(1), row.getString(2), row.getBoolean(4)),
                                List.of((String[]) row.getArray(5).getArray()),
                                row.getBoolean(6)))
                .stream()
                .map(Denied::sentence)
                .collect(Collectors.joining());
    }

    private String similar(String sql) {
        List<String> lower =
                names(sql).stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
        List<String> found = session.list(
                SIMILAR.formatted(Sql.arrayLiteral(lower)),
                row -> Sql.identifier(row.getString(1)) + "." + Sql.identifier(row.getString(2)));
        return found.isEmpty() ? "" : " There is " + String.join(", ", found) + ".";
    }

    /** As the database would take them. */
    private static Set<String> names(String sql) {
        Set<String> names = new LinkedHashSet<>();
        Matcher matcher = NAME.matcher(sql);
        while (matcher.find()) {
            String quoted = matcher.group(1);
            names.add(quoted == null ? matcher.group().toLowerCase(Locale.ROOT) : quoted.replace("\"\"", "\""));
        }
        return names;
    }

    /** A relation that the login may not read, or not all of it. */
    private record Denied(Access access, List<String> columns, boolean any) {
        private static final int MOST_NAMES = 20;

        String sentence() {
            if (!access.usesSchema()) {
                return " " + Grant.ofSchema(access) + ".";
            }
            boolean some = any && !columns.isEmpty() && columns.size() <= MOST_NAMES;
            return " The login " + access.login() + " may not read "
                    + (some ? String.join(", ", columns) + " of " : any ? "all of " : "") + access.schema() + "."
                    + access.table() + "; "
                    + Grant.select(some ? columns.stream().collect(Collectors.joining(", ", " (", ")")) : "", access)
                    + ".";
        }
    }
}
