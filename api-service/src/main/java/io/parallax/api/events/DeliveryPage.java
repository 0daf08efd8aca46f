package io.parallax.api.events;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.parallax.api.requests.PageNumbers;
import io.parallax.api.requests.Paging;
import io.parallax.outcome.answer.Timestamps;
import java.time.OffsetDateTime;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Some of what a webhook was told. */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@Schema(name = "WebhookDeliveryPage", description = "What a webhook was told or is to be told, newest first.")
public record DeliveryPage(
        @JsonUnwrapped PageNumbers numbers, @Schema(description = "Those of this page.") List<Entry> results) {
    public DeliveryPage {
        results = List.copyOf(results);
    }

    static DeliveryPage of(long count, Paging paging, List<Entry> entries) {
        return new DeliveryPage(PageNumbers.of(count, paging), entries);
    }

    /** One event for one receiver. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    @Schema(name = "WebhookDelivery", description = "An event that is told to a webhook.")
    public record Entry(
            @Schema(description = "Its number.") long id,
            @Schema(
                            description = "The id of the event, which its header webhook-id repeats.",
                            examples = "0b2a52c5-6d2e-4c1c-9f0e-3c0c5f2f4f11")
                    String eventId,
            @Schema(description = "The type of the event.", examples = "finished") String event,
            @Schema(description = "The id of the diff.", examples = "7") long datadiffId,
            @Schema(description = "Where it is.") DeliveryState status,
            @Schema(description = "How often it was tried.", examples = "1") int tries,
            @Schema(description = "How the last try went; null before it has ended.", examples = "HTTP 200") @Nullable
                    String outcome,
            @JsonFormat(pattern = Timestamps.PATTERN) @Schema(description = "When the event was.")
                    OffsetDateTime createdAt,
            @JsonFormat(pattern = Timestamps.PATTERN) @Schema(description = "When it was tried last.") @Nullable
                    OffsetDateTime triedAt,
            @JsonFormat(pattern = Timestamps.PATTERN)
                    @Schema(description = "When it is tried next, at the latest; null once it is over.")
                    @Nullable
                    OffsetDateTime nextTryAt,
            @JsonFormat(pattern = Timestamps.PATTERN) @Schema(description = "When it was over.") @Nullable
                    OffsetDateTime endedAt) {}
}
