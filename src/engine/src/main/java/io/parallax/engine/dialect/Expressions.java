package io.parallax.engine.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import io.parallax.engine.type.Column;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/** Words and values as a dialect writes them. */
public interface Expressions {
    /** A name, quoted; case and every character in it count. */
    String identifier(String name);

    /** A text. */
    String literal(String text);

    /** A value of a type that bounds of keys have. */
    String literal(String text, String type);

    /**
     * JSON values by their names. The database finds the type of texts, lists and objects by where they stand, as it does with
     * parameters that are bound.
     */
    Map<String, String> literals(Map<String, JsonNode> values);

    /** An array of texts, still to be cast to the type of its elements. */
    String array(List<String> elements);

    /** A 64-bit integer. */
    String integer(long number);

    /** An expression as a 64-bit integer. */
    String asInteger(String sql);

    /** An array of 64-bit integers. */
    String integers(LongStream numbers);

    /** An expression of a plan in full: plans have short words for what is long and often the same. */
    String spelled(String expression);

    /** The text of an expression of a built-in type, the same whatever a session's settings are. */
    String text(String sql, String type);

    /** The first characters of a column's text, for people. */
    String beginning(Column column, int characters);

    /** A user's filter as that user wrote it. */
    String asWritten(String filter);
}
