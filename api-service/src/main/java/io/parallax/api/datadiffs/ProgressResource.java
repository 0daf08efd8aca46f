package io.parallax.api.datadiffs;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.parallax.api.problems.StoreOutage;
import io.parallax.api.requests.Ids;
import io.parallax.api.streams.StreamSettings;
import io.parallax.api.streams.Streams;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestStreamElementType;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Diffs, watched without asking again and again. */
@Path("/api/v1/datadiffs")
@Tag(name = "Data diffs")
public class ProgressResource {
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final Diffs diffs;
    private final Streams streams;
    private final StreamSettings settings;

    ProgressResource(Diffs diffs, Streams streams, StreamSettings settings) {
        this.diffs = diffs;
        this.streams = streams;
        this.settings = settings;
    }

    @GET
    @OfADiff
    @Path("{id}/events")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @RestStreamElementType(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "watchDataDiff",
            summary = "A diff's progress as server-sent events",
            description =
                    "Where it is now, then whenever that changes, and every 20 seconds; the stream ends when the diff is"
                            + " over.")
    public Multi<Watched> watch(@Parameter(schema = @Schema(type = SchemaType.INTEGER)) @PathParam("id") String id) {
        long diff = Ids.parse("diff", id);
        return streams.listener(Multi.createBy()
                .repeating()
                .uni(() -> persistently(diff))
                .withDelay(PAUSE)
                .whilst(watched -> !watched.status().isOver() && !streams.leaving())
                .map(watched -> new Seen(
                        watched, System.nanoTime() / settings.signOfLife().toNanos()))
                .skip()
                .repetitions()
                .map(Seen::watched));
    }

    /** A diff as it is, and which sign of life it is: one that has not changed is told again when it is time for the next. */
    private record Seen(Watched watched, long sign) {}

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
     * The stream of events begins before its first event is there.
     *
     * @throws io.parallax.api.problems.ProblemException (404) when there is no such diff, (429) when there are too many listeners
     */
    @OfADiff
    @ServerRequestFilter
    public Uni<Response> find(ContainerRequestContext request) {
        streams.requirePlaceForListener();
        return diffs.watched(Ids.parse(
                        "diff", request.getUriInfo().getPathParameters().getFirst("id")))
                .replaceWith((Response) null);
    }

    /** A diff as a listener sees it. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    @Schema(name = "DataDiffWatched")
    public record Watched(
            @Schema(description = "The diff's id.", examples = "1") long id,
            @Schema(description = "Where it is in its life.") DiffStatus status,
            @Schema(description = "How far it is.") DiffObject.Progress diffProgress) {}
}
