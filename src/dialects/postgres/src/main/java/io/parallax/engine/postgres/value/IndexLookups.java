package io.parallax.engine.postgres.value;

import io.parallax.engine.dialect.IndexLookup;
import io.parallax.engine.postgres.sql.Moments;
import io.parallax.engine.postgres.sql.Sql;
import io.parallax.engine.row.WireColumn;
import io.parallax.engine.type.Column;
import io.parallax.engine.type.ColumnType;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How an index of PostgreSQL may find the rows of a key. */
final class IndexLookups {
    private static final String INT8 = "int8";
    private static final String NUMERIC = "numeric";
    private static final Pattern FINITE = Pattern.compile("-?\\d+(\\.\\d+)?");

    private IndexLookups() {}

    /** By column {@code own}, for keys that are compared with those of {@code other}. */
    static IndexLookup of(Column own, Column other) {
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
    static Optional<String> isOneOf(IndexLookup lookup, List<String> values) {
        String type = lookup.type();
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
                type.equals(INT8) ? values.stream().filter(IndexLookups::isInt8).toList() : values;
        return Optional.of(lookup.column() + " = any(" + Moments.array(possible, type) + ")");
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
