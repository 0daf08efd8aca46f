package io.parallax.engine.postgres;

import java.util.Locale;
import java.util.Map;

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

    private TypeNames() {}

    /** Whether a type that is kept by this name may be called so. */
    public static boolean same(String kept, String called) {
        String name = called.strip().toLowerCase(Locale.ROOT);
        return kept.equals(called) || kept.equals(KEPT.getOrDefault(name, name));
    }
}
