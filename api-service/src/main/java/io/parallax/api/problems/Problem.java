package io.parallax.api.problems;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * An error as RFC 9457 has it.
 *
 * @param type a URI for the kind of problem
 * @param title the kind of problem in words
 * @param status the HTTP status
 * @param detail a sentence, or the {@link Fault}s of an invalid request
 * @param instance the path that was asked for
 * @param diffStatus where the diff is in its life, where that is the problem
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
        @Schema(description = "The path that was asked for.", examples = "/api/v1/datadiffs/7") String instance,
        @JsonProperty("diff_status")
                @JsonInclude(JsonInclude.Include.NON_NULL)
                @Schema(
                        description = "Where the diff is in its life, where it is not done yet, or never will be.",
                        examples = "processing")
                @Nullable
                String diffStatus) {
    public static final String MEDIA_TYPE = "application/problem+json";

    /** Too many at once, and a store that is away or busy: seconds by status. */
    private static final Map<Integer, Integer> SOON_OVER = Map.of(429, 1, 503, 5);

    /** A problem of this status, titled by HTTP's own words. */
    public static Problem of(int status, Object detail, String instance) {
        return new Problem("about:blank", titleOf(status), status, detail, instance, null);
    }

    /** The same of a diff that is not done. */
    Problem of(@Nullable String diffStatus) {
        return new Problem(type, title, status, detail, instance, diffStatus);
    }

    Response response() {
        return timed(Response.status(status).type(MEDIA_TYPE).entity(this).build());
    }

    /** The same with the seconds after which it is worth trying again, where that is soon. */
    public static Response timed(Response response) {
        Integer seconds = SOON_OVER.get(response.getStatus());
        return seconds == null
                ? response
                : Response.fromResponse(response)
                        .header(HttpHeaders.RETRY_AFTER, seconds)
                        .build();
    }

    private static String titleOf(int status) {
        if (status == 422) {
            return "Unprocessable Content";
        }
        Response.Status known = Response.Status.fromStatusCode(status);
        return known == null ? "Error" : known.getReasonPhrase();
    }
}
