package io.parallax.api.results;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.parallax.api.problems.ProblemException;
import io.parallax.api.requests.Ids;
import io.parallax.api.requests.OffTheLoop;
import io.parallax.outcome.PlanSummary;
import io.parallax.outcome.rows.ResultRow;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The differing rows themselves. */
@Path("/api/v1/datadiffs")
@Tag(name = "Data diffs")
public class ResultsResource {
    /** Where the next page begins; for formats that have no place for it. */
    static final String NEXT_CURSOR = "Next-Cursor";

    /** Whether all rows that differ are kept; likewise. */
    static final String COMPLETE = "Complete";

    private final KeptResults results;
    private final ObjectMapper mapper;

    ResultsResource(KeptResults results, ObjectMapper mapper) {
        this.results = results;
        this.mapper = mapper;
    }

    @GET
    @Path("{id}/results")
    // Whatever is accepted, the parameter format may ask for something else.
    @Produces(MediaType.WILDCARD)
    @Operation(
            operationId = "dataDiffResults",
            summary = "Rows that differ",
            description = "Of each kind, and of value for each column that differs, a bounded number of rows is kept,"
                    + " spread over the table. 409 until the diff is done, and when it failed or was cancelled. Values of int8 and"
                    + " numeric are texts in JSON, so that no reader loses digits. Where their keys were read again, remained says"
                    + " which still differed, in CSV in a last column of that name. NDJSON has one row a line. In CSV an empty field is NULL, a"
                    + " value that does not differ, or a side without the row, and \"\" is the empty text; differs names the"
                    + " columns that differ in a row of kind value, as a JSON array. Values are"
                    + " never changed, so mind formulas when a spreadsheet opens it. Of values beyond 1000 characters, and"
                    + " beyond 71 in rows of many such values, the beginning and the SHA-256 are shown; shortened names"
                    + " their columns, in CSV as a JSON array.")
    @APIResponse(
            responseCode = "200",
            description = "The rows.",
            content = {
                @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = ResultsPage.class)),
                @Content(mediaType = "application/x-ndjson", schema = @Schema(implementation = ResultRow.class)),
                @Content(mediaType = "text/csv", schema = @Schema(type = SchemaType.STRING))
            })
    public Uni<Response> results(@PathParam("id") String id, UriInfo uri, Request http) {
        long diff = Ids.parse("diff", id);
        return results.known(diff).flatMap(known -> {
            PlanSummary comparison = known.comparison();
            List<String> compared = comparison == null ? null : comparison.comparedColumns();
            ResultsRequest request = ResultsRequest.of(uri.getQueryParameters(), diff, compared);
            ResultsFormat format = request.format() == null ? ResultsFormat.accepted(http) : request.format();
            if (!known.status().equals("done") || comparison == null) {
                throw ProblemException.notDone(known.status(), known.error());
            }
            return results.rows(diff, comparison, request)
                    .map(rows -> ResultsPage.of(rows, request, diff, known.complete()))
                    .flatMap(page -> OffTheLoop.run(
                            page.bulk(), () -> response(format, page, ResultsTable.of(comparison, known.rechecked()))));
        });
    }

    private Response response(ResultsFormat format, ResultsPage page, ResultsTable table) {
        Object entity =
                switch (format) {
                    case JSON -> page;
                    case NDJSON -> lines(page);
                    case CSV -> table.csv(page.results());
                };
        Response.ResponseBuilder response = Response.ok(entity, format.type());
        return format == ResultsFormat.JSON
                ? response.build()
                : response.header(NEXT_CURSOR, page.nextCursor())
                        .header(COMPLETE, page.complete())
                        .build();
    }

    private String lines(ResultsPage page) {
        return page.results().stream().map(row -> json(row) + "\n").collect(Collectors.joining());
    }

    private String json(ResultRow row) {
        try {
            return mapper.writeValueAsString(row);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
