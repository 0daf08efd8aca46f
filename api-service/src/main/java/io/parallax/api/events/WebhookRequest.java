package io.parallax.api.events;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A webhook to be. */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@Schema(name = "WebhookRequest")
public record WebhookRequest(
        @Schema(
                        description = "Where events are posted to.",
                        required = true,
                        examples = "https://ci.example.com/parallax")
                String url,
        @Schema(
                        description =
                                "What deliveries are signed with; one is made up when it is not given. One that begins with"
                                        + " whsec_ goes on with Base64 of the key itself.",
                        minLength = WebhookSecret.MIN,
                        maxLength = WebhookSecret.MAX)
                @Nullable
                String secret,
        @Schema(
                        description =
                                "Types of events: created, progress, finished, failed, cancelled; null for all that"
                                        + " only_if lets through.",
                        examples = "[\"finished\", \"failed\"]")
                @Nullable
                List<String> events,
        @Schema(description = "Whether it is told of diffs that do not name it in webhook_ids.", defaultValue = "true")
                @Nullable
                Boolean everyDiff,
        @Schema(
                        description =
                                "What must have become of a diff for it to be told: different tells of those that are"
                                        + " done and not shown to be equal, failed of those that have failed.",
                        enumeration = {"always", "different", "failed"},
                        defaultValue = "always")
                @Nullable
                String onlyIf,
        @Schema(
                        description = "The words in which it is told: CloudEvents, or a message that Slack takes.",
                        enumeration = {"cloudevents", "slack"},
                        defaultValue = "cloudevents")
                @Nullable
                String format) {
    /** A secret to come after the one that there is. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    @Schema(name = "WebhookSecretRequest")
    public record Secret(
            @Schema(
                            description = "The new secret; one is made up when it is not given.",
                            minLength = WebhookSecret.MIN,
                            maxLength = WebhookSecret.MAX)
                    @Nullable
                    String secret,
            @Schema(
                            description = "For how long deliveries are signed with the secret before it, too.",
                            minimum = "0",
                            maximum = "604800",
                            defaultValue = "86400")
                    @Nullable
                    Long overlapSeconds) {}
}
