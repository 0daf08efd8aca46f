package io.parallax.engine.postgres.value;

import io.parallax.engine.dialect.CanonicalExpression;
import io.parallax.engine.dialect.HashInput;
import io.parallax.engine.postgres.hash.ColumnHash;
import io.parallax.engine.postgres.sql.Sql;
import io.parallax.engine.type.Column;
import io.parallax.engine.type.ColumnType;
import io.parallax.engine.type.Family;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The canonical form of PostgreSQL's values: each column of a pair gets an expression for its
 * {@link CanonicalExpression}, as {@link io.parallax.engine.type.Equality} has it.
 *
 * <p>The texts, by family. Number: integers as such; exact numbers without trailing zeros; floats, and exact numbers
 * compared with floats, as the shortest text of the double, with one zero and one NaN. Text: as is, char without its
 * trailing blanks. Json: jsonb's text, fractions without trailing zeros; a {@link JsonText json text that is no
 * jsonb value} as it is. Array of what needs no change: PostgreSQL's
 * text; other arrays: dimensions, a colon, the canonical elements as text[]. All else: PostgreSQL's text, or where that
 * depends on settings, that of {@link Texts}.
 */
public final class CanonicalForms {
    /** 2^1024 - 2^970. Powers, which the database computes once a query: in digits they would make plans too long to send. */
    private static final String DOUBLE_OVERFLOW = "2::numeric ^ 970 * 18014398509481983";

    /** 2^-1075. */
    private static final String DOUBLE_UNDERFLOW = "5::numeric ^ 1075 * 1e-1075";

    /** What texts of values have to be read back with. */
    public static final Map<String, String> STANDARD_SETTINGS = Texts.STANDARD_SETTINGS;

    private static final String JSON_STRINGS_AND_FRACTIONS =
            "'(\"(?:[^\"\\\\]|\\\\.)*\")|(\\.\\d*[1-9])0+(?!\\d)|\\.0+(?!\\d)'";

    private CanonicalForms() {}

    /** The canonical form of {@code own} where it is compared with {@code other} as a value. */
    public static CanonicalExpression value(Column own, Column other) {
        boolean sameScale = own.storedModifier() != Column.NO_MODIFIER
                && own.storedModifier() == other.storedModifier()
                && own.type().equals(other.type());
        String column = own.anyOrder() ? sorted(own, other) : Sql.identifier(own.name());
        String checked = sameScale && own.type().name().equals("numeric")
                ? column + "::numeric"
                : value(column, own.type(), other.type());
        String sql = own.type().unchecked()
                ? Shorthand.anyBytes(checked)
                : own.type().isPartlyMapped() ? Shorthand.mapped(checked) : checked;
        // Of the pair, as both sides must treat it alike.
        return new CanonicalExpression(sql, isWide(own.type()) || isWide(other.type()), hashed(own, other, sql));
    }

    /**
     * The canonical form as part of a key. PostgreSQL's own = must agree with it, as keys are grouped; so what = sees
     * differently, or not at all, is text here.
     */
    public static CanonicalExpression key(Column own, Column other) {
        CanonicalExpression value = value(own, other);
        String sql = own.type().family() == Family.ARRAY ? text(value.sql()) : value.sql();
        // Rows with a NULL in their key are left out.
        HashInput present = new HashInput(value.hashed().link(), value.hashed().sql(), null);
        return new CanonicalExpression(sql, value.wide(), present);
    }

    /**
     * The settings of sessions that can change what values of such a type are compared as, or {@link #written} as, with the values that
     * they are to have; none of most types.
     */
    public static Map<String, String> settings(ColumnType type) {
        return Texts.settings(type);
    }

    /** A column to be written as text and read back with {@link #STANDARD_SETTINGS}, whatever the session's settings but the next ones. */
    public static String written(Column column) {
        return Shorthand.written(Texts.written(Sql.identifier(column.name()), column.type()));
    }

    /** The text of an expression of a built-in type, whatever the session's settings. */
    public static String text(String sql, String type) {
        return Texts.ofType(sql, type);
    }

    /** The text of an expression as it is, ordered by its code points. */
    public static String text(String sql) {
        return "(" + sql + ")::text collate \"C\"";
    }

