package io.parallax.api.events;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Where a delivery is. */
public enum DeliveryState {
    /** It is to be tried, or to be tried again. */
    WAITING("d.delivered_at is null and d.gave_up_at is null"),
    /** The receiver has taken it. */
    DELIVERED("d.delivered_at is not null"),
    /** The receiver has not taken it, and will not be asked again. */
    FAILED("d.gave_up_at is not null");

    /** What is so of a delivery d in the store. */
    final String condition;

    DeliveryState(String condition) {
        this.condition = condition;
    }

    /** As clients read it. */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<DeliveryState> of(String word) {
        return Arrays.stream(values())
                .filter(state -> state.word().equals(word))
                .findFirst();
    }

    static List<String> words() {
        return Arrays.stream(values()).map(DeliveryState::word).toList();
    }
}
