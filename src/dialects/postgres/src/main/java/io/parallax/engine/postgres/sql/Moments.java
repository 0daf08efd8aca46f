package io.parallax.engine.postgres.sql;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The ends of PostgreSQL's timestamps. A column may hold one more than its literals can say: what is rounded up to the end
 * of the last year, which most functions refuse.
 */
public final class Moments {
    private static final String LAST = "294276-12-31 23:59:59.999999";

    private Moments() {}

    /** The last one that functions and literals take, of {@code timestamp} or {@code timestamptz}. */
    public static String last(String type) {
        return "'" + LAST + (type.equals("timestamptz") ? "Z" : "") + "'::" + type;
    }

    /** Rounded up to the end of the last year. */
    private static String end(String type) {
        return "'294276-12-31 23:59:59.9999" + (type.equals("timestamptz") ? "Z" : "") + "'::" + type + "(3)";
    }

    /** A timestamptz as a timestamp in UTC, whatever it is; an interval as zone costs next to nothing, a name much. */
    public static String utc(String instant) {
        return "case when %1$s = %2$s then %3$s else %4$s end"
                .formatted(instant, end("timestamptz"), end("timestamp"), inUtc(instant));
    }

    /** The same of one that is not the end of the last year. */
    public static String inUtc(String instant) {
        return "timezone('0'::interval, " + instant + ")";
    }

    /** Values as an array of their type, of whatever type they are. */
    public static String array(List<String> values, String type) {
        boolean hasEnd = type.startsWith("timestamp") && values.stream().anyMatch(Moments::isEnd);
        return hasEnd
                ? values.stream()
                        .map(value -> isEnd(value) ? end(type) : Sql.literal(value) + "::" + type)
                        .collect(Collectors.joining(", ", "array[", "]"))
                : Sql.arrayLiteral(values) + "::" + type + "[]";
    }

    private static boolean isEnd(String value) {
        return value.startsWith("294277-");
    }
}
