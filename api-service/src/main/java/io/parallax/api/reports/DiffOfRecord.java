package io.parallax.api.reports;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.parallax.contract.Codec;
import java.io.IOException;
import java.util.Optional;

/** Finds out which diff a report is about that could not be read as a whole. */
final class DiffOfRecord {
    private static final ObjectMapper MAPPER = Codec.mapper();

    private DiffOfRecord() {}

    static Optional<Long> of(byte[] payload) {
        try {
            JsonNode json = MAPPER.readTree(payload);
            JsonNode diff = json.path("address").path("diff");
            JsonNode found = diff.isMissingNode() ? json.path("diff") : diff;
            return found.canConvertToLong() && found.isIntegralNumber()
                    ? Optional.of(found.longValue())
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
