package io.parallax.api.ledger;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.parallax.contract.message.Dependent;
import io.parallax.contract.message.Plan;
import io.parallax.contract.message.SchemaComparison;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What of a plan a client sees.
 *
 * @param dependents what is made of the tables; null for nothing
 */
public record Comparison(
        SchemaComparison schema,
        List<String> key,
        List<String> comparedColumns,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<Dependent> dependents) {
    /** With nothing that is made of the tables. */
    public Comparison(SchemaComparison schema, List<String> key, List<String> comparedColumns) {
        this(schema, key, comparedColumns, null);
    }

    public Comparison {
        key = List.copyOf(key);
        comparedColumns = List.copyOf(comparedColumns);
        dependents = dependents == null ? null : List.copyOf(dependents);
    }

    static Comparison of(Plan plan) {
        return new Comparison(plan.schema(), plan.key(), plan.comparedColumns(), plan.dependents());
    }
}
