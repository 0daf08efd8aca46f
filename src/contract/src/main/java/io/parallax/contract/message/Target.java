package io.parallax.contract.message;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A table whose rows can be written to, in its database's SQL.
 *
 * @param table its quoted path
 * @param filter the condition that its compared rows meet; null for none
 * @param key the key's columns, in the order of the key
 * @param values the compared columns, in A's order
 * @param obstacles what stands against writing; null for nothing
 * @param unique sets of columns, by A's names, whose values together occur once, which the database looks at row by row;
 *     null for none but the key
 * @param mayLeave true when a row with the other side's values might not meet the filter; null means no
 * @param settings what the sessions that read the filter had set, by name, of that which may change what it means; null
 *     where there is none
 * @param dialect what its SQL is in; null for that of plans which do not say
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Target(
        String table,
        @Nullable String filter,
        List<Column> key,
        List<Column> values,
        @Nullable List<Obstacle> obstacles,
        @Nullable List<List<String>> unique,
        @Nullable Boolean mayLeave,
        @Nullable Map<String, String> settings,
        @Nullable String dialect) {
    public Target {
        key = List.copyOf(key);
        values = List.copyOf(values);
        obstacles = obstacles == null ? null : List.copyOf(obstacles);
        unique = unique == null ? null : List.copyOf(unique);
        settings = settings == null ? null : new TreeMap<>(settings);
    }

    /** That nothing stands against. */
    public Target(String table, @Nullable String filter, List<Column> key, List<Column> values) {
        this(table, filter, key, values, null, null, null, null, null);
    }

    /** What statements do to rows. */
    public enum Operation {
        INSERT,
        UPDATE,
        DELETE
    }

    /**
     * Why some rows cannot be written, or cannot be known to come out right.
     *
     * @param operations what it stands against
     * @param columns an update only where one of these changes, by A's names; null for any
     * @param reason a sentence
     */
    public record Obstacle(
            List<Operation> operations,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<String> columns,
            String reason) {
        public Obstacle {
            operations = List.copyOf(operations);
            columns = columns == null ? null : List.copyOf(columns);
        }
    }

    /**
     * One of its columns.
     *
     * @param name quoted
     * @param form how a shown value is written so that the database reads it as the column's
     * @param conditions which rows have a shown value in it, all together; empty where nobody asks
     * @param computed true when the database computes it from others, so that it cannot be written; null means no
     * @param limits which of the other side's values it takes as they are; null for all
     */
    public record Column(
            String name,
            Form form,
            List<Condition> conditions,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean computed,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Limits limits) {
        public Column {
            conditions = List.copyOf(conditions);
        }

        /** That takes any value of the other side. */
        public Column(String name, Form form, List<Condition> conditions, @Nullable Boolean computed) {
            this(name, form, conditions, computed, null);
        }
    }

    /**
     * Which values a column takes as they are; null for what it does not mind.
     *
     * @param required true when it takes no NULL
     * @param length the most characters of a text
     * @param bytes the most bytes of a text in UTF-8
     * @param unpadded true when it takes no text with blanks at its end
     * @param bits an integer's
     * @param digits decimal digits before the point
     * @param scale decimal digits after the point; negative for zeros before it
     * @param finite true when it takes neither infinity
     * @param single true for the numbers of 32 bits with a floating point
     * @param fraction digits after the second
     * @param plainJson true when it takes only json that certainly is a jsonb value
     * @param labels all texts that it takes
     * @param encoding the name of one whose characters it takes alone, and no text that stands for bytes
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Limits(
            @Nullable Boolean required,
            @Nullable Integer length,
            @Nullable Integer bytes,
            @Nullable Boolean unpadded,
            @Nullable Integer bits,
            @Nullable Integer digits,
            @Nullable Integer scale,
            @Nullable Boolean finite,
            @Nullable Boolean single,
            @Nullable Integer fraction,
            @Nullable Boolean plainJson,
            @Nullable List<String> labels,
            @Nullable String encoding) {
        /** None. */
        public static final Limits NONE =
                new Limits(null, null, null, null, null, null, null, null, null, null, null, null);

        public Limits {
            labels = labels == null ? null : List.copyOf(labels);
        }

        /** Of texts in any encoding. */
        public Limits(
                @Nullable Boolean required,
                @Nullable Integer length,
                @Nullable Integer bytes,
                @Nullable Boolean unpadded,
                @Nullable Integer bits,
                @Nullable Integer digits,
                @Nullable Integer scale,
                @Nullable Boolean finite,
                @Nullable Boolean single,
                @Nullable Integer fraction,
                @Nullable Boolean plainJson,
                @Nullable List<String> labels) {
            this(
                    required, length, bytes, unpadded, bits, digits, scale, finite, single, fraction, plainJson, labels,
                    null);
        }

        public Limits ofRequired() {
            return new Limits(
                    true, length, bytes, unpadded, bits, digits, scale, finite, single, fraction, plainJson, labels,
                    encoding);
        }

        /** The same of texts in an encoding. */
        public Limits in(String textEncoding) {
            return new Limits(
                    required,
                    length,
                    bytes,
                    unpadded,
                    bits,
                    digits,
                    scale,
                    finite,
                    single,
                    fraction,
                    plainJson,
                    labels,
                    textEncoding);
        }

        public static Limits ofText(@Nullable Integer length, @Nullable Integer bytes, @Nullable Boolean unpadded) {
            return new Limits(null, length, bytes, unpadded, null, null, null, null, null, null, null, null);
        }

        public static Limits ofInteger(int bits) {
            return new Limits(null, null, null, null, bits, null, null, null, null, null, null, null);
        }

        public static Limits ofDecimal(int digits, int scale) {
            return new Limits(null, null, null, null, null, digits, scale, true, null, null, null, null);
        }

        public static Limits ofFinite() {
            return new Limits(null, null, null, null, null, null, null, true, null, null, null, null);
        }

        public static Limits ofSingle() {
            return new Limits(null, null, null, null, null, null, null, null, true, null, null, null);
        }

        public static Limits ofFraction(int digits) {
            return new Limits(null, null, null, null, null, null, null, null, null, digits, null, null);
        }

        public static Limits ofPlainJson() {
            return new Limits(null, null, null, null, null, null, null, null, null, null, true, null);
        }

        public static Limits ofLabels(List<String> labels) {
            return new Limits(null, null, null, null, null, null, null, null, null, null, null, labels);
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
