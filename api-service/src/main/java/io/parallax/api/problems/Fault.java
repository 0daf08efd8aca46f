package io.parallax.api.problems;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * One thing that is wrong with a request.
 *
 * @param loc where: {@code body}, {@code query} or {@code path}, then names and positions
 * @param msg what is wrong and what to do, for a person
 * @param type the kind of fault, for a program
 */
@Schema(description = "One thing that is wrong with the request.")
public record Fault(
        @Schema(
                        description = "Where: body, query or path, then field names and positions.",
                        examples = "[\"body\", \"table1\"]")
                List<Object> loc,
        @Schema(description = "What is wrong and what to do.", examples = "Give table1 or query1.") String msg,
        @Schema(description = "The kind of fault.", examples = "missing") String type) {
    public Fault {
        loc = loc.stream()
                .map(step -> step instanceof String name ? readable(name) : step)
                .toList();
        msg = readable(msg);
    }

    /** A text as it can be written: names that clients send may have half of a surrogate pair in them. */
    private static String readable(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }
}
