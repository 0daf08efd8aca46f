package io.parallax.api.datasources;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parallax.api.problems.Faults;
import io.parallax.api.problems.OutageLog;
import io.parallax.api.requests.BodyShapes;
import io.parallax.api.requests.Ids;
import io.parallax.api.requests.QueryParameters;
import io.parallax.contract.SourceDetails;
import io.parallax.outcome.answer.Timestamps;
import io.parallax.text.TextDialects;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;

/** Data sources: connections to databases. */
@Path("/api/v1/data_sources")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Data sources")
public class DataSourceResource {
    private static final Logger LOG = Logger.getLogger(DataSourceResource.class);

    private final DataSources sources;
    private final SourceTests tests;
    private final SourceVault vault;
    private final BodyShapes shapes;

    DataSourceResource(DataSources sources, SourceTests tests, SourceVault vault, BodyShapes shapes) {
        this.sources = sources;
        this.tests = tests;
        this.vault = vault;
        this.shapes = shapes;
    }

    @GET
    @Operation(operationId = "listDataSources", summary = "All data sources, or the one of a name")
    @Parameter(
            name = "name",
            in = ParameterIn.QUERY,
            description = "Only the data source of this very name; none when there is no such.",
            example = "warehouse",
            schema = @Schema(type = SchemaType.STRING))
    public Uni<List<DataSourceObject>> list(UriInfo uri) {
        Faults faults = new Faults();
        String name = new QueryParameters(uri.getQueryParameters(), Set.of("name"), faults).text("name");
        faults.refuse();
        return sources.all().map(all -> all.stream()
                .filter(source -> name == null || source.name.equals(name))
                .map(DataSourceObject::of)
                .toList());
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "createDataSource", summary = "A new data source; its secrets are stored sealed")
    public Uni<DataSourceObject> create(
            @RequestBody(
                            required = true,
                            content = @Content(schema = @Schema(implementation = SourceRequest.Document.class)))
                    byte[] body) {
        SourceRequest request = SourceRequest.parse(body, shapes);
        return sources.nextId().flatMap(id -> sources.add(source(id, request))).map(DataSourceObject::of);
    }

    private DataSource source(long id, SourceRequest request) {
        OffsetDateTime now = Timestamps.now();
        DataSource source = new DataSource();
        source.id = id;
        source.type = request.type().type();
        source.createdAt = now;
        source.updatedAt = now;
        fill(source, request);
        reach(source, request);
        return source;
    }

    private void fill(DataSource source, SourceRequest request) {
        source.name = request.name();
        source.maxAllowedConnections = request.maxAllowedConnections();
        source.isPaused = request.isPaused();
        source.tempSchema = request.tempSchema();
        source.floatTolerance = request.floatTolerance();
        source.ignoredFields = request.ignoredFields().toArray(String[]::new);
    }

    private void reach(DataSource source, SourceRequest request) {
        source.options = request.shownOptions().toString();
        source.sealed = vault.seal(source.id, new SourceDetails(source.type, request.options()));
    }

    @GET
    @Path("types")
    @Operation(operationId = "listDataSourceTypes", summary = "What data sources can be made of")
    public List<SourceTypeObject> types() {
        return TextDialects.sourceTypes().map(SourceTypeObject::of).toList();
    }

    @GET
    @Path("{id}")
    @Operation(operationId = "dataSource", summary = "One data source")
    public Uni<DataSourceObject> one(@PathParam("id") String id) {
        return sources.existing(Ids.parse("data source", id)).map(DataSourceObject::of);
    }

    @PATCH
    @Path("{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "changeDataSource",
            summary = "Changes a data source",
            description = "Fields and options that are not given stay. Secrets have to be given again where host, port,"
                    + " sslmode or rootcert change. While unfinished diffs use it, how it is reached cannot be"
                    + " changed.")
    public Uni<DataSourceObject> change(
            @PathParam("id") String id,
            @RequestBody(required = true, content = @Content(schema = @Schema(ref = "DataSourceChange"))) byte[] body) {
        long known = Ids.parse("data source", id);
        Faults faults = new Faults();
        ObjectNode change = shapes.object("DataSourceChange", body, faults);
        return sources.change(known, source -> {
                    SourceRequest request =
                            SourceRequest.changed(source, () -> vault.open(known, source.sealed), change, faults);
                    fill(source, request);
                    if (change.has("options")) {
                        reach(source, request);
                    }
                    return change.has("options");
                })
                .map(DataSourceObject::of);
    }

    @DELETE
    @Path("{id}")
    // There is nothing to be read but problems, and generated clients accept nothing else.
    @Produces(MediaType.WILDCARD)
    @Operation(
            operationId = "deleteDataSource",
            summary = "Deletes a data source and its secrets; its diffs stay",
            description = "Refused while unfinished diffs use it.")
    @APIResponse(responseCode = "204", description = "It is gone.")
    public Uni<Void> delete(@PathParam("id") String id) {
        return sources.change(Ids.parse("data source", id), source -> {
                    source.deletedAt = Timestamps.now();
                    source.sealed = "";
                    return true;
                })
                .replaceWithVoid();
    }

    @GET
    @Path("{id}/summary")
    @Operation(operationId = "dataSourceSummary", summary = "A data source in short")
    public Uni<Short> summary(@PathParam("id") String id) {
        return sources.existing(Ids.parse("data source", id))
                .map(source -> new Short(source.id, source.name, source.type));
    }

    @POST
    @Path("{id}/test")
    @Operation(operationId = "testDataSource", summary = "Has a worker try a data source")
    public Uni<TestStarted> test(@PathParam("id") String id) {
        return sources.existing(Ids.parse("data source", id))
                .flatMap(tests::add)
                .invoke(this::sendSoon)
                .map(test -> new TestStarted(test.id));
    }

    private void sendSoon(SourceTest test) {
        tests.sendPending()
                .subscribe()
                .with(done -> {}, failure -> OutageLog.warn(LOG, "Test " + test.id + " waits", failure));
    }

    @GET
    @Path("test/{id}")
    @Operation(operationId = "dataSourceTest", summary = "How a test of a data source goes")
    public Uni<SourceTestObject> testResult(@PathParam("id") String id) {
        return tests.existing(Ids.parse("test", id));
    }

    /** A data source in short. */
    @Schema(name = "DataSourceSummary")
    public record Short(
            @Schema(description = "Its id.", examples = "1") long id,
            @Schema(description = "Its name.", examples = "warehouse") String name,
            @Schema(description = "Its type.", examples = "pg") String type) {}

    /** A test that was started. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    @Schema(name = "DataSourceTestStarted")
    public record TestStarted(
            @Schema(description = "Ask for it at data_sources/test/{job_id}.", examples = "1") long jobId) {}
}
