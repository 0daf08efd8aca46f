package io.parallax.engine.dialect;

import io.parallax.contract.message.Target;
import io.parallax.engine.row.WireColumn;
import io.parallax.engine.type.Column;
import io.parallax.engine.type.ColumnType;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How the values of a column come into the form in which they are compared with those of another column, as
 * {@link io.parallax.engine.type.Equality} has decided.
 */
public interface Values {
    /** The canonical form as a value. */
    CanonicalExpression value(Column own, Column other);

    /** The canonical form as part of a key, which the database's own = must agree with. */
    CanonicalExpression key(Column own, Column other);

    /** The condition that a part of the key is NULL. */
    String isNull(Column own, Column other);

    /** The condition that a json text is no value of the form that such texts are compared in; null where there is none. */
    @Nullable
    String isNoJsonb(Column own, Column other);

    /** The settings of sessions that change the forms of a type, with the values that they are to have; none of most types. */
    Map<String, String> settings(ColumnType type);

    /** The form as rows are sent, long values by their beginning and their hash. */
    WireColumn sent(Column own, Column other);

    /** The same with long texts whole, as far as that goes. */
    WireColumn sentWhole(Column own, Column other);

    /**
     * The same as part of a key.
     *
     * @param indexed whether both sides have an index on it, which may bring the rows in its order and holds no long value
     */
    WireColumn sentKey(Column own, Column other, boolean indexed);

    /** The same with numbers whole, however many digits they have, so that their text may become one again. */
    WireColumn sentKeyToWrite(Column own, Column other, boolean indexed);

    /** How an index may find a key by this part of it. */
    IndexLookup lookup(Column own, Column other);

    /**
     * The conditions for a key to be one of these: by index where that can be, and exactly.
     *
     * @param key as rows are sent
     * @param lookups of each part; null in plans of a version that did not say
     * @param values of each part, all in the same order, as people see them
     * @param anyText whether its database takes any text, as one of encoding UTF-8 does
     */
    Stream<String> keyIsOneOf(
            List<WireColumn> key, @Nullable List<IndexLookup> lookups, List<List<String>> values, boolean anyText);

    /**
     * A column to be copied as text and read back.
     *
     * @see io.parallax.engine.session.WritingSession#copyTextsFrom
     */
    String copied(Column column);

    /** How shown values of the pair are written into {@code own}. */
    ShownColumn shown(Column own, Column other);

    /** Whether people may call a type of the database's so; {@code db:} before it says that it is the database's own name. */
    boolean called(ColumnType type, String word);

    /**
     * How shown values of a pair of columns are written into one of them.
     *
     * @param name quoted
     * @param form how they become literals
     * @param isShown which rows have a shown value in it: by index where that can be, and exactly
     */
    record ShownColumn(String name, Target.Form form, List<Target.Condition> isShown) {
        public ShownColumn {
            isShown = List.copyOf(isShown);
        }
    }
}
