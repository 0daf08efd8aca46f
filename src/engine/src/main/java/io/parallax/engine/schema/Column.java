package io.parallax.engine.schema;

/**
 * One column of a dataset.
 *
 * @param notNull true when the database promises it
 * @param storedModifier the type's modifier when every value is stored with it, or {@link #NO_MODIFIER}
 * @param codePointOrder true when the database orders the column's texts by code points
 */
public record Column(String name, ColumnType type, boolean notNull, int storedModifier, boolean codePointOrder) {
    public static final int NO_MODIFIER = -1;
}
