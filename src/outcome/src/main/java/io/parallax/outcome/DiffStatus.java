package io.parallax.outcome;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Where a diff is in its life. */
public enum DiffStatus {
    WAITING("waiting"),
    QUEUED("waiting"),
    PROCESSING("running"),
    DONE("success"),
    FAILED("failed"),
    CANCELLED("failed");

    private final String summaryWord;

    DiffStatus(String summaryWord) {
        this.summaryWord = summaryWord;
    }

    public static DiffStatus of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The same state as {@code summary_results} calls it. */
    public String summaryWord() {
        return summaryWord;
    }

    public boolean isOver() {
        return this == DONE || this == FAILED || this == CANCELLED;
    }
}
