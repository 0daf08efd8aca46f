package io.parallax.api.requests;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parallax.api.problems.Fault;
import io.parallax.api.problems.InvalidRequestException;
import io.parallax.api.problems.ProblemException;
import java.io.IOException;
import java.util.List;

/** The one JSON object of a request: no duplicate fields, nothing behind it, bounded depth and numbers. */
public final class JsonBody {
    static final int MAX_BYTES = 1024 * 1024;
    static final String TOO_LARGE = "The body is larger than " + MAX_BYTES + " bytes.";

    private static final ObjectMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(50)
                            .maxNumberLength(100)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private JsonBody() {}

    /**
     * The object in these bytes.
     *
     * @throws InvalidRequestException when they are anything else
     */
    public static ObjectNode parse(byte[] body) {
        if (body.length > MAX_BYTES) {
            throw new ProblemException(413, TOO_LARGE);
        }
        if (body.length == 0) {
            throw invalid("The body is empty; send one JSON object.", "missing");
        }
        if (read(body) instanceof ObjectNode object) {
            return object;
        }
        throw invalid("The body is not a JSON object.", "object_type");
    }

    private static JsonNode read(byte[] body) {
        try {
            return MAPPER.readTree(body);
        } catch (JsonProcessingException e) {
            // The parser's own words quote the body, which may hold a password.
            throw invalid("The body is not valid JSON" + place(e) + "; send one JSON object.", "json_invalid");
        } catch (IOException e) {
            throw invalid("The body is not valid JSON: its text is not UTF-8.", "json_invalid");
        }
    }

    private static String place(JsonProcessingException e) {
        return e.getLocation() == null
                ? ""
                : " (line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr() + ")";
    }

    private static InvalidRequestException invalid(String msg, String type) {
        return new InvalidRequestException(List.of(new Fault(List.of("body"), msg, type)));
    }
}
