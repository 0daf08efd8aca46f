package io.parallax.engine.sql;

import java.util.Map;
import java.util.NavigableMap;

/**
 * A query with values in place of its parameters.
 *
 * @param anchors where in {@code own} the characters from an offset of {@code text} on come from: at that offset and on, or all
 *     from -1 - offset where they stand for a parameter
 */
public record FilledSql(String text, String own, NavigableMap<Integer, Integer> anchors) {
    /** Where in the user's own text a character comes from. */
    public int offset(int inText) {
        Map.Entry<Integer, Integer> anchor = anchors.floorEntry(inText);
        int from = anchor.getValue();
        return from < 0 ? -1 - from : from + inText - anchor.getKey();
    }
}
