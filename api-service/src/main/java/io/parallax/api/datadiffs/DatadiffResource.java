package io.parallax.api.datadiffs;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.parallax.api.audit.AuditTrail;
import io.parallax.api.datadiffs.answer.DiffObject;
import io.parallax.api.datadiffs.answer.DiffSummary;
import io.parallax.api.datadiffs.create.DiffCreation;
import io.parallax.api.datadiffs.list.DiffPage;
import io.parallax.api.datadiffs.list.DiffQuery;
import io.parallax.api.datadiffs.read.Diffs;
import io.parallax.api.datadiffs.stored.Idempotency;
import io.parallax.api.datadiffs.stored.StoredDiff;
import io.parallax.api.datasources.DataSources;
import io.parallax.api.ledger.change.Changes;
import io.parallax.api.ledger.workspace.TempTableCleanup;
import io.parallax.api.problems.Faults;
import io.parallax.api.requests.BodyShapes;
import io.parallax.api.requests.FieldReader;
import io.parallax.api.requests.Ids;
import io.parallax.api.requests.OffTheLoop;
import io.parallax.api.requests.QueryNames;
import io.parallax.api.security.Caller;
import io.parallax.outcome.DiffStatus;
import io.parallax.outcome.answer.SummaryResults;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;
import org.jspecify.annotations.Nullable;

/** Diffs: ask for one, watch it, read what it found. */
@Path("/api/v1/datadiffs")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Data diffs")
public class DatadiffResource {
    private final Diffs diffs;
    private final DiffCreation creation;
    private final DataSources sources;
    private final Changes changes;
    private final TempTableCleanup cleanup;
    private final Caller caller;
    private final AuditTrail audit;
    private final HttpServerRequest http;
    private final BodyShapes shapes;

    DatadiffResource(
            Diffs diffs,
            DiffCreation creation,
            DataSources sources,
            Changes changes,
            TempTableCleanup cleanup,
            Caller caller,
            AuditTrail audit,
            HttpServerRequest http,
            BodyShapes shapes) {
        this.diffs = diffs;
        this.creation = creation;
        this.sources = sources;
        this.changes = changes;
        this.cleanup = cleanup;
        this.caller = caller;
        this.audit = audit;
        this.http = http;
        this.shapes = shapes;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "createDataDiff", summary = "A new diff")
    public Uni<RestResponse<DiffObject>> create(
            @Parameter(
                            in = ParameterIn.HEADER,
                            name = Idempotency.HEADER,
                            description =
                                    "A key of your own, 1 to 255 visible characters: for a day, the same request under"
                                            + " it makes one diff, and is answered with that.")
                    @HeaderParam(Idempotency.HEADER)
                    @Nullable
                    String key,
            @RequestBody(required = true, content = @Content(schema = @Schema(ref = "DiffRequest"))) byte[] body) {
        // One that is blank is not given to us otherwise, and it is not to be taken for none.
        return creation.add(
                        caller.id(),
                        body,
                        key == null ? http.getHeader(Idempotency.HEADER) : key,
                        audit.entry(RestResponse.StatusCode.OK))
                .invoke(made -> {
                    if (!made.before()) {
                        caller.onRecord();
                    }
                })
                .map(made -> ResponseBuilder.ok(DiffObject.of(made.diff(), made.request()))
                        .header(Idempotency.REPLAYED, made.before() ? true : null)
                        .build());
    }

    @GET
    @Operation(operationId = "listDataDiffs", summary = "All diffs, oldest first, page by page")
    public Uni<DiffPage> list(UriInfo uri) {
        return diffs.page(DiffQuery.of(uri.getQueryParameters()));
    }

    @PATCH
    @Path("{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "changeDataDiff", summary = "Archives a diff, or purges its result rows")
    public Uni<DiffObject> change(
            @PathParam("id") String id,
            @RequestBody(required = true, content = @Content(schema = @Schema(implementation = Change.class)))
                    byte[] body) {
        long known = Ids.parse("diff", id);
        Faults faults = new Faults();
        FieldReader fields = shapes.fields("DataDiffChange", body, faults);
        fields.onlyKnows(List.of("archived", "purged"));
        boolean archived = fields.flag("archived");
        boolean purged = fields.flag("purged");
        if (fields.isGiven("purged") && !purged) {
            fields.fault("purged", "Rows that are purged are gone; it can only be true.", "enum");
        }
        faults.refuse();
        return diffs.change(known, fields.isGiven("archived") ? archived : null, purged)
                .call(diff -> purged && diff.writes
                        ? cleanup.purged(known)
                        : Uni.createFrom().voidItem())
                .chain(diff -> OffTheLoop.run(StoredDiff.size(diff), () -> DiffObject.of(diff)));
    }

    @GET
    @Path("{id}")
    @QueryNames("poll")
    @Operation(operationId = "dataDiff", summary = "One diff, with its progress")
    public Uni<DiffObject> one(@PathParam("id") String id) {
        return diffs.withProgress(Ids.parse("diff", id));
    }

    @GET
    @Path("{id}/summary_results")
    @Operation(operationId = "dataDiffSummaryResults", summary = "What a diff found")
    public Uni<SummaryResults> summaryResults(@PathParam("id") String id) {
        return diffs.summary(Ids.parse("diff", id));
    }

    @GET
    @Path("{id}/summary")
    @Operation(operationId = "dataDiffSummary", summary = "A diff in short, for people")
    public Uni<DiffSummary> summary(@PathParam("id") String id) {
        return diffs.existing(Ids.parse("diff", id))
                .chain(diff -> sources.byId(List.of(diff.dataSource1Id, diff.dataSource2Id))
                        .chain(known -> OffTheLoop.run(
                                StoredDiff.size(diff), () -> DiffSummary.of(DiffObject.of(diff), diff, known))));
    }

    @POST
    @Path("{id}/cancel")
    @Operation(operationId = "cancelDataDiff", summary = "Stops a diff; does nothing to one that is over")
    public Uni<State> cancel(@PathParam("id") String id) {
        long known = Ids.parse("diff", id);
        return diffs.existing(known)
                .chain(() -> changes.cancel(known))
                .chain(() -> diffs.existing(known))
                .map(diff -> new State(diff.id, diff.status()));
    }

    /** What can be changed of a diff. */
    @Schema(name = "DataDiffChange")
    public record Change(
            @Schema(description = "Whether it is out of the way.") @Nullable Boolean archived,
            @Schema(description = "True deletes its result rows, and its materialized tables; its figures stay.")
                    @Nullable
                    Boolean purged) {}

    /** Where a diff is in its life. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    @Schema(name = "DataDiffState")
    public record State(
            @Schema(description = "The diff's id.", examples = "1") long id,
            @Schema(description = "Where it is in its life.") DiffStatus status) {}
}
