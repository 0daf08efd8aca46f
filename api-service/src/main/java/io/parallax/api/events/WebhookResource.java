package io.parallax.api.events;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.parallax.api.problems.Faults;
import io.parallax.api.requests.BodyShapes;
import io.parallax.api.requests.FieldReader;
import io.parallax.api.requests.Ids;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Webhooks, for keys with the role admin. */
@Path("/api/v1/webhooks")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Webhooks")
public class WebhookResource {
    private static final Duration OVERLAP = Duration.ofDays(1);
    private static final Duration LONGEST_OVERLAP = Duration.ofDays(7);

    private final Webhooks webhooks;
    private final DeliveryLog log;
    private final Courier courier;
    private final BodyShapes shapes;

    WebhookResource(Webhooks webhooks, DeliveryLog log, Courier courier, BodyShapes shapes) {
        this.webhooks = webhooks;
        this.log = log;
        this.courier = courier;
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
            description = "Each event is posted to it, signed by the secret, again and again until it answers with 2xx."
                    + " The answer has the secret, this once.")
    public Uni<WebhookObject> create(
            @RequestBody(required = true, content = @Content(schema = @Schema(implementation = WebhookRequest.class)))
                    byte[] body) {
        Faults faults = new Faults();
        WebhookDraft draft = WebhookDraft.of(shapes.fields("WebhookRequest", body, faults), faults);
        return webhooks.add(draft.url(), draft.secret(), draft.what())
                .map(made -> WebhookObject.of(made, draft.secret()));
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

    @POST
    @Path("{id}/secret")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "changeWebhookSecret",
            summary = "A new secret for a webhook",
            description =
                    "For a while deliveries are signed with the secret before it, too, so that receivers can change"
                            + " over. The answer has the new one, this once.")
    public Uni<WebhookObject> changeSecret(
            @Parameter(schema = @Schema(type = SchemaType.INTEGER)) @PathParam("id") String id,
            @RequestBody(
                            required = true,
                            content = @Content(schema = @Schema(implementation = WebhookRequest.Secret.class)))
                    byte[] body) {
        long webhook = Ids.parse("webhook", id);
        Faults faults = new Faults();
        FieldReader fields = shapes.fields("WebhookSecretRequest", body, faults);
        fields.onlyKnows(List.of("secret", "overlap_seconds"));
        WebhookSecret secret = WebhookDraft.secret(fields);
        Long overlap = fields.whole("overlap_seconds", 0, LONGEST_OVERLAP.toSeconds());
        faults.refuse();
        return webhooks.change(
                        webhook,
                        Objects.requireNonNull(secret),
                        overlap == null ? OVERLAP : Duration.ofSeconds(overlap))
                .map(changed -> WebhookObject.of(changed, secret));
    }

    @POST
    @Path("{id}/test")
    @Operation(
            operationId = "testWebhook",
            summary = "Posts an event to a webhook, once, and tells how it went",
            description =
                    "The event has the type io.parallax.webhook.test. It is signed as others are, and is not in the"
                            + " log of deliveries.")
    public Uni<Tested> test(@Parameter(schema = @Schema(type = SchemaType.INTEGER)) @PathParam("id") String id) {
        long webhook = Ids.parse("webhook", id);
        return webhooks.receiver(webhook)
                .chain(receiver -> courier.take(CloudEvent.test(webhook), receiver, 1))
                .onFailure(WebhookClient.Refusal.class)
                .recoverWithItem(Outcome::failed)
                .map(outcome -> new Tested(outcome.taken(), outcome.words()));
    }

    @GET
    @Path("{id}/deliveries")
    @Operation(
            operationId = "listWebhookDeliveries",
            summary = "What a webhook was told or is to be told, newest first, page by page",
            description = "For as long as its events are kept, seven days unless the operator says otherwise.")
    public Uni<DeliveryPage> deliveries(
            @Parameter(schema = @Schema(type = SchemaType.INTEGER)) @PathParam("id") String id, UriInfo uri) {
        long webhook = Ids.parse("webhook", id);
        DeliveryLog.Choice choice = DeliveryLog.Choice.of(uri.getQueryParameters());
        return webhooks.require(webhook).chain(() -> log.page(webhook, choice));
    }

    /** How a test went. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    @Schema(name = "WebhookTested", description = "How a test of a webhook went.")
    public record Tested(
            @Schema(description = "Whether it has answered with 2xx.", examples = "true") boolean delivered,
            @Schema(description = "What it has answered, or why it has not.", examples = "HTTP 200") String outcome) {}
}
