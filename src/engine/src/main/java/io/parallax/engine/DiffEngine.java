package io.parallax.engine;

import com.fasterxml.jackson.databind.JsonNode;
import io.parallax.contract.DiffSpec;
import io.parallax.contract.SourceDetails;
import io.parallax.contract.message.TestStep;
import java.util.List;

/** Compares two datasets: first a plan, then its tasks, in any order, anywhere, each as often as need be. */
public final class DiffEngine {
    private final EngineSettings settings;

    public DiffEngine(EngineSettings settings) {
        this.settings = settings;
    }

    /**
     * The plan of a diff.
     *
     * @param a where dataset A lives
     * @param b where dataset B lives; may be the same source
     * @throws io.parallax.contract.DiffFailedException when the diff cannot be done
     */
    public Planned plan(DiffSpec spec, SourceDetails a, SourceDetails b, Cancellation cancellation) {
        throw new UnsupportedOperationException(settings.toString());
    }

    /**
     * What one task counts; adds up with its plan's other tasks and what the plan settled itself.
     *
     * @param common the plan's {@code common}
     * @param body one of the plan's {@code tasks}
     * @throws io.parallax.contract.DiffFailedException when the task cannot be done
     */
    public Compared compare(
            JsonNode common, JsonNode body, SourceDetails a, SourceDetails b, Cancellation cancellation) {
        throw new UnsupportedOperationException(settings.toString());
    }

    /** Tries a source; every step has an outcome, whatever happens. */
    public List<TestStep> test(SourceDetails source, Cancellation cancellation) {
        throw new UnsupportedOperationException(settings.toString());
    }
}
