package io.parallax.api.datadiffs.request;

import io.parallax.api.requests.FieldReader;
import io.parallax.contract.EqualityRules;
import io.parallax.contract.EqualityRules.Tolerance;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fields of a request that say what counts as equal. */
public final class RuleValidator {
    public static final String IGNORES_CASE = "case_insensitive_strings";
    public static final String EMPTY_IS_NULL = "null_equals_empty_string";

    private static final String ABSOLUTE = "absolute";
    private static final String RELATIVE = "relative";
    private static final List<String> MODES = List.of(ABSOLUTE, RELATIVE);
    private static final int MOST_SECOND_DIGITS = 6;

    private final FieldReader fields;

    RuleValidator(FieldReader fields) {
        this.fields = fields;
    }

    /** What they come to, noting faults; null when they say nothing. */
    public @Nullable EqualityRules read() {
        Map<String, Tolerance> perColumn = perColumn();
        BigDecimal floats = fields.decimal("diff_tolerance", BigDecimal.ZERO);
        String mode = fields.word("tolerance_mode", MODES);
        if (mode != null && !fields.isSet("diff_tolerance")) {
            fields.fault("tolerance_mode", "Give diff_tolerance, too.", "missing");
        }
        Long digits = fields.whole("datetime_tolerance", 0, MOST_SECOND_DIGITS);
        List<String> modifiers = fields.words("table_modifiers", List.of(IGNORES_CASE, EMPTY_IS_NULL));
        EqualityRules rules = new EqualityRules(
                perColumn,
                floats == null ? null : new Tolerance(floats, RELATIVE.equals(mode)),
                digits == null ? null : digits.intValue(),
                modifiers != null && modifiers.contains(IGNORES_CASE),
                modifiers != null && modifiers.contains(EMPTY_IS_NULL),
                sortedArrays());
        return rules.equals(new EqualityRules(Map.of(), null, null, false, false)) ? null : rules;
    }

    private @Nullable List<String> sortedArrays() {
        if (fields.isBoolean("sort_array_columns")) {
            return fields.flag("sort_array_columns") ? List.of() : null;
        }
        return fields.texts("sort_array_columns");
    }

    private Map<String, Tolerance> perColumn() {
        Map<String, Tolerance> perColumn = new LinkedHashMap<>();
        List<FieldReader> columns = fields.objects("diff_tolerances_per_column");
        if (columns == null) {
            return perColumn;
        }
        for (FieldReader column : columns) {
            column.onlyKnows(List.of("column_name", "tolerance_value", "tolerance_mode"));
            String name = column.requiredText("column_name");
            BigDecimal value = column.decimal("tolerance_value", BigDecimal.ZERO);
            if (!column.isGiven("tolerance_value")) {
                column.fault("tolerance_value", "Must be given.", "missing");
            }
            String mode = column.word("tolerance_mode", MODES);
            boolean again = name != null
                    && value != null
                    && perColumn.put(name, new Tolerance(value, RELATIVE.equals(mode))) != null;
            if (again) {
                column.fault("column_name", "Give each column one tolerance.", "duplicate");
            }
        }
        return perColumn;
    }
}
