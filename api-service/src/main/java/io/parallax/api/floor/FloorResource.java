package io.parallax.api.floor;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parallax.api.problems.ProblemException;
import io.parallax.api.requests.Ids;
import io.parallax.api.requests.JsonBody;
import io.parallax.api.security.Caller;
import io.parallax.outcome.answer.Timestamps;
import io.quarkus.resteasy.reactive.server.EndpointDisabled;
import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.ws.rs.Consumes;
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
 * <p>All are let in as every call is. Then reading is one select by primary key; writing is one insert: a diff that is over
 * before it begins, with the JSON that was sent; and noting is a smaller one, the call's own record in the audit trail.
 */
@Path("/api/v1/floor")
@Produces(MediaType.APPLICATION_JSON)
@EndpointDisabled(name = "parallax.floor.enabled", stringValue = "false", disableIfMissing = true)
public class FloorResource {
    private static final String ADD =
            """
            insert into diff (user_id, data_source1_id, data_source2_id, request, spec, ignored_fields, status, plan,
                              archived, created_at, updated_at, finished_at)
            values ($1, $2, $3, '{}', $4, '{}', 'cancelled', 1, true, $5, $5, $5)""";

    private final Pool store;
    private final Caller caller;

    FloorResource(Pool store, Caller caller) {
        this.store = store;
        this.caller = caller;
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
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(hidden = true)
    public Uni<State> write(byte[] body) {
        ObjectNode sent = JsonBody.parse(body);
        return store.preparedQuery(ADD)
                .execute(Tuple.of(
                        caller.id(),
                        sent.path("data_source1_id").asLong(),
                        sent.path("data_source2_id").asLong(),
                        sent.toString(),
                        Timestamps.now()))
                .invoke(caller::onRecord)
                .replaceWith(new State("cancelled"));
    }

    @POST
    @Path("note")
    @NonBlocking
    @Operation(hidden = true)
    public State note() {
        return new State("on record");
    }
}
