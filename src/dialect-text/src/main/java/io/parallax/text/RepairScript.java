package io.parallax.text;

import com.fasterxml.jackson.databind.JsonNode;
import io.parallax.contract.message.Target;
import java.util.List;

/** One transaction in a target's SQL that makes a table equal to another one, row by row: its statements, one after the other. */
public interface RepairScript {
    Target target();

    /** The names of the key's columns, as differing rows have them. */
    List<String> key();

    /** Likewise of the compared columns. */
    List<String> compared();

    /** What comes first; {@code comment}: what it says of itself. */
    String begin(String comment);

    String delete(JsonNode key);

    /**
     * Sets the values that differ; nothing at all where they are all computed.
     *
     * @param origin the side whose values are right, as differing rows have it
     */
    String update(JsonNode key, JsonNode values, String origin);

    /** Adds a row; likewise. */
    String insert(JsonNode key, JsonNode values, String origin);

    String end();

    /** Instead of an end, when rows are not there any more that it was to be made of. */
    String gone();
}
