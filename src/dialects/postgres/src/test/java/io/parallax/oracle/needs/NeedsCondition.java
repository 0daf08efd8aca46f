package io.parallax.oracle.needs;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Lets tests run whose program is there. */
final class NeedsCondition implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        Optional<Needs> needs = context.getElement().map(element -> element.getAnnotation(Needs.class));
        return needs.map(NeedsCondition::evaluate)
                .orElseGet(() -> ConditionEvaluationResult.enabled("needs no program"));
    }

    private static ConditionEvaluationResult evaluate(Needs needs) {
        String program = needs.value();
        List<String> files = needs.files().length == 0 ? List.of(program) : Arrays.asList(needs.files());
        if (files.stream().anyMatch(file -> Programs.find(file).isPresent())) {
            return ConditionEvaluationResult.enabled(program + " is there");
        }
        if (isRequired(program, System.getenv("PARALLAX_REQUIRE"))) {
            throw new IllegalStateException("PARALLAX_REQUIRE names " + program + ", which is not there");
        }
        System.out.println("SKIPPED: needs " + program);
        return ConditionEvaluationResult.disabled("needs " + program);
    }

    static boolean isRequired(String program, String required) {
        return required != null
                && Arrays.stream(required.split(",")).map(String::strip).anyMatch(program::equals);
    }
}
