package io.parallax.outcome;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a diff comes to in a word; of several that apply, the first in this order. */
public enum DiffResult {
    /** It failed. */
    ERROR,
    /** Some keys are null or occur more than once, so that their rows could not be compared. */
    BAD_PKS,
    /** Neither side has a row. */
    EMPTY,
    /** Some values differ, or columns have no comparable partner. */
    DIFFERENT,
    /** Some keys exist on one side only. */
    MISSING_PKS,
    /** None of the above. */
    IDENTICAL;

    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
