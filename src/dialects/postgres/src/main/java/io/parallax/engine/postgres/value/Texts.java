package io.parallax.engine.postgres.value;

import io.parallax.engine.postgres.sql.Moments;
import io.parallax.engine.type.ColumnType;
import io.parallax.engine.type.ColumnType.Structure;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Texts of values that depend on no setting of a session, such as DateStyle, IntervalStyle, TimeZone, extra_float_digits,
 * bytea_output or lc_monetary; PostgreSQL reads them all.
 *
 * <p>Days and times are in ISO 8601, instants in UTC; intervals as PostgreSQL writes them unless it is told otherwise; floats in as
 * many digits as it takes, 15 to 17.
 */
public final class Texts {
    private static final Set<String> DAYS_AND_TIMES = Set.of("daterange", "tsrange", "tstzrange");

    private static final Set<String> MULTIRANGES = Set.of("datemultirange", "tsmultirange", "tstzmultirange");

    /** Whose text is the same under all settings. */
    private static final Set<String> SETTLED = Set.of(
            "int4range",
            "int8range",
            "numrange",
            "int4multirange",
            "int8multirange",
            "nummultirange",
            "timetz",
            "inet",
            "cidr",
            "macaddr",
            "macaddr8",
            "bit",
            "varbit",
            "xml",
            "tsvector",
            "tsquery",
            "aclitem",
            "pg_lsn",
            "oid",
            "xid",
            "xid8",
            "cid",
            "tid",
            "jsonpath",
            "txid_snapshot",
            "pg_snapshot");

    /** Whose text holds numbers with a floating point, and nothing else that depends on settings. */
    static final Set<String> GEOMETRIC = Set.of("point", "line", "lseg", "box", "path", "polygon", "circle");

    /** Whose text is a name along the search_path, and the catalogs of what they name. */
    private static final Map<String, String> NAMES = Map.of(
            "regclass", "pg_class",
            "regprocedure", "pg_proc",
            "regoperator", "pg_operator",
            "regtype", "pg_type",
            "regcollation", "pg_collation",
            "regconfig", "pg_ts_config",
            "regdictionary", "pg_ts_dict");

    private static final String DAYS = "DateStyle";

    private static final String ZONE = "TimeZone";

    private static final String FLOAT_DIGITS = "extra_float_digits";

    static final Map<String, String> STANDARD_SETTINGS = Map.of(
            DAYS,
            "ISO",
            "IntervalStyle",
            "postgres",
            ZONE,
            "UTC",
            FLOAT_DIGITS,
            "3",
            "bytea_output",
            "hex",
            "lc_monetary",
            "C");

    private static final String FLOAT =
            """
            (select case when v - v <> 0 then v::text
                 when abs(v) >= 1e15 or abs(v) < 1e-5 and v <> 0 then ltrim(to_char(v, '9.9999999999999999EEEE'))
                 when v::numeric::float8 = v then v::numeric::text
                 when to_char(v, '9.999999999999999EEEE')::float8 = v
                 then trim_scale(to_char(v, '9.999999999999999EEEE')::numeric)::text
                 else trim_scale(to_char(v, '9.9999999999999999EEEE')::numeric)::text end
             from (select %s as v offset 0) n)""";

    /** Shorter, as doubles of exact numbers are long enough and plans have to fit into messages. */
    private static final String DIGITS =
            "(select case when v-v=0 then to_char(v,'9.9999999999999999EEEE')else v::text end"
                    + " from(select %s as v offset 0)n)";

