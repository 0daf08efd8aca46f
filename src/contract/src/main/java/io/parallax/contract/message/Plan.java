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

    /** Without rows, holding nothing. */
    public Plan(
            SchemaComparison schema,
            List<String> key,
            List<String> comparedColumns,
            String algorithm,
            JsonNode common,
            List<JsonNode> tasks,
            Tally settled) {
        this(
                schema,
                key,
                comparedColumns,
                algorithm,
                common,
                tasks,
                settled,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    /** One that says more; what is not said of it is null. */
    public static Draft draft(
            SchemaComparison schema,
            List<String> key,
            List<String> comparedColumns,
            String algorithm,
            JsonNode common,
            List<JsonNode> tasks,
            Tally settled) {
        return new Draft(schema, key, comparedColumns, algorithm, common, tasks, settled);
    }

    /** A plan in the making, part by part and by name. */
    public static final class Draft {
        private final SchemaComparison schema;
        private final List<String> key;
        private final List<String> comparedColumns;
        private final String algorithm;
        private final JsonNode common;
        private final List<JsonNode> tasks;
        private final Tally settled;
        private @Nullable List<DifferingRow> rows;
        private @Nullable Boolean holds;
        private @Nullable Boolean keysOnly;
        private @Nullable Sample sample;
        private @Nullable Timeline timeline;
        private @Nullable List<Dependent> dependents;
        private @Nullable Targets targets;
        private @Nullable List<Profile> profiles;
        private @Nullable List<Note> notes;
        private @Nullable List<String> types;

        private Draft(
                SchemaComparison schema,
                List<String> key,
                List<String> comparedColumns,
                String algorithm,
                JsonNode common,
                List<JsonNode> tasks,
                Tally settled) {
            this.schema = schema;
            this.key = key;
            this.comparedColumns = comparedColumns;
            this.algorithm = algorithm;
            this.common = common;
            this.tasks = tasks;
            this.settled = settled;
        }

        public Draft rows(@Nullable List<DifferingRow> given) {
            rows = given;
            return this;
        }

        public Draft holds(@Nullable Boolean given) {
            holds = given;
            return this;
        }

        public Draft keysOnly(@Nullable Boolean given) {
            keysOnly = given;
            return this;
        }

        public Draft sample(@Nullable Sample given) {
            sample = given;
            return this;
        }

        public Draft timeline(@Nullable Timeline given) {
            timeline = given;
            return this;
        }

        public Draft dependents(@Nullable List<Dependent> given) {
            dependents = given;
            return this;
        }

        public Draft targets(@Nullable Targets given) {
            targets = given;
            return this;
        }

        public Draft profiles(@Nullable List<Profile> given) {
            profiles = given;
            return this;
        }

        public Draft notes(@Nullable List<Note> given) {
            notes = given;
            return this;
        }

        public Draft types(@Nullable List<String> given) {
            types = given;
            return this;
        }

        public Plan plan() {
            return new Plan(
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
                    notes,
                    types);
        }
    }
}
