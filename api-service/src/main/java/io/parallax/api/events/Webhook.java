package io.parallax.api.events;

import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An address that is told of events.
 *
 * @param what it is told
 * @param previousUntil until when deliveries are signed with the secret before this one, too; null for not at all
 */
record Webhook(
        long id, String url, Subscription what, @Nullable OffsetDateTime previousUntil, OffsetDateTime createdAt) {
    /**
     * What a receiver is told, and how.
     *
     * @param events types of events; null for all
     * @param everyDiff whether it is told of diffs that do not name it
     */
    record Subscription(@Nullable List<String> events, boolean everyDiff, OnlyIf onlyIf, WebhookFormat format) {
        Subscription {
            events = events == null ? null : List.copyOf(events);
        }
    }
}
