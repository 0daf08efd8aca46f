package io.parallax.engine.postgres.value;

import io.parallax.engine.dialect.CanonicalExpression;
import io.parallax.engine.postgres.sql.Sql;
import io.parallax.engine.row.WireColumn;
import io.parallax.engine.type.Column;
import io.parallax.engine.type.Equality;
import io.parallax.engine.type.Family;
import io.parallax.engine.type.WireForm;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Columns of PostgreSQL in the form that their rows are sent in. */
final class WireColumns {
    /** How many characters of a text that a rule looks into are sent whole. */
    private static final int LOOKED_INTO = 1 << 20;

    private static final int HEX_DIGITS = 64;
    private static final int HASH_BYTES = 32;
    private static final Set<String> PLAIN_TEXTS = Set.of("text", "varchar");

    private WireColumns() {}

    /** The form of {@code own} where it is compared with {@code other} as a value. */
    static WireColumn value(Column own, Column other) {
        CanonicalExpression expression = CanonicalForms.value(own, other);
        WireForm encoding = Equality.form(own.type(), other.type());
        return new WireColumn(
                bounded(expression, own, encoding, WireColumn.LONG), encoding, "", isBounded(expression, encoding));
    }

    /** The same with long texts whole, as far as that goes. */
    static WireColumn wholeValue(Column own, Column other) {
        CanonicalExpression expression = CanonicalForms.value(own, other);
        WireForm encoding = Equality.form(own.type(), other.type());
        return new WireColumn(
                bounded(expression, own, encoding, LOOKED_INTO),
                encoding,
                "",
                isBounded(expression, encoding),
                LOOKED_INTO);
    }

    /** The value as people see it: a long one by its beginning and its SHA-256, though it be sent whole. */
    static String shown(WireColumn column) {
        if (Boolean.TRUE.equals(column.shortens()) && column.longest() == null) {
            return column.sql();
        }
        return switch (column.encoding()) {
            case BYTEA -> boundedBytes("(" + column.sql() + ")", WireColumn.LONG);
            case TEXT -> once("(" + column.sql() + ")::text", WireColumn.LONG);
            default -> column.sql();
        };
    }

    /**
     * The form as part of a key.
     *
     * @param indexed whether both sides have an index on it, which may bring the rows in its order and holds no long value
     */
    static WireColumn key(Column own, Column other, boolean indexed) {
        return key(own, other, indexed, WireColumn.LONG, null);
    }

    /** The same with numbers whole, however many digits they have, so that their text may become one again. */
    static WireColumn keyToWrite(Column own, Column other, boolean indexed) {
        return own.type().family() == Family.NUMBER
                ? key(own, other, indexed, LOOKED_INTO, LOOKED_INTO)
                : key(own, other, indexed);
    }

    private static WireColumn key(Column own, Column other, boolean indexed, int most, @Nullable Integer longest) {
        WireForm encoding = Equality.form(own.type(), other.type());
        String column = Sql.identifier(own.name());
        CanonicalExpression expression = CanonicalForms.key(own, other);
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
