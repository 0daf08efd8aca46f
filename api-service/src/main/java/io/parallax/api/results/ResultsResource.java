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
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
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

    private static final String EXAMPLE =
            """
            {"results": [
               {"kind": "value", "key": {"id": 3}, "values": {"price": {"a": 10, "b": null}}},
               {"kind": "exclusive1", "key": {"id": 8}, "values": {"price": {"a": 12}, "name": {"a": "pear"}}}],
             "next_cursor": "AQAAAAAAAAAHAAAAAAAAAAnI2c4N", "complete": true}""";
    private static final String ROW_EXAMPLE =
            """
            {"kind": "value", "key": {"id": 3}, "values": {"price": {"a": 10, "b": null}}}""";

    private static final String CSV_EXAMPLE =
            """
            kind,id,price_a,price_b,name_a,name_b,shortened
            value,3,10,,,,
            exclusive1,8,12,,pear,,
            """;

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
    @Parameter(
            name = "kind",
            in = ParameterIn.QUERY,
            description = "Only rows of these kinds: value, exclusive1, exclusive2, duplicate1, duplicate2. May be"
                    + " repeated, or a list with commas.",
            example = "value,exclusive1",
            schema = @Schema(type = SchemaType.STRING))
    @Parameter(
            name = "column",
            in = ParameterIn.QUERY,
            description = "Only rows of kind value in which this column differs. May be repeated: any of these.",
            example = "price",
            schema = @Schema(type = SchemaType.STRING))
    @Parameter(
            name = "limit",
            in = ParameterIn.QUERY,
            description = "The most rows to answer, at most 1000.",
            schema = @Schema(type = SchemaType.INTEGER, defaultValue = "100"))
    @Parameter(
            name = "cursor",
            in = ParameterIn.QUERY,
            description = "The next_cursor of the page before.",
            schema = @Schema(type = SchemaType.STRING))
    @APIResponse(
            responseCode = "200",
            description = "The rows.",
            headers = {
                @Header(
                        name = NEXT_CURSOR,
                        description = "In NDJSON and CSV: the next_cursor; absent after the last row.",
                        schema = @Schema(type = SchemaType.STRING)),
                @Header(
                        name = COMPLETE,
                        description = "In NDJSON and CSV: what complete says in JSON.",
                        schema = @Schema(type = SchemaType.BOOLEAN))
            },
            content = {
                @Content(
                        mediaType = MediaType.APPLICATION_JSON,
                        schema = @Schema(implementation = ResultsPage.class),
                        example = EXAMPLE),
                @Content(mediaType = NDJSON, schema = @Schema(implementation = ResultRow.class), example = ROW_EXAMPLE),
                @Content(mediaType = CSV, schema = @Schema(type = SchemaType.STRING), example = CSV_EXAMPLE)
            })
    public Uni<Response> results(
            @Parameter(schema = @Schema(type = SchemaType.INTEGER)) @PathParam("id") String id,
            UriInfo uri,
            Request http) {
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
