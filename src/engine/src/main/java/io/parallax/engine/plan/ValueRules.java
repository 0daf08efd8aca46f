package io.parallax.engine.plan;

import io.parallax.contract.DiffFailedException;
import io.parallax.contract.EqualityRules;
import io.parallax.contract.EqualityRules.Tolerance;
import io.parallax.contract.ErrorType;
import io.parallax.engine.task.ValueRule;
import io.parallax.engine.type.ColumnPair;
import io.parallax.engine.type.ColumnType;
import io.parallax.engine.type.DescribedDataset;
import io.parallax.engine.type.Family;
import io.parallax.engine.type.SchemaMatch;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a client's rules of equality mean for each compared column. */
final class ValueRules {
    private ValueRules() {}

    /**
     * The rule of each compared column; null where none has one.
     *
     * @throws DiffFailedException when a tolerance is for a column that is missing, no number, or part of the key
     */
    static @Nullable List<ValueRule> of(@Nullable EqualityRules rules, SchemaMatch match, DescribedDataset a) {
        if (rules == null) {
            return null;
        }
        rules.perColumn().keySet().stream().sorted().forEach(name -> requireNumbers(name, match, a));
        List<ValueRule> each =
                match.compared().stream().map(pair -> rule(rules, pair)).toList();
        return each.stream().allMatch(ValueRule.NONE::equals) ? null : each;
    }

    private static void requireNumbers(String name, SchemaMatch match, DescribedDataset a) {
        if (a.column(name).isEmpty()) {
            throw new DiffFailedException(
                    ErrorType.NO_SUCH_COLUMN, "The column " + name + " of a tolerance is missing on side A.");
        }
        if (match.key().stream().anyMatch(pair -> pair.name().equals(name))) {
            throw new DiffFailedException(
                    ErrorType.UNSUPPORTED,
                    "The column " + name + " is part of the key, which is compared exactly; take its tolerance out.");
        }
        match.compared().stream()
                .filter(pair -> pair.name().equals(name))
                .map(pair -> pair.a().type())
                .filter(type -> type.family() != Family.NUMBER)
                .findFirst()
                .ifPresent(type -> {
                    throw new DiffFailedException(
                            ErrorType.TYPE_MISMATCH,
                            "The column " + name + " is of family " + type.familyName()
                                    + "; only numbers have a tolerance.");
                });
    }

    private static ValueRule rule(EqualityRules rules, ColumnPair pair) {
        ColumnType type = pair.a().type();
        return switch (type.family()) {
            case NUMBER -> new ValueRule(tolerance(rules, pair), null, false, false);
            case TIMESTAMP, TIMESTAMPTZ, TIME -> new ValueRule(null, rules.secondDigits(), false, false);
            case TEXT -> new ValueRule(null, null, rules.ignoresCase(), rules.emptyIsNull());
            default -> ValueRule.NONE;
        };
    }

    private static @Nullable Tolerance tolerance(EqualityRules rules, ColumnPair pair) {
        Tolerance own = rules.perColumn().get(pair.name());
        boolean isFloat = pair.a().type().isFloat() || pair.b().type().isFloat();
        return own != null || !isFloat ? own : rules.floats();
    }
}
