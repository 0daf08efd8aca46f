package io.parallax.api.events;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What can be told about a diff. */
public enum EventType {
    /** It is stored. */
    CREATED,
    /** Another tenth of its tasks is done. */
    PROGRESS,
    /** It is done. */
    FINISHED,
    /** It has failed. */
    FAILED,
    /** Somebody has cancelled it. */
    CANCELLED;

    /** As clients write it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static EventType of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    /** The {@code type} of its CloudEvents. */
    static String cloudType(String word) {
        return "io.parallax.diff." + word;
    }

    /** All of them as clients write them. */
    public static List<String> words() {
        return Arrays.stream(values()).map(EventType::word).toList();
    }
}
