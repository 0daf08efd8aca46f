package io.parallax.engine.postgres.value;

import io.parallax.engine.postgres.sql.Moments;
import io.parallax.engine.postgres.sql.Sql;
import io.parallax.engine.type.ColumnType;
import io.parallax.engine.type.ColumnType.Part;
import io.parallax.engine.type.Family;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Texts as PostgreSQL writes them itself under {@linkplain Texts#STANDARD_SETTINGS its standard settings}, whatever those of a session:
 * of values that are made of others. Each value is made once, as {@code v}, in a query of its own.
 */
final class StandardTexts {
    private static final String INSTANT =
            """
            case when isfinite(v) then replace(translate(to_jsonb(%s) #>> '{}', 'T', ' ') || '+00', ' BC+00', '+00 BC')
                 else v::text end""";

    private static final String MONEY =
            """
            case when v < 0 then '-' else '' end || '$' || to_char(abs(v), 'FM999,999,999,999,999,990.00')""";

    /** What is in a range needs quotes for these. */
    private static final String BOUND =
            """
            (select case when b = '' or b ~ '[][(),"\\\\[:space:]]'
                then '"' || replace(replace(b, '\\', '\\\\'), '"', '""') || '"' else b end
             from (select %s as b offset 0) q)""";

    private static final String RANGE =
            """
            case when isempty(v) then 'empty' when v is not null then case when lower_inc(v) then '[' else '(' end
                || coalesce(%s, '') || ',' || coalesce(%s, '') || case when upper_inc(v) then ']' else ')' end end""";

    private static final String MULTIRANGE =
            """
            case when v is not null then '{' || coalesce((select string_agg(%s, ',' order by u.i)
                from unnest(v) with ordinality u(e, i)), '') || '}' end""";

    /** Where an array's dimension begins or ends there are braces; in select lists composites do not fall apart. */
    private static final String ARRAY =
            """
            case when v is not null then case when array_dims(v) ~ '[[]([^1]|1[^:])[^:]*:' then array_dims(v) || '=' else '' end
                || '{' || coalesce((select string_agg(repeat('{', %1$s) || %2$s || repeat('}', %3$s), '%4$s' order by i)
                    from (select i, %5$s as w
                          from (select unnest(v) as e, generate_series(0, cardinality(v) - 1) as i offset 0) u offset 0) t), '')
                || '}' end""";

    /** How many of the inner dimensions so many elements fill. */
    private static final String FILLED =
            """
            (select count(*) from generate_series(2, array_ndims(v)) j
             where %s %% (array_length(v, j) * coalesce(array_length(v, j + 1), 1) * coalesce(array_length(v, j + 2), 1)
                 * coalesce(array_length(v, j + 3), 1) * coalesce(array_length(v, j + 4), 1)) = 0)::int""";

    private StandardTexts() {}

    /** Of an expression of that type. */
    static String of(String sql, ColumnType type) {
        if (Texts.ofOwn(type).isEmpty()) {
            return plain(sql);
        }
        return switch (type.family()) {
            case DATE -> "(to_jsonb(" + sql + ") #>> '{}')";
            case TIMESTAMP -> "translate(to_jsonb(" + sql + ") #>> '{}', 'T', ' ')";
            case TIMESTAMPTZ -> each(sql, INSTANT.formatted(Moments.utc("v")));
            case INTERVAL, BINARY -> Texts.ofType(sql, type.name());
            case NUMBER -> Shorthand.digits(sql, type.name());
            case ARRAY -> array(sql, Objects.requireNonNull(type.element()));
            case OTHER -> other(sql, type);
            default -> plain(sql);
        };
    }

    private static String other(String sql, ColumnType type) {
        return switch (type.structure()) {
            case COMPOSITE -> each(sql, composite(type));
            case RANGE -> each(sql, range(type.parts().get(0).type()));
            case MULTIRANGE -> each(
                    sql, MULTIRANGE.formatted(of("u.e", type.parts().get(0).type())));
            case OWN -> builtIn(sql, type.name());
        };
    }

    private static String builtIn(String sql, String type) {
        return switch (type) {
            case "money" -> each("(" + Texts.money(sql) + ")", MONEY);
            case "daterange" -> each(sql, range(ColumnType.plain(Family.DATE, "date")));
            case "tsrange" -> each(sql, range(ColumnType.plain(Family.TIMESTAMP, "timestamp")));
            case "tstzrange" -> each(sql, range(ColumnType.plain(Family.TIMESTAMPTZ, "timestamptz")));
            case "datemultirange" -> multirange(sql, "daterange");
            case "tsmultirange" -> multirange(sql, "tsrange");
            case "tstzmultirange" -> multirange(sql, "tstzrange");
            default -> Texts.GEOMETRIC.contains(type) ? Shorthand.digits(sql, type) : Texts.nameOrPlain(sql, type);
        };
    }

    private static String multirange(String sql, String range) {
        return each(sql, MULTIRANGE.formatted(builtIn("u.e", range)));
    }

    private static String range(ColumnType bound) {
        return RANGE.formatted(BOUND.formatted(of("lower(v)", bound)), BOUND.formatted(of("upper(v)", bound)));
    }

    /** One of NULLs is none to IS NULL. */
    private static String composite(ColumnType type) {
        return type.parts().stream()
                .map(StandardTexts::column)
                .collect(Collectors.joining(", ", "case when num_nonnulls(v) = 1 then row(", ")::text end"));
    }

    private static String column(Part part) {
        String value = "(v)." + Sql.identifier(part.name());
        return Texts.ofOwn(part.type()).isEmpty() ? value : of(value, part.type());
    }

    private static String array(String sql, ColumnType element) {
        // Its elements are set apart by another character, and never quoted.
        boolean isOfBoxes = element.name().equals("box");
        String text = of("e", element);
        return each(
                sql,
                ARRAY.formatted(
                        FILLED.formatted("i"),
                        isOfBoxes ? "w" : "substr(w, 2, length(w) - 2)",
                        FILLED.formatted("(i + 1)"),
                        isOfBoxes ? ";" : ",",
                        isOfBoxes ? "coalesce(" + text + ", 'NULL')" : "(array[" + text + "])::text"));
    }

    private static String each(String sql, String text) {
        return "(select " + text + " from (select " + sql + " as v offset 0) n)";
    }

    private static String plain(String sql) {
        return "(" + sql + ")::text";
    }
}
