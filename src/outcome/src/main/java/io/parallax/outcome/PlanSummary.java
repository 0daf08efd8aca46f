package io.parallax.outcome;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.parallax.contract.message.Dependent;
import io.parallax.contract.message.Plan;
import io.parallax.contract.message.Profile;
import io.parallax.contract.message.SchemaComparison;
import io.parallax.contract.message.Targets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What of a plan a client sees.
 *
 * @param dependents what is made of the tables; null for nothing
 * @param targets how either side could be written to; null where the plan did not say
 * @param profiles what A holds, then B; null where nobody asked
 * @param types what the values of each key column, then of each compared one, are; null where the plan did not say
 */
public record PlanSummary(
        SchemaComparison schema,
        List<String> key,
        List<String> comparedColumns,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<Dependent> dependents,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Targets targets,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<Profile> profiles,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<String> types) {
    /** With nothing that is made of the tables. */
    public PlanSummary(SchemaComparison schema, List<String> key, List<String> comparedColumns) {
        this(schema, key, comparedColumns, null, null, null, null);
    }

    public PlanSummary {
        key = List.copyOf(key);
        comparedColumns = List.copyOf(comparedColumns);
        profiles = profiles == null ? null : List.copyOf(profiles);
        dependents = dependents == null ? null : List.copyOf(dependents);
        types = types == null ? null : List.copyOf(types);
    }

    public static PlanSummary of(Plan plan) {
        return new PlanSummary(
                plan.schema(),
                plan.key(),
                plan.comparedColumns(),
                plan.dependents(),
                plan.targets(),
                plan.profiles(),
                plan.types());
    }
}
