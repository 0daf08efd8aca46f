package io.parallax.api.datasources;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.parallax.api.problems.Faults;
import io.parallax.api.problems.ProblemException;
import io.parallax.api.requests.BodyShapes;
import io.parallax.api.requests.BoundParameters;
import io.parallax.api.requests.FieldReader;
import io.parallax.api.requests.Ids;
import io.parallax.api.requests.QueryNames;
import io.parallax.contract.Failure;
import io.parallax.contract.KeySearch;
import io.parallax.contract.message.SourceQuestion;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What is in a data source. */
@Path("/api/v1/data_sources/{id}")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Data sources")
public class SourceQuestionResource {
    private static final int MOST_ROWS = 1000;
    private static final int MOST_SECONDS = 60;
    private static final int SAMPLE_ROWS = 10_000;
    private static final int MOST_SAMPLE_ROWS = 1_000_000;

    private final DataSources sources;
    private final SourceQuestions questions;
    private final BodyShapes shapes;

    SourceQuestionResource(DataSources sources, SourceQuestions questions, BodyShapes shapes) {
        this.sources = sources;
        this.questions = questions;
        this.shapes = shapes;
    }

    @POST
    @Path("query")
    @Consumes(MediaType.APPLICATION_JSON)
    // Existing clients may ask for the rows as they come, which sources of these types do not offer.
    @QueryNames("stream")
    @Operation(
            operationId = "queryDataSource",
            summary = "The rows of a SELECT",
            description = "Read only. At most 1000 rows and 4 MB; truncated tells whether there is more, be it rows or"
                    + " the rest of a value of over 10000 characters. A statement that takes longer than"
                    + " timeout_seconds is cancelled in the source, and the answer is 422 with type Timeout.")
    @APIResponse(
            responseCode = "200",
            description = "The rows, as far as there is room for them.",
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "QueryAnswer")))
    public Uni<JsonNode> query(
            @PathParam("id") String id,
            @RequestBody(required = true, content = @Content(schema = @Schema(implementation = QueryRequest.class)))
                    byte[] body) {
        Faults faults = new Faults();
        FieldReader fields = shapes.fields("SourceQuery", body, faults);
        String sql = fields.requiredText("query");
        Map<String, JsonNode> params = BoundParameters.of(fields, "params");
        Long seconds = fields.whole("timeout_seconds", 1, MOST_SECONDS);
        faults.refuse();
        return answer(
                id,
                new SourceQuestion.Query(
                        Objects.requireNonNull(sql),
                        MOST_ROWS,
                        params,
                        seconds == null ? SourceQuestion.QUERY_SECONDS : seconds.intValue()));
    }

    private Uni<JsonNode> answer(String id, SourceQuestion question) {
        return sources.existing(Ids.parse("data source", id)).chain(source -> questions.answer(source.id, question));
    }

    @POST
    @Path("dataset_schema")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "askDatasetSchema", summary = "Has a worker look up the columns of a table")
    public Uni<TaskStarted> schema(
            @PathParam("id") String id,
            @RequestBody(required = true, content = @Content(schema = @Schema(implementation = TableRequest.class)))
                    byte[] body) {
        Faults faults = new Faults();
        List<String> table = table(shapes.fields("SourceTable", body, faults));
        faults.refuse();
        return sources.existing(Ids.parse("data source", id))
                .chain(source -> questions.ask(source.id, new SourceQuestion.TableSchema(table)))
                .map(TaskStarted::new);
    }

    @GET
    @Path("dataset_schema/{task_id}")
    @Operation(operationId = "datasetSchema", summary = "The columns of a table, once a worker has looked them up")
    public Uni<SchemaTask> schemaTask(@PathParam("id") String id, @PathParam("task_id") String task) {
        return questions
                .state(Ids.parse("task", task), Ids.parse("data source", id))
                .map(state -> {
                    // Whoever may only read is not to see what others have queried.
                    if (!state.kind().equals("table_schema")) {
                        throw ProblemException.notFound("task", task);
                    }
                    return SchemaTask.of(state);
                });
    }

    @POST
    @Path("guess_pk")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "guessPrimaryKey",
            summary = "What could be a table's key",
            description = "Constraints first; where there is none, columns that are unique and not NULL in a sample.")
    @APIResponse(
            responseCode = "200",
            description = "What could be a key, likely ones first.",
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(ref = "KeyGuess")))
    public Uni<JsonNode> guess(
            @PathParam("id") String id,
            @RequestBody(required = true, content = @Content(schema = @Schema(implementation = KeyRequest.class)))
                    byte[] body) {
        Faults faults = new Faults();
        FieldReader fields = shapes.fields("KeyGuessRequest", body, faults);
        List<String> table = table(fields);
        boolean few = fields.isNumber("candidates");
        Long most = few ? fields.whole("candidates", 1, Integer.MAX_VALUE) : null;
        List<String> columns = few ? null : fields.texts("candidates");
        Long sample = fields.whole("sample_size", 1, MOST_SAMPLE_ROWS);
        KeySearch avoided = avoided(fields);
        faults.refuse();
        return answer(
                id,
                new SourceQuestion.Keys(
                        table,
                        columns,
                        sample == null ? SAMPLE_ROWS : sample.intValue(),
                        most == null ? null : most.intValue(),
                        avoided));
    }

    private static @Nullable KeySearch avoided(FieldReader fields) {
        List<String> names = fields.texts("avoid_names");
        List<String> types = fields.texts("avoid_types");
        return names == null && types == null
                ? null
                : new KeySearch(
                        Objects.requireNonNullElse(names, List.of()), Objects.requireNonNullElse(types, List.of()));
    }

    private static List<String> table(FieldReader fields) {
        List<String> table = fields.texts("table");
        if (!fields.isSet("table")) {
            fields.fault("table", "Must be given.", "missing");
        } else if (table != null && table.size() > 3) {
            fields.fault("table", "A table's path has 1 to 3 parts.", "too_long");
        }
        return table == null ? List.of() : table;
    }

    /** A query. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    @Schema(name = "SourceQuery")
    public record QueryRequest(
            @Schema(
                            description = "One SELECT whose columns are all named.",
                            required = true,
                            examples = "select 1 as x")
                    String query,
            @Schema(
                            description = "Values, as if bound: a list for $1, $2 and so on in the query, an object for"
                                    + " :name. A list in it is an array, an object JSON.",
                            examples = "[\"shipped\"]")
                    @Nullable
                    Object params,
            @Schema(description = "How long the answer may take.", minimum = "1", maximum = "60", defaultValue = "10")
                    @Nullable
                    Integer timeoutSeconds) {}

    /** A table. */
    @Schema(name = "SourceTable")
    public record TableRequest(
            @Schema(
                            description = "Its path: 1 to 3 parts, case-sensitive.",
                            required = true,
                            examples = "[\"public\", \"orders\"]")
                    List<String> table) {}

    /** A table whose key is wanted. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    @Schema(name = "KeyGuessRequest")
    public record KeyRequest(
            @Schema(
                            description = "Its path: 1 to 3 parts, case-sensitive.",
                            required = true,
                            examples = "[\"public\", \"orders\"]")
                    List<String> table,
            @Schema(
                            description =
                                    "A number: so many candidates at most. A list: the columns that may be in them; all"
                                            + " when left out.",
                            examples = "1")
                    @Nullable
                    Object candidates,
            @Schema(description = "Rows to look at where no constraint helps.", defaultValue = "10000") @Nullable
                    Integer sampleSize,
            @Schema(description = "Columns that are in none, whatever their case.", examples = "[\"updated_at\"]")
                    @Nullable
                    List<String> avoidNames,
            @Schema(
                            description =
                                    "Types whose columns are in none, as the database calls them; db: may stand before.",
                            examples = "[\"db:int4\"]")
                    @Nullable
                    List<String> avoidTypes) {}

    /** A task that was started. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    @Schema(name = "SchemaTaskStarted")
    public record TaskStarted(
            @Schema(description = "Ask for it at data_sources/{id}/dataset_schema/{task_id}.", examples = "1")
                    long taskId) {}

    /** How the look-up of a schema goes. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    @Schema(name = "SchemaTask")
    public record SchemaTask(
            @Schema(
                            description = "Where it is.",
                            enumeration = {"waiting", "done", "failed"})
                    String status,
            @Schema(
                            description = "The table and its columns, once it is done; error, when it failed.",
                            ref = "TableSchema")
                    @Nullable
                    JsonNode result,
            @Schema(description = "Why it failed.") @Nullable String error) {
        static SchemaTask of(SourceQuestions.State state) {
            String status =
                    state.failure().isPresent() ? "failed" : state.answer().isPresent() ? "done" : "waiting";
            String error = state.failure().map(Failure::message).orElse(null);
            return new SchemaTask(
                    status,
                    error == null
                            ? state.answer().orElse(null)
                            : JsonNodeFactory.instance.objectNode().put("error", error),
                    error);
        }
    }
}
