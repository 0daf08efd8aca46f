package io.parallax.api.datadiffs.read;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.parallax.api.datadiffs.answer.DiffObject;
import io.parallax.api.problems.StoreOutage;
import io.parallax.api.requests.Ids;
import io.parallax.api.streams.StreamSettings;
import io.parallax.api.streams.Streams;
import io.parallax.outcome.DiffStatus;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.time.Duration;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestStreamElementType;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;

/** Diffs, watched without asking again and again. */
@Path("/api/v1/datadiffs")
@Tag(name = "Data diffs")
public class ProgressResource {
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    /** After which a listener who has lost the connection comes again. */
    private static final Duration COME_BACK = Duration.ofSeconds(2);

    private final Diffs diffs;
    private final Streams streams;
    private final StreamSettings settings;

    ProgressResource(Diffs diffs, Streams streams, StreamSettings settings) {
        this.diffs = diffs;
        this.streams = streams;
        this.settings = settings;
    }

    @GET
    @RequiresDiff
    @Path("{id}/events")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @RestStreamElementType(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "watchDataDiff",
            summary = "A diff's progress as server-sent events",
            description =
                    "Where it is now, then whenever that changes; the stream ends when the diff is over. Each event has"
                            + " an id. In between there is a comment every 15 seconds.")
    @APIResponse(
            responseCode = "200",
            description = "The events.",
            content =
                    @Content(
                            mediaType = MediaType.SERVER_SENT_EVENTS,
                            schema = @Schema(type = SchemaType.ARRAY, implementation = Watched.class)))
    public Multi<OutboundSseEvent> watch(
            @Parameter(schema = @Schema(type = SchemaType.INTEGER)) @PathParam("id") String id,
            @Parameter(
                            description =
                                    "The id of the last event that was heard, of a listener who has lost the connection:"
                                            + " only what is new is told.")
                    @HeaderParam(HttpHeaders.LAST_EVENT_ID_HEADER)
                    @Nullable
                    String last,
            @Context Sse sse) {
        long diff = Ids.parse("diff", id);
        return streams.listener(heard(diff, last, sse));
    }

    private Multi<OutboundSseEvent> heard(long diff, @Nullable String last, Sse sse) {
        OutboundSseEvent end = sse.newEventBuilder().comment("the end").build();
        Multi<OutboundSseEvent> changes = Multi.createBy()
                .repeating()
                .uni(() -> persistently(diff))
                .withDelay(PAUSE)
                .whilst(watched -> !watched.status().isOver() && !streams.leaving())
                .skip()
                .repetitions()
                .skip()
                .first(watched -> watched.mark().equals(last))
                .map(watched -> watched.event(sse));
        // Whatever keeps the next change from being known, such as a busy store.
        Multi<OutboundSseEvent> signs = Multi.createFrom()
                .ticks()
                .every(settings.signOfLife())
                .onOverflow()
                .drop()
                .map(tick -> sse.newEventBuilder().comment("nothing new").build());
        OutboundSseEvent beginning = sse.newEventBuilder()
                .comment("how to go on after a lost connection")
                .reconnectDelay(COME_BACK.toMillis())
                .build();
        return Multi.createBy()
                .concatenating()
                .streams(
                        Multi.createFrom().item(beginning),
                        Multi.createBy()
                                .merging()
                                .streams(changes.onCompletion().continueWith(end), signs)
                                .select()
                                .first(event -> event != end));
    }

    /** A busy store is no reason to leave a listener. */
    private Uni<Watched> persistently(long diff) {
        return Uni.createFrom()
                .deferred(() -> diffs.watched(diff))
                .onFailure(StoreOutage::caused)
                .retry()
                .withBackOff(PAUSE, LONGEST_PAUSE)
                .indefinitely();
    }

    /**
     * The stream of events begins before its first event is there. A listener who has heard of the end has nothing to come back for.
     *
     * @throws io.parallax.api.problems.ProblemException (404) when there is no such diff, (429) when there are too many listeners
     */
    @RequiresDiff
    @ServerRequestFilter
    public Uni<Response> find(ContainerRequestContext request) {
        streams.requirePlaceForListener();
        return diffs.watched(Ids.parse(
                        "diff", request.getUriInfo().getPathParameters().getFirst("id")))
                .map(watched -> watched.status().isOver()
                                && watched.mark().equals(request.getHeaderString(HttpHeaders.LAST_EVENT_ID_HEADER))
                        ? Response.noContent().build()
                        : null);
    }

    /** A diff as a listener sees it. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    @Schema(name = "DataDiffWatched")
    public record Watched(
            @Schema(description = "The diff's id.", examples = "1") long id,
            @Schema(description = "Where it is in its life.") DiffStatus status,
            @Schema(description = "How far it is.") DiffObject.Progress diffProgress) {
        /** The id of the event that tells it: the same of what is the same. */
        private String mark() {
            return status.word() + "-" + diffProgress.completedSteps() + "-" + diffProgress.totalSteps();
        }

        private OutboundSseEvent event(Sse sse) {
            return sse.newEventBuilder().id(mark()).data(Watched.class, this).build();
        }
    }
}
