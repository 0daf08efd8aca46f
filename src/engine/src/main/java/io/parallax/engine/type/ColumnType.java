package io.parallax.engine.type;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A type with its domain taken off.
 *
 * @param name the engine's own word for it, such as {@code int8}; {@code enum} for any enum
 * @param element the type of an array's elements; null for anything else
 * @param repertoire what its texts are of, if it has any
 * @param structure how its text is made of those of its parts
 * @param parts the values that its text is made of, as far as known, such as a composite's columns; empty where
 *     nothing is known, or nothing to be told
 */
public record ColumnType(
        Family family,
        String name,
        @Nullable ColumnType element,
        Repertoire repertoire,
        Structure structure,
        List<Part> parts) {
    /** Of values that are made of others. */
    public enum Structure {
        /** Of its columns. */
        COMPOSITE,
        /** Of two bounds. */
        RANGE,
        /** Of ranges. */
        MULTIRANGE,
        /** In a way of its own, or of nothing else. */
        OWN
    }

    /**
     * A value in another one.
     *
     * @param name of a composite's column; empty for all else
     */
    public record Part(String name, ColumnType type) {}

    /** Of texts in UTF-8, if of any. */
    public ColumnType(Family family, String name, @Nullable ColumnType element) {
        this(family, name, element, Repertoire.ANY, Structure.OWN, List.of());
    }

    public ColumnType {
        parts = List.copyOf(parts);
        if ((family == Family.ARRAY) != (element != null)) {
            throw new IllegalArgumentException("arrays, and only they, have elements");
        }
    }

    public static ColumnType plain(Family family, String name) {
        return new ColumnType(family, name, null);
    }

    public static ColumnType arrayOf(ColumnType element) {
        return new ColumnType(Family.ARRAY, element.name + "[]", element, element.repertoire, Structure.OWN, List.of());
    }

    /** Of a type of which no more is known than what its text is made of. */
    public static ColumnType madeOf(Structure structure, List<Part> parts) {
        return new ColumnType(Family.OTHER, "other", null, Repertoire.ANY, structure, parts);
    }

    /** The same in a database whose texts are of that. */
    public ColumnType in(Repertoire texts) {
        return switch (family) {
            case TEXT, JSON, OTHER -> new ColumnType(family, name, element, texts, structure, parts);
            default -> this;
        };
    }

    /** Whether its texts may be of any bytes. */
    public boolean unchecked() {
        return repertoire == Repertoire.UNCHECKED;
    }

    /** Whether its texts may have bytes that are no character to their database. */
    public boolean isPartlyMapped() {
        return repertoire == Repertoire.PARTIAL;
    }

    /** Whether it is the same, whatever its texts are of. */
    public boolean isLike(ColumnType other) {
        return family == other.family
                && name.equals(other.name)
                && (element == null || other.element == null || element.isLike(other.element));
    }

    /** Whether values of both can be told equal or different at all. */
    public boolean comparableWith(ColumnType other) {
        return family == other.family
                && (element == null || other.element == null || element.comparableWith(other.element));
    }

    /** The family in words, an array's with that of its elements. */
    public String familyName() {
        String own = family.name().toLowerCase(Locale.ROOT);
        return element == null ? own : own + " of " + element.familyName();
    }

    /** Whether it is an array whose elements can be put in order. */
    boolean isSortable() {
        return element != null && element.family != Family.ARRAY && element.family != Family.OTHER;
    }

    public boolean isInteger() {
        return name.equals("int2") || name.equals("int4") || name.equals("int8");
    }

    public boolean isFloat() {
        return name.equals("float4") || name.equals("float8");
    }
}
