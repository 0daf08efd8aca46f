package io.parallax.api.datadiffs.request;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The fields of a body that are sound, which together are the request where all are. */
final class SoundFields {
    private static final ObjectMapper MAPPER = DiffRequest.mapper();

    private final ObjectNode json = MAPPER.createObjectNode();

    /** Null is no field. */
    void keep(String field, @Nullable Object value) {
        if (value != null) {
            json.set(field, MAPPER.valueToTree(value));
        }
    }

    boolean has(String field) {
        return json.has(field);
    }

    /** What the field is; a missing node where there is none. */
    JsonNode path(String field) {
        return json.path(field);
    }

    /** The id that it is; null where there is none. */
    @Nullable
    Long id(String field) {
        return json.has(field) ? json.get(field).longValue() : null;
    }

    /** The ids that are listed in it. */
    Set<Long> ids(String field) {
        return StreamSupport.stream(json.path(field).spliterator(), false)
                .map(JsonNode::longValue)
                .collect(Collectors.toSet());
    }

    DiffRequest request() {
        try {
            return MAPPER.treeToValue(json, DiffRequest.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a checked request does not convert", e);
        }
    }
}