    private static final String INTERVAL =
            """
            (select case when not isfinite(v) then v::text when v is not null then ltrim(
                 case when y <> 0 then ' ' || y::text || ' year' || case when y = 1 then '' else 's' end else '' end
                 || case when m <> 0 then ' ' || m::text || ' mon' || case when m = 1 then '' else 's' end else '' end
                 || case when d <> 0 then ' ' || case when y + m < 0 and d > 0 then '+' else '' end || d::text || ' day'
                      || case when d = 1 then '' else 's' end else '' end
                 || case when h <> 0 or i <> 0 or u <> 0 or y = 0 and m = 0 and d = 0 then ' '
                      || case when h < 0 or i < 0 or u < 0 then '-' when d < 0 or d = 0 and y + m < 0 then '+' else '' end
                      || case when abs(h) < 10 then '0' else '' end || abs(h)::text
                      || ':' || lpad(abs(i)::text, 2, '0') || ':' || lpad((abs(u) / 1000000)::text, 2, '0')
                      || case when u %% 1000000 = 0 then '' else '.' || rtrim(lpad((abs(u) %% 1000000)::text, 6, '0'), '0') end
                    else '' end) end
             from (select v, case when isfinite(v) then extract(year from v)::int8 end as y,
                          case when isfinite(v) then extract(month from v)::int8 end as m,
                          case when isfinite(v) then extract(day from v)::int8 end as d,
                          case when isfinite(v) then extract(hour from v)::int8 end as h,
                          case when isfinite(v) then extract(minute from v)::int8 end as i,
                          case when isfinite(v) then extract(microseconds from v)::int8 end as u
                   from (select (%s)::interval as v offset 0) n offset 0) f)""";

    private Texts() {}

    /** Of an expression of that type. */
    public static String of(String sql, ColumnType type) {
        return switch (type.family()) {
            case NUMBER -> type.isFloat() ? number(sql) : plain(sql);
            case DATE, TIMESTAMP, TIMESTAMPTZ, INTERVAL, BINARY -> ofType(sql, type.name());
            case OTHER -> isRewritten(type.name()) ? rewritten(sql, type.name()) : StandardTexts.of(sql, type);
            default -> plain(sql);
        };
    }

    /** Of an expression of a built-in type of that name. */
    static String ofType(String sql, String type) {
        return switch (type) {
            case "float4", "float8" -> number(sql);
            case "date", "timestamp" -> "(to_jsonb(" + sql + ") #>> '{}')";
            case "timestamptz" -> instant(sql);
            case "interval" -> INTERVAL.formatted(sql);
            case "bytea" -> "('\\x' || encode(" + sql + ", 'hex'))";
            default -> plain(sql);
        };
    }

    /** Of a double that the other side makes of an exact number, or this one. */
    static String digits(String sql) {
        return DIGITS.formatted(sql);
    }

    /** A literal of an array of days or times, in ISO 8601. */
    private static String array(String sql) {
        return "(coalesce(array_dims(%1$s) || '=', '') || translate(to_json(%1$s)::text, '[]', '{}'))".formatted(sql);
    }

    /** What an expression is to be written as, so that it can be read back. */
    static String written(String sql, ColumnType type) {
        return dependsOnSettings(type)
                ? of(sql, type)
                : isOfTimes(type) ? array(sql) : ofOwn(type).isEmpty() ? sql : StandardTexts.of(sql, type);
    }

    private static boolean isOfTimes(ColumnType type) {
        ColumnType element = type.element();
        return element != null
                && switch (element.family()) {
                    case DATE, TIMESTAMP, TIMESTAMPTZ -> true;
                    default -> false;
                };
    }

    private static String number(String sql) {
        return FLOAT.formatted(sql);
    }

    private static String plain(String sql) {
        return "(" + sql + ")::text";
    }

    /** An era comes last. */
    private static String instant(String sql) {
        return ("(case when isfinite(%1$s) then replace((to_jsonb(%2$s) #>> '{}') || 'Z', ' BCZ', 'Z BC')"
                        + " else (%1$s)::text end)")
                .formatted(sql, Moments.utc(sql));
    }

    private static String rewritten(String sql, String type) {
        return type.equals("money")
                ? "(" + money(sql) + ")::text"
                : DAYS_AND_TIMES.contains(type) ? range(sql, type) : nameOrPlain(sql, type);
    }

    /** As a number. Quotients have 16 digits, which would be too few for large ones. */
    static String money(String sql) {
        return "(('x' || encode(cash_send(" + sql + "), 'hex'))::bit(64)::int8)::numeric * 0.01";
    }

    static String nameOrPlain(String sql, String type) {
        String catalog = NAMES.get(type);
        return catalog == null ? plain(sql) : name(sql, catalog);
    }

