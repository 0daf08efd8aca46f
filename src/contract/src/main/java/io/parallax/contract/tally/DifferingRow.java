package io.parallax.contract.tally;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One row, or pair of rows, in which the sides differ; kept to be shown, never to be counted.
 *
 * @param rank a hash of the key: whoever keeps only the lowest ranks keeps rows from all over the table
 * @param key the key's columns and values
 * @param values by column {@code {a, b}}: the differing columns of a {@link Kind#VALUE}; for the others all compared
 *     columns, with the one side that has them
 * @param shortened the columns, of key and values, with a value too long to be shown: its beginning stands there, and its
 *     SHA-256 in hexadecimal; null for none
 */
public record DifferingRow(
        Kind kind,
        long rank,
        ObjectNode key,
        ObjectNode values,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<String> shortened) {
    public DifferingRow {
        shortened = shortened == null ? null : List.copyOf(shortened);
    }

    /** With all values as they are. */
    public DifferingRow(Kind kind, long rank, ObjectNode key, ObjectNode values) {
        this(kind, rank, key, values, null);
    }

    /** What is different about it. */
    public enum Kind {
        /** The key is on both sides, unique on both, and values differ. */
        @JsonProperty("value")
        VALUE,
        /** Only A has the key; its first row. */
        @JsonProperty("exclusive1")
        EXCLUSIVE1,
        /** Only B has the key; its first row. */
        @JsonProperty("exclusive2")
        EXCLUSIVE2,
        /** One of A's rows with a key that occurs more than once there. */
        @JsonProperty("duplicate1")
        DUPLICATE1,
        /** One of B's rows with a key that occurs more than once there. */
        @JsonProperty("duplicate2")
        DUPLICATE2
    }
}
