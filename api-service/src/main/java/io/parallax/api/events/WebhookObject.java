package io.parallax.api.events;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.parallax.outcome.answer.Timestamps;
import java.time.OffsetDateTime;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A webhook as the API shows it. */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@Schema(name = "Webhook", description = "An address that is told of events.")
public record WebhookObject(
        @Schema(description = "Its id; diffs name it in webhook_ids.", examples = "1") long id,
        @Schema(description = "Where events are posted to.", examples = "https://ci.example.com/parallax") String url,
        @Schema(description = "Types of events; null for all.") @Nullable List<String> events,
        @Schema(description = "Whether it is told of diffs that do not name it.", examples = "true") boolean everyDiff,
        @Schema(
                        description = "What must have become of a diff for it to be told.",
                        enumeration = {"always", "different", "failed"},
                        examples = "always")
                String onlyIf,
        @Schema(
                        description = "The words in which it is told.",
                        enumeration = {"cloudevents", "slack"},
                        examples = "cloudevents")
                String format,
        @JsonInclude(JsonInclude.Include.NON_NULL)
                @Schema(description = "What deliveries are signed with; only in the answer that it is made by.")
                @Nullable
                String secret,
        @JsonFormat(pattern = Timestamps.PATTERN)
                @Schema(description = "Until when deliveries are signed with the secret before this one, too.")
                @Nullable
                OffsetDateTime previousSecretUntil,
        @JsonFormat(pattern = Timestamps.PATTERN) @Schema(description = "When it was made.") OffsetDateTime createdAt) {
    static WebhookObject of(Webhook webhook, @Nullable WebhookSecret secret) {
        Webhook.Subscription what = webhook.what();
        return new WebhookObject(
                webhook.id(),
                webhook.url(),
                what.events(),
                what.everyDiff(),
                what.onlyIf().word(),
                what.format().word(),
                secret == null ? null : secret.text(),
                Timestamps.utcOrNull(webhook.previousUntil()),
                Timestamps.utc(webhook.createdAt()));
    }
}