    private static HashInput hashed(Column own, Column other, String canonical) {
        String nullTest = own.notNull() ? null : Sql.identifier(own.name()) + " is null";
        return switch (own.type().family()) {
            case NUMBER -> hashedNumber(own, other.type(), canonical, nullTest);
            case BOOLEAN -> new HashInput(ColumnHash.BOOLEAN.name(), canonical, nullTest);
            case DATE -> new HashInput(ColumnHash.DATE.name(), canonical, nullTest);
            case TIMESTAMP -> new HashInput(ColumnHash.TIMESTAMP.name(), canonical, nullTest);
            case TIMESTAMPTZ -> new HashInput(ColumnHash.TIMESTAMPTZ.name(), canonical, nullTest);
            case TIME -> new HashInput(ColumnHash.TIME.name(), canonical, nullTest);
            case UUID -> new HashInput(ColumnHash.UUID.name(), canonical, nullTest);
            case BINARY -> new HashInput(ColumnHash.BYTES.name(), canonical, nullTest);
                // Whose NULL only the text tells for sure, and twice the text would cost more than this.
            case OTHER -> new HashInput(ColumnHash.TEXT.name(), "coalesce('v' || " + canonical + ", '')", null);
            default -> new HashInput(ColumnHash.TEXT.name(), text(canonical), nullTest);
        };
    }

    private static HashInput hashedNumber(Column own, ColumnType other, String canonical, @Nullable String nullTest) {
        ColumnType type = own.type();
        String column = Sql.identifier(own.name());
        if (type.isFloat() || other.isFloat()) {
            return new HashInput(ColumnHash.FLOAT8.name(), type.isFloat() ? column + "::float8" : canonical, nullTest);
        }
        if (type.isInteger() && other.isInteger()) {
            boolean small = !type.name().equals("int8") && !other.name().equals("int8");
            return new HashInput(
                    (small ? ColumnHash.INT4 : ColumnHash.INT8).name(),
                    column + (small ? "::int4" : "::int8"),
                    nullTest);
        }
        boolean finite = type.isInteger() || own.storedModifier() != Column.NO_MODIFIER;
        return new HashInput(
                (finite ? ColumnHash.FINITE_NUMERIC : ColumnHash.NUMERIC).name(), column + "::numeric", nullTest);
    }

    /** Its elements in the order of their canonical texts, NULLs last, in one dimension. */
    private static String sorted(Column own, Column other) {
        return ("(case when %1$s is null then null else coalesce((select array_agg(u.e order by %2$s collate \"C\")"
                        + " from unnest(%1$s) u(e)), %1$s) end)")
                .formatted(Sql.identifier(own.name()), elementText(element(own.type()), element(other.type())));
    }

    private static String value(String sql, ColumnType own, ColumnType other) {
        return switch (own.family()) {
            case NUMBER -> number(sql, own, other);
            case JSON -> own.name().equals("json") ? Shorthand.json(sql, own, other) : jsonb(sql, own);
            case ARRAY -> listsElements(own, other)
                    ? arrayText(sql, element(own), element(other))
                    : array(sql, element(own), element(other));
            case TEXT -> own.name().equals("char") ? singleByte(sql) : text(sql);
            case OTHER, INTERVAL -> Texts.of(sql, own) + " collate \"C\"";
            default -> "(" + sql + ")::" + own.name();
        };
    }

    /** As version 16 prints it; earlier ones make text of it that is none where the byte is no ASCII. */
    public static String singleByte(String sql) {
        return ("case when %1$s::int4 < 0 then chr(92) || chr(48 + (%1$s::int4 + 256) / 64) || chr(48 + (%1$s::int4 + 256)"
                        + " / 8 %% 8) || chr(48 + (%1$s::int4 + 256) %% 8) else %1$s::text end collate \"C\"")
                .formatted(sql);
    }

    private static String number(String sql, ColumnType own, ColumnType other) {
        if (own.isFloat() || other.isFloat()) {
            return own.isFloat() ? oneZeroOneNan(sql) : own.isInteger() ? sql + "::float8" : nearestDouble(sql);
        }
        if (own.isInteger() && other.isInteger()) {
            return sql + "::" + (own.equals(other) ? own.name() : "int8");
        }
        return own.isInteger() ? sql + "::numeric" : "trim_scale(" + sql + "::numeric)";
    }

    private static String oneZeroOneNan(String sql) {
        return "case when %1$s::float8 = 'NaN'::float8 then 'NaN'::float8 else %1$s::float8 + 0::float8 end"
                .formatted(sql);
    }

