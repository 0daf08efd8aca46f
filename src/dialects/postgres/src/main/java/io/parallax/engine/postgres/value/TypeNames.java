package io.parallax.engine.postgres.value;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** The names that types go by; PostgreSQL keeps one of them, and shows another. */
public final class TypeNames {
    private static final Map<String, String> KEPT = Map.ofEntries(
            Map.entry("smallint", "int2"),
            Map.entry("integer", "int4"),
            Map.entry("int", "int4"),
            Map.entry("bigint", "int8"),
            Map.entry("decimal", "numeric"),
            Map.entry("real", "float4"),
            Map.entry("double precision", "float8"),
            Map.entry("float", "float8"),
            Map.entry("boolean", "bool"),
            Map.entry("character varying", "varchar"),
            Map.entry("character", "bpchar"),
            Map.entry("char", "bpchar"),
            Map.entry("bit varying", "varbit"),
            Map.entry("timestamp without time zone", "timestamp"),
            Map.entry("timestamp with time zone", "timestamptz"),
            Map.entry("time without time zone", "time"),
            Map.entry("time with time zone", "timetz"));

    private static final String DATABASE = "db:";
    private static final String ARRAY = "[]";
    private static final Pattern MODIFIER = Pattern.compile("\\s*\\([^)]*\\)");

    private TypeNames() {}

    /** Whether a type that is kept by this name may be called so; {@code db:} before it says that it is the database's name. */
    public static boolean same(String kept, String called) {
        String plain = called.strip();
        String own = plain.regionMatches(true, 0, DATABASE, 0, DATABASE.length())
                ? plain.substring(DATABASE.length()).strip()
                : plain;
        return kept.equals(called) || kept.equals(own) || kept.equalsIgnoreCase(kept(own.toLowerCase(Locale.ROOT)));
    }

    /** An array's type is its element's with an underscore before it; what is in parentheses is no part of a name. */
    private static String kept(String called) {
        String name = MODIFIER.matcher(called).replaceAll("");
        return name.endsWith(ARRAY)
                ? "_" + kept(name.substring(0, name.length() - ARRAY.length()).strip())
                : KEPT.getOrDefault(name, name);
    }
}
