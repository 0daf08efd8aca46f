package io.parallax.api.datadiffs.request;

import io.parallax.contract.Hints;
import io.parallax.contract.SessionParameters;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How to compare: the algorithm, and the settings of sessions. */
final class HintRules {
    static final List<Rule> ALL = List.of(
            HintRules::algorithm,
            asked -> settings(
                    asked,
                    "data_source1_session_parameters",
                    asked.request().settings().dataSource1SessionParameters()),
            asked -> settings(
                    asked,
                    "data_source2_session_parameters",
                    asked.request().settings().dataSource2SessionParameters()));

    private HintRules() {}

    private static void algorithm(Asked asked) {
        String hint = asked.request().hints().algorithmHint();
        String algorithm = asked.request().hints().algorithm();
        if (hint != null && algorithm != null && !hint.equals(algorithm)) {
            asked.conflict("algorithm_hint", "Give algorithm or algorithm_hint, not both.");
        }
    }

    /** An answer's algorithm is what came of the hint; any other word in it is its sender's. */
    static boolean isOfAnAnswer(String algorithm, @Nullable String hint) {
        return Algorithm.BY_ITSELF.contains(algorithm)
                || algorithm.equals(Algorithm.HASH.word()) && Algorithm.search(hint) == Hints.Search.FINGERPRINTS;
    }

    private static void settings(Asked asked, String field, @Nullable Map<String, String> settings) {
        if (settings == null) {
            return;
        }
        settings.keySet().stream().sorted().forEach(name -> {
            if (!SessionParameters.isName(name)) {
                asked.fault(field, "There is no such parameter: " + name + ".", "unknown");
            } else if (SessionParameters.isFixed(name)) {
                asked.fault(field, "The parameter " + name + " is fixed, as results depend on it.", "unsupported");
            }
        });
    }
}
