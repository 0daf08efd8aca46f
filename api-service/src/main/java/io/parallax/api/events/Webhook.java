package io.parallax.api.events;

import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An address that is told of events.
 *
 * @param events types of events; null for all
 * @param everyDiff whether it is told of diffs that do not name it
 */
record Webhook(long id, String url, @Nullable List<String> events, boolean everyDiff, OffsetDateTime createdAt) {
    Webhook {
        events = events == null ? null : List.copyOf(events);
    }
}
