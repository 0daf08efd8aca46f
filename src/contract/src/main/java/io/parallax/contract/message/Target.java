package io.parallax.contract.message;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table whose rows can be written to, in its database's SQL.
 *
 * @param table its quoted path
 * @param filter the condition that its compared rows meet; null for none
 * @param key the key's columns, in the order of the key
 * @param values the compared columns, in A's order
 */
public record Target(
        String table,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String filter,
        List<Column> key,
        List<Column> values) {
    public Target {
        key = List.copyOf(key);
        values = List.copyOf(values);
    }

    /**
     * One of its columns.
     *
     * @param name quoted
     * @param form how a shown value is written so that the database reads it as the column's
     * @param conditions which rows have a shown value in it, all together; empty where nobody asks
     * @param computed true when the database computes it from others, so that it cannot be written; null means no
     */
    public record Column(
            String name,
            Form form,
            List<Condition> conditions,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean computed) {
        public Column {
            conditions = List.copyOf(conditions);
        }
    }

    /** That an expression equals a shown value, cast to a type. */
    public record Condition(String expression, Form form, String type) {}

    /** How shown values become literals. */
    public enum Form {
        /** As they are. */
        PLAIN,
        /** In ISO 8601, which has a year 0 and signs where the database has eras. */
        DATED,
        /** Dimensions, a colon, and the elements of all of them in one: {@code [1:2][1:1]:{"1","2"}}. */
        LISTED
    }
}
