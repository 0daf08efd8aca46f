package io.parallax.contract.message;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.parallax.contract.tally.DifferingRow;
import io.parallax.contract.tally.Note;
import io.parallax.contract.tally.Tally;
import io.parallax.contract.tally.Timeline;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a diff will be compared.
 *
 * @param schema how the columns of both sides relate
 * @param key the key columns' names
 * @param comparedColumns the compared columns' names, in A's order, key left out; per-column counts follow this order
 * @param algorithm a word for people: how the rows are compared
 * @param common what all tasks share; opaque to the API service
 * @param tasks what each task of stage 1 covers; opaque to the API service; may be empty
 * @param settled what the planner counted itself; added to the sum of the tasks
 * @param rows rows that the planner itself found to differ, the lowest ranks of each kind and column; null for none
 * @param holds true when the planner's worker keeps what the tasks depend on, such as a snapshot, until the diff is
 *     over: it reports {@code alive} for {@link TaskAddress#holding}; null means no
 * @param keysOnly true when only keys are counted by it, and another plan, which is told the sum, is to count values; null
 *     means no
 * @param sample the keys whose values are compared; null for all
 * @param timeline what of {@code settled} belongs to which time; null where nobody asked
 * @param dependents what is made of the tables; null for nothing
 * @param targets how either side could be written to; null in plans of a version that did not say
 * @param profiles what A holds, then B; null where nobody asked
 * @param notes what who reads the diff must know; null for nothing
 * @param types what values of each key column, then of each compared one, are when they are shown: {@code int2}, {@code int4},
 *     {@code int8}, {@code numeric} or {@code float8} for numbers, else the word of their family; null in plans of a
 *     version that did not say
 */
public record Plan(
        SchemaComparison schema,
        List<String> key,
        List<String> comparedColumns,
        String algorithm,
        JsonNode common,
        List<JsonNode> tasks,
        Tally settled,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<DifferingRow> rows,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean holds,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean keysOnly,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Sample sample,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Timeline timeline,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<Dependent> dependents,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Targets targets,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<Profile> profiles,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<Note> notes,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<String> types) {
    public Plan {
        key = List.copyOf(key);
        comparedColumns = List.copyOf(comparedColumns);
        tasks = List.copyOf(tasks);
        if (settled.differencesPerColumn().size() != comparedColumns.size()) {
            throw new IllegalArgumentException("a tally counts every compared column");
        }
        rows = rows == null ? null : List.copyOf(rows);
        profiles = profiles == null ? null : List.copyOf(profiles);
        dependents = dependents == null ? null : List.copyOf(dependents);
        notes = notes == null ? null : List.copyOf(notes);
        types = types == null ? null : List.copyOf(types);
        if (types != null && types.size() != key.size() + comparedColumns.size()) {
            throw new IllegalArgumentException("every column has a type");
        }
    }

    /** With nothing to note, and without a word on what its values are. */
    public Plan(
            SchemaComparison schema,
            List<String> key,
            List<String> comparedColumns,
            String algorithm,
            JsonNode common,
            List<JsonNode> tasks,
            Tally settled,
            @Nullable List<DifferingRow> rows,
            @Nullable Boolean holds,
            @Nullable Boolean keysOnly,
            @Nullable Sample sample,
            @Nullable Timeline timeline,
            @Nullable List<Dependent> dependents,
            @Nullable Targets targets,
            @Nullable List<Profile> profiles) {
        this(
                schema,
                key,
                comparedColumns,
                algorithm,
                common,
                tasks,
                settled,
                rows,
                holds,
                keysOnly,
                sample,
                timeline,
                dependents,
                targets,
                profiles,
                null,
                null);
    }

    /** Of keys and all values. */
    public Plan(
            SchemaComparison schema,
            List<String> key,
            List<String> comparedColumns,
            String algorithm,
            JsonNode common,
            List<JsonNode> tasks,
            Tally settled,
            @Nullable List<DifferingRow> rows,
            @Nullable Boolean holds) {
        this(
                schema,
                key,
                comparedColumns,
                algorithm,
                common,
                tasks,
                settled,
                rows,
                holds,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    /** Without rows, holding nothing. */
    public Plan(
            SchemaComparison schema,
            List<String> key,
            List<String> comparedColumns,
            String algorithm,
            JsonNode common,
            List<JsonNode> tasks,
            Tally settled) {
        this(schema, key, comparedColumns, algorithm, common, tasks, settled, null, null);
    }
}
