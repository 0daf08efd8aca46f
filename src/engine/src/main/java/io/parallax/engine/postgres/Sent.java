package io.parallax.engine.postgres;

import io.parallax.engine.schema.Column;
import io.parallax.engine.schema.ColumnType;
import io.parallax.engine.schema.Family;
import java.util.Locale;
import java.util.Set;

/**
 * A column in the form that its rows are sent in: equal values are the same bytes, others are not.
 *
 * @param sql the expression, over the dataset's own columns
 * @param encoding what its bytes mean, the same on both sides
 * @param orderBy what sorts rows by these bytes; empty where nothing does
 */
public record Sent(String sql, Encoding encoding, String orderBy) {
    /**
     * Longer texts and byte strings are sent as their beginning and their SHA-256, one sign longer than this: no shorter
     * value is like that, and a row's size is bounded.
     */
    static final int LONG = 1000;

    private static final int HEX_DIGITS = 64;
    private static final int HASH_BYTES = 32;
    private static final Set<String> PLAIN_TEXTS = Set.of("text", "varchar");

    /** The form of {@code own} where it is compared with {@code other} as a value. */
    public static Sent value(Column own, Column other) {
        Canonical canonical = Equality.value(own, other);
        Encoding encoding = encoding(own.type(), other.type());
        return new Sent(bounded(canonical, encoding, own.type().family() == Family.TEXT), encoding, "");
    }

    /** The form as part of a key. */
    public static Sent key(Column own, Column other) {
        Encoding encoding = encoding(own.type(), other.type());
        String column = Sql.identifier(own.name());
        Canonical canonical = Equality.key(own, other);
        if (encoding == Encoding.TEXT && orderedText(own) && orderedText(other)) {
            // Whole on both sides, as it is ordered whole; what an index takes is not large.
            return new Sent(canonical.sql(), encoding, column);
        }
        if (encoding == Encoding.BYTEA || encoding.order() == Encoding.Order.SIGNED || isFixed(encoding)) {
            return new Sent(canonical.sql(), encoding, column);
        }
        String text = bounded(canonical, Encoding.TEXT, own.type().family() == Family.TEXT);
        return new Sent(text, Encoding.TEXT, "convert_to(" + text + ", 'UTF8')");
    }

    private static boolean isFixed(Encoding encoding) {
        return encoding == Encoding.UUID || encoding == Encoding.BOOL;
    }

    private static boolean orderedText(Column column) {
        return column.codePointOrder() && PLAIN_TEXTS.contains(column.type().name());
    }

    private static Encoding encoding(ColumnType own, ColumnType other) {
        return switch (own.family()) {
            case NUMBER -> number(own, other);
            case BOOLEAN -> Encoding.BOOL;
            case DATE -> Encoding.DATE;
            case TIMESTAMP -> Encoding.TIMESTAMP;
            case TIMESTAMPTZ -> Encoding.TIMESTAMPTZ;
            case TIME -> Encoding.TIME;
            case UUID -> Encoding.UUID;
            case BINARY -> Encoding.BYTEA;
            case TEXT, INTERVAL, JSON, ARRAY, OTHER -> Encoding.TEXT;
        };
    }

    private static Encoding number(ColumnType own, ColumnType other) {
        if (own.isFloat() || other.isFloat()) {
            return Encoding.FLOAT8;
        }
        if (!own.isInteger() || !other.isInteger()) {
            return Encoding.NUMERIC;
        }
        return own.equals(other) ? Encoding.valueOf(own.name().toUpperCase(Locale.ROOT)) : Encoding.INT8;
    }

    private static String bounded(Canonical canonical, Encoding encoding, boolean isCheap) {
        if (encoding == Encoding.BYTEA) {
            return boundedBytes(canonical.sql());
        }
        if (encoding != Encoding.TEXT) {
            return canonical.sql();
        }
        String text = "(" + canonical.sql() + ")::text";
        return !canonical.wide() ? text : isCheap ? boundedText(text) : once(text);
    }

    /** Computed once, though it is looked at several times. */
    private static String once(String text) {
        return "(select " + boundedText("x") + " from (select " + text + " as x offset 0) y)";
    }

    /** In octets first, as they are known without looking at the text. */
    private static String boundedText(String text) {
        return ("case when octet_length(%1$s) > %2$d and length(%1$s) > %2$d"
                        + " then left(%1$s, %3$d) || encode(sha256(convert_to(%1$s, 'UTF8')), 'hex') else %1$s end")
                .formatted(text, LONG, LONG + 1 - HEX_DIGITS);
    }

    private static String boundedBytes(String bytes) {
        return "case when octet_length(%1$s) > %2$d then substr(%1$s, 1, %3$d) || sha256(%1$s) else %1$s end"
                .formatted(bytes, LONG, LONG + 1 - HASH_BYTES);
    }
}
