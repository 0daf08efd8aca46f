package io.parallax.oracle;

import org.jspecify.annotations.Nullable;

/**
 * A column's type, as far as Equality looks at it.
 *
 * @param sql the type as DDL spells it, without collation
 * @param trait what sets it apart within its family
 * @param element an array's element type
 */
public record Type(String sql, Family family, Trait trait, @Nullable Type element) {
    /** What a type does to its values. */
    public enum Trait {
        NONE,
        /** A 32-bit float. */
        SINGLE,
        /** A 64-bit float. */
        DOUBLE,
        /** Trailing blanks are padding. */
        PADDED
    }

    public static Type of(String sql, Family family) {
        return of(sql, family, Trait.NONE);
    }

    public static Type of(String sql, Family family, Trait trait) {
        return new Type(sql, family, trait, null);
    }

    public static Type arrayOf(Type element) {
        return new Type(element.sql + "[]", Family.ARRAY, Trait.NONE, element);
    }

    public boolean comparableWith(Type other) {
        if (element != null && other.element != null) {
            return element.comparableWith(other.element);
        }
        return family == other.family;
    }

    public boolean floating() {
        return trait == Trait.SINGLE || trait == Trait.DOUBLE;
    }

    @Override
    public String toString() {
        return sql;
    }
}
