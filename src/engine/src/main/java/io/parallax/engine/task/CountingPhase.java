package io.parallax.engine.task;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.parallax.contract.tally.Tally;
import org.jspecify.annotations.Nullable;

/**
 * What the tasks of a plan count, where keys and values are counted apart.
 *
 * @param ofKeys true for keys, of all rows; false for values
 * @param share the share of keys, by their hash, whose values are compared; null for all
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CountingPhase(boolean ofKeys, @Nullable Double share) {
    public static final CountingPhase KEYS = new CountingPhase(true, null);

    /** What is left of a tally of both; one of keys says how many could be compared, too. */
    Tally counting(Tally tally) {
        return ofKeys ? tally : tally.ofValues();
    }

    /** Whether only some keys are compared. */
    public boolean samplesKeys() {
        return share != null && share < 1;
    }
}
