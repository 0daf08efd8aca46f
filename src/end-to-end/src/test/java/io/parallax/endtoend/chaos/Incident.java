package io.parallax.endtoend.chaos;

import java.time.Duration;
import java.time.Instant;

/** A fault that happened; {@code end} is when it was healed. */
record Incident(String part, Harm harm, Instant start, Instant end) {
    /** Whether something that lived in this time may have felt it, or what it left for a while. */
    boolean touches(Instant from, Instant to, Duration aftermath) {
        return !start.isAfter(to) && !end.plus(aftermath).isBefore(from);
    }

    @Override
    public String toString() {
        return "%s %s %s for %d ms"
                .formatted(start, harm, part, Duration.between(start, end).toMillis());
    }
}
