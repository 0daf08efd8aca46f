package io.parallax.api.events;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.parallax.api.problems.Faults;
import io.parallax.api.requests.BodyShapes;
import io.parallax.api.requests.FieldReader;
import io.parallax.api.requests.Ids;
import io.parallax.api.requests.Timestamps;
import io.parallax.api.security.ApiKey;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Webhooks, for keys with the role admin. */
@Path("/api/v1/webhooks")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Webhooks")
public class WebhookResource {
    private static final int MAX_PORT = 65_535;
    private static final int MAX_URL = 2000;
    private static final int MIN_SECRET = 16;

    private final Webhooks webhooks;
    private final BodyShapes shapes;

    WebhookResource(Webhooks webhooks, BodyShapes shapes) {
        this.webhooks = webhooks;
        this.shapes = shapes;
    }

    @GET
    @Operation(operationId = "listWebhooks", summary = "All webhooks, without their secrets")
    public Uni<List<WebhookObject>> list() {
        return webhooks.all()
                .map(all -> all.stream().map(one -> WebhookObject.of(one, null)).toList());
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "createWebhook",
            summary = "A new webhook",
            description = "Each event is posted to it as a CloudEvent, signed by the secret, again and again until it"
                    + " answers with 2xx. The answer has the secret, this once.")
    public Uni<WebhookObject> create(
            @RequestBody(required = true, content = @Content(schema = @Schema(implementation = WebhookRequest.class)))
                    byte[] body) {
        Faults faults = new Faults();
        FieldReader fields = shapes.fields("WebhookRequest", body, faults);
        fields.onlyKnows(List.of("url", "secret", "events", "every_diff"));
        String url = fields.requiredText("url");
        if (url != null && !isHttp(url)) {
            fields.fault(
                    "url", "Must be a URL that begins with https:// or http://, without user and password.", "url");
        }
        String secret = fields.text("secret");
        if (secret != null && secret.length() < MIN_SECRET) {
            fields.fault("secret", "Must have at least " + MIN_SECRET + " characters.", "too_short");
        }
        List<String> events = fields.words("events", EventType.words());
        boolean everyDiff = !fields.isGiven("every_diff") || fields.flag("every_diff");
        faults.refuse();
        String used = secret == null ? ApiKey.random() : secret;
        return webhooks.add(Objects.requireNonNull(url), used, events, everyDiff)
                .map(made -> WebhookObject.of(made, used));
    }

    private static boolean isHttp(String url) {
        try {
            URI uri = new URI(url);
            return url.length() <= MAX_URL
                    && Set.of("http", "https")
                            .contains(String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT))
                    && uri.getPort() <= MAX_PORT
                    && uri.getHost() != null
                    && uri.getUserInfo() == null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    @DELETE
    @Path("{id}")
    @Operation(
            operationId = "deleteWebhook",
            summary = "Deletes a webhook; what it has not been told yet it never will be")
    @APIResponse(responseCode = "204", description = "It is gone.")
    public Uni<Void> delete(@Parameter(schema = @Schema(type = SchemaType.INTEGER)) @PathParam("id") String id) {
        return webhooks.delete(Ids.parse("webhook", id));
    }

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
                            description = "What deliveries are signed with; one is made up when it is not given.",
                            minLength = MIN_SECRET)
                    @Nullable
                    String secret,
            @Schema(
                            description =
                                    "Types of events: created, progress, finished, failed, cancelled; null for all.",
                            examples = "[\"finished\", \"failed\"]")
                    @Nullable
                    List<String> events,
            @Schema(
                            description = "Whether it is told of diffs that do not name it in webhook_ids.",
                            defaultValue = "true")
                    @Nullable
                    Boolean everyDiff) {}

    /** A webhook as the API shows it. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    @Schema(name = "Webhook", description = "An address that is told of events.")
    public record WebhookObject(
            @Schema(description = "Its id; diffs name it in webhook_ids.", examples = "1") long id,
            @Schema(description = "Where events are posted to.", examples = "https://ci.example.com/parallax")
                    String url,
            @Schema(description = "Types of events; null for all.") @Nullable List<String> events,
            @Schema(description = "Whether it is told of diffs that do not name it.", examples = "true")
                    boolean everyDiff,
            @JsonInclude(JsonInclude.Include.NON_NULL)
                    @Schema(description = "What deliveries are signed with; only in the answer that it is made by.")
                    @Nullable
                    String secret,
            @JsonFormat(pattern = Timestamps.PATTERN) @Schema(description = "When it was made.")
                    OffsetDateTime createdAt) {
        static WebhookObject of(Webhook webhook, @Nullable String secret) {
            return new WebhookObject(
                    webhook.id(),
                    webhook.url(),
                    webhook.events(),
                    webhook.everyDiff(),
                    secret,
                    Timestamps.utc(webhook.createdAt()));
        }
    }
}
