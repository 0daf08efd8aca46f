package io.parallax.engine.task;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.parallax.contract.tally.Tally;
import java.util.List;
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

    /** Of its hash, all bits but the sign decide whether a key belongs to the sample. */
    public List<String> conditions(String keyHash) {
        return share == null || share >= 1
                ? List.of()
                : List.of("(" + keyHash + " & " + Long.MAX_VALUE + ") < " + (long) (share * Long.MAX_VALUE));
    }
}
