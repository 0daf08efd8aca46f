package io.parallax.engine.schema;

/**
 * One column of a dataset.
 *
 * @param notNull true when the database promises it
 * @param storedModifier the type's modifier when every value is stored with it, or {@link #NO_MODIFIER}
 * @param codePointOrder true when the database orders the column's texts by code points
 * @param anyOrder true when the elements of its arrays are equal in any order
 */
public record Column(
        String name, ColumnType type, boolean notNull, int storedModifier, boolean codePointOrder, boolean anyOrder) {
    public static final int NO_MODIFIER = -1;

    /** With its arrays in the order that they have. */
    public Column(String name, ColumnType type, boolean notNull, int storedModifier, boolean codePointOrder) {
        this(name, type, notNull, storedModifier, codePointOrder, false);
    }

    /** The same with its arrays in any order. */
    Column inAnyOrder() {
        return new Column(name, type, notNull, storedModifier, codePointOrder, true);
    }
}