    /** With its schema; what names nothing is a number, or a dash. */
    private static String name(String sql, String catalog) {
        return ("(case when (%1$s)::text ~ '^(-|[0-9]+)$' then (%1$s)::text else (select o.identity"
                        + " from pg_identify_object('pg_catalog.%2$s'::regclass, (%1$s)::oid, 0) o) end)")
                .formatted(sql, catalog);
    }

    /** Whether our text of a type is another one than PostgreSQL's. */
    private static boolean isRewritten(String type) {
        return type.equals("money") || DAYS_AND_TIMES.contains(type) || NAMES.containsKey(type);
    }

    private static String range(String sql, String type) {
        String bound = type.equals("daterange") ? "date" : type.equals("tsrange") ? "timestamp" : "timestamptz";
        return ("(case when isempty(%1$s) then 'empty' when %1$s is not null then case when lower_inc(%1$s) then '[' else '(' end"
                        + " || coalesce(%2$s, '') || ',' || coalesce(%3$s, '')"
                        + " || case when upper_inc(%1$s) then ']' else ')' end end)")
                .formatted(sql, ofType("lower(" + sql + ")", bound), ofType("upper(" + sql + ")", bound));
    }

    /** Whether PostgreSQL's own text of a type depends on settings, so that an array of it is to be taken apart. */
    static boolean dependsOnSettings(ColumnType type) {
        return switch (type.family()) {
            case DATE, TIMESTAMP, TIMESTAMPTZ, INTERVAL, BINARY -> true;
            case NUMBER -> type.isFloat();
            case OTHER -> isRewritten(type.name());
            default -> false;
        };
    }

    /**
     * The settings that what values of a type are compared as, or written as, may depend on, as only PostgreSQL can write their text, with
     * the values that they are to have.
     */
    static Map<String, String> settings(ColumnType type) {
        return switch (type.family()) {
            case ARRAY -> settings(Objects.requireNonNull(type.element()));
            case OTHER -> type.structure() == Structure.OWN ? ofUnwritten(type) : ofParts(type, Texts::settings);
            default -> Map.of();
        };
    }

    private static Map<String, String> ofUnwritten(ColumnType type) {
        return isRewritten(type.name()) || GEOMETRIC.contains(type.name()) || MULTIRANGES.contains(type.name())
                ? Map.of()
                : ofOwn(type);
    }

    private static Map<String, String> ofParts(ColumnType type, Function<ColumnType, Map<String, String>> settings) {
        Map<String, String> all = new TreeMap<>();
        type.parts().forEach(part -> all.putAll(settings.apply(part.type())));
        return all;
    }

    /** The settings that PostgreSQL's own text of a type depends on, with the standard values. */
    static Map<String, String> ofOwn(ColumnType type) {
        return switch (type.family()) {
            case ARRAY -> ofOwn(Objects.requireNonNull(type.element()));
            case DATE, TIMESTAMP -> standard(DAYS);
            case TIMESTAMPTZ -> standard(DAYS, ZONE);
            case INTERVAL -> standard("IntervalStyle");
            case BINARY -> standard("bytea_output");
            case NUMBER -> type.isFloat() ? standard(FLOAT_DIGITS) : Map.of();
            case OTHER -> ofOther(type);
            default -> Map.of();
        };
    }

    private static Map<String, String> ofOther(ColumnType type) {
        if (type.structure() != Structure.OWN || !type.parts().isEmpty()) {
            return ofParts(type, Texts::ofOwn);
        }
        return switch (type.name()) {
            case "money" -> standard("lc_monetary");
            case "daterange", "tsrange", "datemultirange", "tsmultirange" -> standard(DAYS);
            case "tstzrange", "tstzmultirange" -> standard(DAYS, ZONE);
            default -> SETTLED.contains(type.name())
                    ? Map.of()
                    : GEOMETRIC.contains(type.name()) ? standard(FLOAT_DIGITS) : STANDARD_SETTINGS;
        };
    }

    private static Map<String, String> standard(String... names) {
        return Stream.of(names)
                .collect(Collectors.toMap(name -> name, name -> Objects.requireNonNull(STANDARD_SETTINGS.get(name))));
    }
}
