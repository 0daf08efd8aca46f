package io.parallax.api.datadiffs.request;

import io.parallax.api.datadiffs.request.DiffRequest.ColumnTolerance;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What counts as equal. */
final class EqualityFieldRules {
    static final List<Rule> ALL =
            List.of(EqualityFieldRules::duplicates, EqualityFieldRules::perColumn, EqualityFieldRules::mode);

    private EqualityFieldRules() {}

    private static void duplicates(Asked asked) {
        if (Boolean.TRUE.equals(asked.request().equality().compareDuplicates()) && asked.isSet("time_aggregate")) {
            asked.conflict("compare_duplicates", "Give compare_duplicates or time_aggregate, not both.");
        }
    }

    private static void perColumn(Asked asked) {
        List<ColumnTolerance> tolerances = asked.request().equality().diffTolerancesPerColumn();
        Set<String> names = new HashSet<>();
        for (int i = 0; tolerances != null && i < tolerances.size(); i++) {
            ColumnTolerance one = tolerances.get(i);
            if (one.columnName() != null && one.toleranceValue() != null && !names.add(one.columnName())) {
                asked.given()
                        .fault(
                                List.of("diff_tolerances_per_column", i, "column_name"),
                                "Give each column one tolerance.",
                                "duplicate");
            }
        }
    }

    private static void mode(Asked asked) {
        if (asked.request().equality().toleranceMode() != null && !asked.isSet("diff_tolerance")) {
            asked.missing("tolerance_mode", "Give diff_tolerance, too.");
        }
    }
}
