package io.parallax.engine.postgres.value;

import io.parallax.engine.postgres.sql.Moments;
import io.parallax.engine.postgres.sql.Sql;
import io.parallax.engine.type.Column;
import io.parallax.engine.type.ColumnType;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How an index may find a key's rows by one of its columns: a condition that they meet, and few others.
 *
 * @param column its quoted name
 * @param type what literals are cast to; null where equal keys may have values that an index keeps apart
 */
public record IndexLookup(String column, @Nullable String type) {
    private static final String INT8 = "int8";
    private static final String NUMERIC = "numeric";
    private static final Pattern FINITE = Pattern.compile("-?\\d+(\\.\\d+)?");

    /** By column {@code own}, for keys that are compared with those of {@code other}. */
    public static IndexLookup of(Column own, Column other) {
        return new IndexLookup(Sql.identifier(own.name()), type(own.type(), other.type()));
    }

    private static @Nullable String type(ColumnType own, ColumnType other) {
        if (own.unchecked() || own.isPartlyMapped()) {
            return null;
        }
        return switch (own.family()) {
            case NUMBER -> number(own, other);
            case TEXT -> switch (own.name()) {
                case "text", "varchar" -> "text";
                case "bpchar" -> "bpchar";
                default -> null;
            };
            case DATE, TIMESTAMP, TIMESTAMPTZ, TIME, UUID, BINARY -> own.name();
            default -> null;
        };
    }

    private static @Nullable String number(ColumnType own, ColumnType other) {
        if (own.isFloat()) {
            return "float8";
        }
        // Many exact numbers are equal to one float.
        return other.isFloat() ? null : own.isInteger() ? INT8 : NUMERIC;
    }

    /** The condition for any of these values, as people see them; empty where only a scan finds them all. */
    public Optional<String> isOneOf(List<String> values) {
        // A long text is known by its hash alone.
        if (type == null || values.stream().anyMatch(value -> value.length() > WireColumn.LONG)) {
            return Optional.empty();
        }
        if (type.equals(NUMERIC)
                && !values.stream().allMatch(value -> FINITE.matcher(value).matches())) {
            return Optional.empty();
        }
        // What is no integer on the other side has no row here.
        List<String> possible =
                type.equals(INT8) ? values.stream().filter(IndexLookup::isInt8).toList() : values;
        return Optional.of(column + " = any(" + Moments.array(possible, type) + ")");
    }

    private static boolean isInt8(String value) {
        try {
            Long.parseLong(value);
            return true;
        } catch (NumberFormatException e) {
            return false;
        }
    }
}
