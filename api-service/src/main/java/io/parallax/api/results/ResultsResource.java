package io.parallax.api.results;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.parallax.api.problems.ProblemException;
import io.parallax.api.requests.Ids;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.core.Variant;
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

    static final String NDJSON = "application/x-ndjson";
    static final String CSV = "text/csv";

    private static final String CSV_UTF8 = CSV + ";charset=UTF-8";
    private static final List<Variant> FORMATS = Variant.mediaTypes(
                    MediaType.APPLICATION_JSON_TYPE, MediaType.valueOf(NDJSON), MediaType.valueOf(CSV))
            .build();

    private final KeptResults results;
    private final ObjectMapper mapper;

    ResultsResource(KeptResults results, ObjectMapper mapper) {
        this.results = results;
        this.mapper = mapper;
    }

    @GET
    @Path("{id}/results")
    @Produces({MediaType.APPLICATION_JSON, NDJSON, CSV})
    @Operation(
            operationId = "dataDiffResults",
            summary = "Rows that differ",
            description = "Of each kind, and of value for each column that differs, a bounded number of rows is kept,"
                    + " spread over the table. There are none until the diff is done. Where their keys were read again, remained says"
                    + " which still differed, in CSV in a last column of that name. NDJSON has one row a line. In CSV an empty field is NULL, a"
                    + " value that does not differ, or a side without the row, and \"\" is the empty text; values are"
                    + " never changed, so mind formulas when a spreadsheet opens it. Of values beyond 1000 characters, and"
                    + " beyond 71 in rows of many such values, the beginning and the SHA-256 are shown; shortened names"
                    + " their columns, in CSV as a JSON array.")
    @APIResponse(
            responseCode = "200",
            description = "The rows.",
            content = {
                @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = ResultsPage.class)),
                @Content(mediaType = NDJSON, schema = @Schema(implementation = ResultRow.class)),
                @Content(mediaType = CSV, schema = @Schema(type = SchemaType.STRING))
            })
    public Uni<Response> results(@PathParam("id") String id, UriInfo uri, Request http) {
        long diff = Ids.parse("diff", id);
        Variant format = http.selectVariant(FORMATS);
        if (format == null) {
            throw new ProblemException(406, "Results are application/json, " + NDJSON + " or " + CSV + ".");
        }
        return results.known(diff).flatMap(known -> {
            ResultsTable table = ResultsTable.of(known.comparison(), known.rechecked());
            List<String> compared = known.comparison() == null ? null : table.compared();
            ResultsRequest request = ResultsRequest.of(uri.getQueryParameters(), diff, compared);
            return page(diff, known, request).map(page -> response(format.getMediaType(), page, table));
        });
    }

    private Uni<ResultsPage> page(long diff, KeptResults.Known known, ResultsRequest request) {
        return known.isDone()
                ? results.rows(diff, request).map(rows -> ResultsPage.of(rows, request.limit(), diff, known.complete()))
                : Uni.createFrom().item(ResultsPage.NONE);
    }

    private Response response(MediaType format, ResultsPage page, ResultsTable table) {
        return switch (format.toString()) {
            case NDJSON -> Response.ok(lines(page), NDJSON)
                    .header(NEXT_CURSOR, page.nextCursor())
                    .header(COMPLETE, page.complete())
                    .build();
            case CSV -> Response.ok(table.csv(page.results()), CSV_UTF8)
                    .header(NEXT_CURSOR, page.nextCursor())
                    .header(COMPLETE, page.complete())
                    .build();
            default -> Response.ok(page, MediaType.APPLICATION_JSON).build();
        };
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
