package io.parallax.engine.postgres.sql;

import io.parallax.contract.DiffFailedException;
import io.parallax.contract.ErrorType;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** Names and values as SQL text. */
public final class Sql {
    private Sql() {}

    /** A name, quoted; case and every character in it count. */
    public static String identifier(String name) {
        return '"' + sendable(name).replace("\"", "\"\"") + '"';
    }

    /** A string, quoted, for sessions with standard_conforming_strings on. */
    public static String literal(String text) {
        return '\'' + sendable(text).replace("'", "''") + '\'';
    }

    /** An array's text, quoted; still to be cast to its type. */
    public static String arrayLiteral(List<String> elements) {
        return literal(elements.stream().map(Sql::element).collect(Collectors.joining(",", "{", "}")));
    }

    /** A text as an element of an array's text. */
    static String element(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    /** Whole numbers as an array of its own type. */
    public static String int8Array(List<Long> numbers) {
        return int8Array(numbers.stream().mapToLong(Long::longValue));
    }

    /** The numbers as an array's literal. */
    public static String int8Array(LongStream numbers) {
        return numbers.mapToObj(String::valueOf).collect(Collectors.joining(",", "'{", "}'::int8[]"));
    }

    private static String sendable(String text) {
        if (text.indexOf('\0') >= 0) {
            throw new DiffFailedException(
                    ErrorType.QUERY_ERROR, "A name or value holds a NUL character, which no database takes.");
        }
        return text;
    }
}
