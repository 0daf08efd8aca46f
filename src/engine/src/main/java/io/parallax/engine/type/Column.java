package io.parallax.engine.type;

/**
 * One column of a dataset.
 *
 * @param notNull true when the database promises it
 * @param storedModifier the type's modifier when every value is stored with it, or {@link #NO_MODIFIER}
 * @param codePointOrder true when the database orders the column's texts by code points
 * @param anyOrder true when the elements of its arrays are equal in any order
 * @param readable false when the login may not read it
 */
public record Column(
        String name,
        ColumnType type,
        boolean notNull,
        int storedModifier,
        boolean codePointOrder,
        boolean anyOrder,
        boolean readable) {
    public static final int NO_MODIFIER = -1;

    /** With its arrays in the order that they have; may be read. */
    public Column(String name, ColumnType type, boolean notNull, int storedModifier, boolean codePointOrder) {
        this(name, type, notNull, storedModifier, codePointOrder, false, true);
    }

    /** The same with its arrays in any order. */
    Column inAnyOrder() {
        return new Column(name, type, notNull, storedModifier, codePointOrder, true, readable);
    }

    /** The same, as far as the login may read it. */
    public Column readable(boolean may) {
        return new Column(name, type, notNull, storedModifier, codePointOrder, anyOrder, may);
    }
}
