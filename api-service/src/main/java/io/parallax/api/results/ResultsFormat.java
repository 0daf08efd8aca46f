package io.parallax.api.results;

import io.parallax.api.problems.ProblemException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Variant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What rows can be answered as. */
enum ResultsFormat {
    JSON(MediaType.APPLICATION_JSON),
    /** One row a line. */
    NDJSON("application/x-ndjson"),
    CSV("text/csv");

    private static final List<Variant> VARIANTS = Arrays.stream(values())
            .map(format -> new Variant(MediaType.valueOf(format.type), (String) null, null))
            .toList();

    private final String type;

    ResultsFormat(String type) {
        this.type = type;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    String type() {
        return type;
    }

    static Optional<ResultsFormat> of(String word) {
        return Arrays.stream(values())
                .filter(format -> format.word().equals(word))
                .findFirst();
    }

    /**
     * The one that a request's header {@code Accept} asks for.
     *
     * @throws ProblemException (406) when there is none
     */
    static ResultsFormat accepted(Request request) {
        Variant variant = request.selectVariant(VARIANTS);
        return Arrays.stream(values())
                .filter(format ->
                        variant != null && variant.getMediaType().toString().equals(format.type))
                .findFirst()
                .orElseThrow(() -> new ProblemException(
                        406, "Results are " + JSON.type + ", " + NDJSON.type + " or " + CSV.type + "."));
    }
}
