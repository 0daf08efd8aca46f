package io.parallax.engine.postgres.value;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.parallax.engine.dialect.CanonicalExpression;
import io.parallax.engine.postgres.sql.Sql;
import io.parallax.engine.row.WireForm;
import io.parallax.engine.type.Column;
import io.parallax.engine.type.ColumnType;
import io.parallax.engine.type.Family;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A column in the form that its rows are sent in: equal values are the same bytes, others are not.
 *
 * @param sql the expression, over the dataset's own columns
 * @param encoding what its bytes mean, the same on both sides
 * @param orderBy what sorts rows by these bytes; empty where nothing does
 * @param shortens true where long values are sent as their beginning and their SHA-256; null where they are not
 * @param longest how many characters of a value are sent whole; null for {@link #LONG}
 */
public record WireColumn(
        String sql,
        WireForm encoding,
        String orderBy,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean shortens,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer longest) {
    /**
     * Longer texts and byte strings are sent as their beginning and their SHA-256, one character longer than this: no shorter
     * value is like that, and a row's size is bounded.
     */
    static final int LONG = 1000;

    /** The same for texts that a rule looks into. */
    private static final int LOOKED_INTO = 1 << 20;

    private static final int HEX_DIGITS = 64;
    private static final int HASH_BYTES = 32;
    private static final Set<String> PLAIN_TEXTS = Set.of("text", "varchar");

    /** With nothing longer than {@link #LONG} whole. */
    public WireColumn(String sql, WireForm encoding, String orderBy, @Nullable Boolean shortens) {
        this(sql, encoding, orderBy, shortens, null);
    }

    /** The form of {@code own} where it is compared with {@code other} as a value. */
    public static WireColumn value(Column own, Column other) {
        CanonicalExpression expression = Equality.value(own, other);
        WireForm encoding = encoding(own.type(), other.type());
        return new WireColumn(bounded(expression, own, encoding, LONG), encoding, "", isBounded(expression, encoding));
    }

    /** The same with long texts whole, as far as that goes. */
    public static WireColumn wholeValue(Column own, Column other) {
        CanonicalExpression expression = Equality.value(own, other);
        WireForm encoding = encoding(own.type(), other.type());
        return new WireColumn(
                bounded(expression, own, encoding, LOOKED_INTO),
                encoding,
                "",
                isBounded(expression, encoding),
                LOOKED_INTO);
    }

    /** The value as people see it: a long one by its beginning and its SHA-256, though it be sent whole. */
    public String shown() {
        if (Boolean.TRUE.equals(shortens) && longest == null) {
            return sql;
        }
        return switch (encoding) {
            case BYTEA -> boundedBytes("(" + sql + ")", LONG);
            case TEXT -> once("(" + sql + ")::text", LONG);
            default -> sql;
        };
    }

    /** How many characters of a value are sent whole. */
    int wholeCharacters() {
        return longest == null ? LONG : longest;
    }

    /**
     * The form as part of a key.
     *
     * @param indexed whether both sides have an index on it, which may bring the rows in its order and holds no long value
     */
    public static WireColumn key(Column own, Column other, boolean indexed) {
        return key(own, other, indexed, LONG, null);
    }

    /** The same with numbers whole, however many digits they have, so that their text may become one again. */
    public static WireColumn keyToWrite(Column own, Column other, boolean indexed) {
        return own.type().family() == Family.NUMBER
                ? key(own, other, indexed, LOOKED_INTO, LOOKED_INTO)
                : key(own, other, indexed);
    }

    private static WireColumn key(Column own, Column other, boolean indexed, int most, @Nullable Integer longest) {
        WireForm encoding = encoding(own.type(), other.type());
        String column = Sql.identifier(own.name());
        CanonicalExpression expression = Equality.key(own, other);
        boolean ordered =
                encoding == WireForm.BYTEA || (encoding == WireForm.TEXT && orderedText(own) && orderedText(other));
        if (encoding.order() == WireForm.Order.SIGNED || isFixed(encoding) || (ordered && indexed)) {
            // Whole, as it is ordered whole.
            return new WireColumn(expression.sql(), encoding, column, null);
        }
        if (encoding == WireForm.BYTEA) {
            String bytes = bounded(expression, own, encoding, most);
            return new WireColumn(bytes, encoding, bytes, true, longest);
        }
        String text = encoding == WireForm.FLOAT8
                ? Texts.ofType(expression.sql(), "float8")
                : bounded(expression, own, WireForm.TEXT, most);
        return new WireColumn(
                text, WireForm.TEXT, "convert_to(" + text + ", 'UTF8')", isBounded(expression, WireForm.TEXT), longest);
    }

    private static @Nullable Boolean isBounded(CanonicalExpression expression, WireForm encoding) {
        return encoding == WireForm.BYTEA || (encoding == WireForm.TEXT && expression.wide()) ? true : null;
    }

    private static boolean isFixed(WireForm encoding) {
        return encoding == WireForm.UUID || encoding == WireForm.BOOL;
    }

    private static boolean orderedText(Column column) {
        return column.codePointOrder() && PLAIN_TEXTS.contains(column.type().name());
    }

    private static WireForm encoding(ColumnType own, ColumnType other) {
        return switch (own.family()) {
            case NUMBER -> number(own, other);
            case BOOLEAN -> WireForm.BOOL;
            case DATE -> WireForm.DATE;
            case TIMESTAMP -> WireForm.TIMESTAMP;
            case TIMESTAMPTZ -> WireForm.TIMESTAMPTZ;
            case TIME -> WireForm.TIME;
            case UUID -> WireForm.UUID;
            case BINARY -> WireForm.BYTEA;
            case TEXT, INTERVAL, JSON, ARRAY, OTHER -> WireForm.TEXT;
        };
    }

    static WireForm number(ColumnType own, ColumnType other) {
        if (own.isFloat() || other.isFloat()) {
            return WireForm.FLOAT8;
        }
        if (!own.isInteger() || !other.isInteger()) {
            return WireForm.NUMERIC;
        }
        return own.equals(other) ? WireForm.valueOf(own.name().toUpperCase(Locale.ROOT)) : WireForm.INT8;
    }

    private static String bounded(CanonicalExpression expression, Column own, WireForm encoding, int longest) {
        if (encoding == WireForm.BYTEA) {
            return boundedBytes(expression.sql(), longest);
        }
        if (encoding != WireForm.TEXT) {
            return expression.sql();
        }
        String text = "(" + expression.sql() + ")::text";
        if (!expression.wide()) {
            return text;
        }
        if (own.type().unchecked()) {
            return AnyBytes.bounded(text, longest, longest + 1 - HEX_DIGITS);
        }
        return own.type().family() == Family.TEXT && !own.type().isPartlyMapped()
                ? boundedText(text, longest)
                : once(text, longest);
    }

    /** Computed once, though it is looked at several times. */
    private static String once(String text, int longest) {
        return "(select " + boundedText("x", longest) + " from (select " + text + " as x offset 0) y)";
    }

    /** In octets first, as they are known without looking at the text. */
    private static String boundedText(String text, int longest) {
        return ("case when octet_length(%1$s) > %2$d and length(%1$s) > %2$d"
                        + " then left(%1$s, %3$d) || encode(sha256(convert_to(%1$s, 'UTF8')), 'hex') else %1$s end")
                .formatted(text, longest, longest + 1 - HEX_DIGITS);
    }

    private static String boundedBytes(String bytes, int longest) {
        return "case when octet_length(%1$s) > %2$d then substr(%1$s, 1, %3$d) || sha256(%1$s) else %1$s end"
                .formatted(bytes, longest, longest + 1 - HASH_BYTES);
    }
}
