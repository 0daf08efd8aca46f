package io.parallax.engine.type;

import java.util.Locale;

/**
 * When two values are equal, decided from their types alone: a pair of columns is compared in one form, which is the same on
 * both sides. A dialect says how its values come into that form, and never decides.
 */
public final class Equality {
    private Equality() {}

    /** The form in which columns of these types are compared. */
    public static WireForm form(ColumnType own, ColumnType other) {
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

    private static WireForm number(ColumnType own, ColumnType other) {
        if (own.isFloat() || other.isFloat()) {
            return WireForm.FLOAT8;
        }
        if (!own.isInteger() || !other.isInteger()) {
            return WireForm.NUMERIC;
        }
        return own.equals(other) ? WireForm.valueOf(own.name().toUpperCase(Locale.ROOT)) : WireForm.INT8;
    }

    /** Whether values that a database keeps apart stay apart where they are compared with those of the other type. */
    public static boolean keepsApart(ColumnType own, ColumnType other) {
        return switch (own.family()) {
            case NUMBER -> own.isFloat() || !other.isFloat();
            case ARRAY, OTHER -> false;
            default -> true;
        };
    }
}
