package io.parallax.outcome.rows;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * One differing row as the API shows it.
 *
 * @param key JSON
 * @param values likewise
 * @param remained null when its key was not read again
 * @param shortened the columns with values too long to be shown
 */
@Schema(description = "One row, or pair of rows, in which the sides differ.")
public record ResultRow(
        @Schema(
                        description = "What is different: values; or the key is on that side only; or the key is there"
                                + " more than once.",
                        enumeration = {"value", "exclusive1", "exclusive2", "duplicate1", "duplicate2"},
                        examples = "value")
                String kind,
        @JsonRawValue
                @Schema(
                        description = "The key's columns and values; of int8, numeric and floats they are texts.",
                        type = SchemaType.OBJECT,
                        additionalProperties = Schema.True.class,
                        examples = "{\"id\": \"3\"}")
                String key,
        @JsonRawValue
                @Schema(
                        description = "By column {a, b}: the columns that differ; for other kinds than value all"
                                + " compared columns, each with the one side that has the row. Values of int8 and"
                                + " numeric are texts, so that no reader loses digits.",
                        ref = "ResultValues",
                        examples = "{\"price\": {\"a\": \"9.90\", \"b\": null}}")
                String values,
        @JsonInclude(JsonInclude.Include.NON_NULL)
                @Schema(
                        description =
                                "Whether its key still differed when it was read again; left out when it was not.",
                        examples = "true")
                @Nullable
                Boolean remained,
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
                @Schema(
                        description = "The columns, of key and values, with a value too long to be shown: its beginning"
                                + " stands there, and its SHA-256 in hexadecimal. Such values are compared whole all"
                                + " the same. Absent when there is none.",
                        examples = "[\"name\"]")
                List<String> shortened) {
    public ResultRow {
        shortened = List.copyOf(shortened);
    }
}
