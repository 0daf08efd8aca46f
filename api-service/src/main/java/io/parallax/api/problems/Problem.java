package io.parallax.api.problems;

import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * An error as RFC 9457 has it.
 *
 * @param type a URI for the kind of problem
 * @param title the kind of problem in words
 * @param status the HTTP status
 * @param detail a sentence, or the {@link Fault}s of an invalid request
 * @param instance the path that was asked for
 */
@Schema(description = "An error, as RFC 9457 has it. That of an invalid request is an InvalidRequest.")
public record Problem(
        @Schema(description = "A URI for the kind of problem.", examples = "about:blank") String type,
        @Schema(description = "The kind of problem in words.", examples = "Not Found") String title,
        @Schema(description = "The HTTP status.", examples = "404") int status,
        @Schema(
                        description = "What is wrong and what to do.",
                        implementation = String.class,
                        examples = "There is no diff 7.")
                Object detail,
        @Schema(description = "The path that was asked for.", examples = "/api/v1/datadiffs/7") String instance) {
    public static final String MEDIA_TYPE = "application/problem+json";

    /** A problem of this status, titled by HTTP's own words. */
    public static Problem of(int status, Object detail, String instance) {
        return new Problem("about:blank", titleOf(status), status, detail, instance);
    }

    Response response() {
        return Response.status(status).type(MEDIA_TYPE).entity(this).build();
    }

    private static String titleOf(int status) {
        if (status == 422) {
            return "Unprocessable Content";
        }
        Response.Status known = Response.Status.fromStatusCode(status);
        return known == null ? "Error" : known.getReasonPhrase();
    }
}