    /** IEEE 754's rounding, half to even, without PostgreSQL's errors at both ends. NaN is more than all, and stays itself. */
    private static String nearestDouble(String sql) {
        return ("case when abs(%1$s) >= %2$s then sign(%1$s) * 'Infinity'::float8"
                        + " when abs(%1$s) <= %3$s then 0::float8"
                        + " else %1$s::float8 end")
                .formatted(sql, DOUBLE_OVERFLOW, DOUBLE_UNDERFLOW);
    }

    /** Regular expressions take less than the longest texts. */
    private static String jsonb(String sql, ColumnType own) {
        return ("case when pg_column_size(%1$s) > 1000000 and octet_length(%1$s::jsonb::text) > 200000000"
                        + " then %1$s::jsonb::text collate \"C\" else %2$s end")
                .formatted(sql, jsonbText(JsonText.isInOtherOrder(own) ? Shorthand.jsonb(sql) : sql + "::jsonb"));
    }

    /** With fractions that have no zeros at their end. */
    static String jsonbText(String jsonb) {
        return "regexp_replace(" + jsonb + "::text collate \"C\", " + JSON_STRINGS_AND_FRACTIONS + ", '\\1\\2', 'g')";
    }

    private static String array(String sql, ColumnType own, ColumnType other) {
        return switch (own.family()) {
            case NUMBER -> sql + "::" + (own.equals(other) ? own.name() : "int8") + "[]";
            case TEXT -> sql + "::text[]";
            case OTHER, ARRAY -> "(" + StandardTexts.of(sql, ColumnType.arrayOf(own)) + ") collate \"C\"";
            default -> sql + "::" + own.name() + "[]";
        };
    }

    /** Whether the canonical form of arrays is dimensions and elements, as no array's own text is. */
    static boolean listsElements(ColumnType own, ColumnType other) {
        ColumnType element = element(own);
        return element.family() == Family.JSON
                || element.name().equals("char")
                || element(other).name().equals("char")
                || Texts.dependsOnSettings(element)
                || (element.family() == Family.NUMBER
                        && !(element.isInteger() && element(other).isInteger()));
    }

    private static String arrayText(String sql, ColumnType own, ColumnType other) {
        return ("(case when %1$s is null then null else coalesce(array_dims(%1$s), '') || ':' || coalesce((select"
                        + " array_agg(%2$s order by u.i) from unnest(%1$s) with ordinality u(e, i))::text, '') end)"
                        + " collate \"C\"")
                .formatted(sql, elementText(own, other));
    }

    /** Of the canonical form, which is a double where either is. */
    private static String elementText(ColumnType own, ColumnType other) {
        String canonical = value("u.e", own, other);
        if (own.isFloat() != other.isFloat()) {
            return Texts.digits(canonical);
        }
        return own.family() == Family.OTHER || own.family() == Family.INTERVAL ? canonical : Texts.of(canonical, own);
    }

    private static ColumnType element(ColumnType array) {
        return Objects.requireNonNull(array.element());
    }

    private static boolean isWide(ColumnType type) {
        return switch (type.family()) {
            case TEXT -> !type.name().equals("enum")
                    && !type.name().equals("name")
                    && !type.name().equals("char");
            case NUMBER -> type.name().equals("numeric");
            case BINARY, JSON, ARRAY, OTHER -> true;
            default -> false;
        };
    }

    /** Whether a value is compared as the text that it is, because it is no jsonb value; null for columns of other types. */
    public static @Nullable String isNoJsonb(Column own, Column other) {
        ColumnType type = own.type();
        String name = Sql.identifier(own.name());
        if (type.name().equals("json")) {
            return Shorthand.isNoJsonb(name, type, other.type());
        }
        return type.element() != null && type.element().name().equals("json")
                ? "exists (select from unnest(" + name + ") u(e) where "
                        + Shorthand.isNoJsonb("u.e", type.element(), element(other.type())) + ")"
                : null;
    }

    /** Whether NULL can be told by the column itself; a composite of NULLs is NULL to PostgreSQL, but not to us. */
    public static String nullTest(Column own, Column other) {
        return (own.type().family() == Family.OTHER
                        ? "(" + Shorthand.written(value(own, other).sql()) + ")"
                        : Sql.identifier(own.name()))
                + " is null";
    }
}
