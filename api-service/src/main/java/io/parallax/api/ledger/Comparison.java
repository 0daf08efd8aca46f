package io.parallax.api.ledger;

import io.parallax.contract.message.Plan;
import io.parallax.contract.message.SchemaComparison;
import java.util.List;

/** What of a plan a client sees. */
public record Comparison(SchemaComparison schema, List<String> key, List<String> comparedColumns) {
    public Comparison {
        key = List.copyOf(key);
        comparedColumns = List.copyOf(comparedColumns);
    }

    static Comparison of(Plan plan) {
        return new Comparison(plan.schema(), plan.key(), plan.comparedColumns());
    }
}
