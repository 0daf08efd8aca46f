package io.parallax.api.floor;

import io.parallax.api.problems.ProblemException;
import io.parallax.api.requests.Ids;
import io.quarkus.resteasy.reactive.server.EndpointDisabled;
import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;

/**
 * Calls that do next to nothing, to measure the others against; nobody finds them unless {@code parallax.floor.enabled}
 * is true.
 *
 * <p>Both are let in as every call is. Then reading is one select by primary key, and writing is one insert: its own
 * record in the audit trail.
 */
@Path("/api/v1/floor")
@Produces(MediaType.APPLICATION_JSON)
@EndpointDisabled(name = "parallax.floor.enabled", stringValue = "false", disableIfMissing = true)
public class FloorResource {
    private final Pool store;

    FloorResource(Pool store) {
        this.store = store;
    }

    /** A diff's status, as it is stored. */
    public record State(String status) {}

    @GET
    @Path("{id}")
    @Operation(hidden = true)
    public Uni<State> read(@PathParam("id") String id) {
        long known = Ids.parse("diff", id);
        return store.preparedQuery("select status from diff where id = $1")
                .execute(Tuple.of(known))
                .map(rows -> {
                    for (Row row : rows) {
                        return new State(row.getString(0));
                    }
                    throw ProblemException.notFound("diff", known);
                });
    }

    @POST
    @NonBlocking
    @Operation(hidden = true)
    public State write() {
        return new State("on record");
    }
}
