package io.parallax.api.events;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What must have become of a diff for a receiver to be told. */
enum OnlyIf {
    /** Anything. */
    ALWAYS(EventType.words()),
    /** It is done, and not shown to be equal. */
    DIFFERENT(List.of(EventType.FINISHED.word())),
    /** It has failed. */
    FAILED(List.of(EventType.FAILED.word()));

    /** Types of events that it lets through, as clients write them. */
    final List<String> events;

    OnlyIf(List<String> events) {
        this.events = events;
    }

    /** As clients write it. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static OnlyIf of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    static List<String> words() {
        return Arrays.stream(values()).map(OnlyIf::word).toList();
    }
}
