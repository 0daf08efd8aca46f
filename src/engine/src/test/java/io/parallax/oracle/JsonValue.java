package io.parallax.oracle;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.StreamSupport;

/** JSON as jsonb sees it: unordered members of which the last of a name counts, numbers by value. */
final class JsonValue {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    /** JSON's null, which is no SQL NULL. */
    private enum Null {
        NULL
    }

    private JsonValue() {}

    static Object parse(String text) {
        try {
            return of(MAPPER.readTree(text));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    private static Object of(JsonNode node) {
        return switch (node.getNodeType()) {
            case OBJECT -> members(node);
            case ARRAY -> elements(node);
            case NUMBER -> node.decimalValue().stripTrailingZeros();
            case STRING -> node.textValue();
            case BOOLEAN -> node.booleanValue();
            default -> Null.NULL;
        };
    }

    private static Map<String, Object> members(JsonNode object) {
        Map<String, Object> members = new TreeMap<>();
        object.fields().forEachRemaining(member -> members.put(member.getKey(), of(member.getValue())));
        return members;
    }

    private static List<Object> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonValue::of)
                .toList();
    }
}
