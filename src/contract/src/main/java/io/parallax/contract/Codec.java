package io.parallax.contract;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;

/**
 * Messages to bytes and back: one JSON object, snake_case, with {@code "version"}, the first version of a reader that honours all of it
 * ({@link Since}). Fields that a reader does not know are skipped and only nullable ones may be missing, so that fields may be added; a
 * version above ours is unreadable.
 */
public final class Codec {
    /** Up to which this reads; one more with the first thing that is {@link Since} then. */
    public static final int VERSION = 1;

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            // Values of rows that differ pass through to the digit.
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private Codec() {}

    public static byte[] encode(Object message) {
        try {
            // A root type for polymorphic messages, or the type name would be left out.
            ObjectNode json = MAPPER.valueToTree(message);
            json.put("version", LeastReader.of(message));
            return MAPPER.writeValueAsBytes(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "no JSON for " + message.getClass().getName(), e);
        }
    }

    /**
     * The message in these bytes.
     *
     * @throws UnreadableMessageException when they are no JSON, of a newer version, or not of that type
     */
    public static <T> T decode(byte[] bytes, Class<T> type) throws UnreadableMessageException {
        try {
            JsonNode json = MAPPER.readTree(bytes);
            if (json == null || !json.isObject()) {
                throw new UnreadableMessageException("not a JSON object", null);
            }
            int version = json.path("version").asInt(0);
            if (version < LeastReader.FIRST) {
                throw new UnreadableMessageException("no version", null);
            }
            requireReader(version);
            T message = MAPPER.treeToValue(json, type);
            Completeness.require(message);
            return message;
        } catch (IOException | IllegalArgumentException e) {
            // The cause quotes the message; only its kind is for logs.
            throw new UnreadableMessageException("not a " + type.getSimpleName(), e);
        }
    }

    private static void requireReader(int version) throws UnreadableMessageException {
        if (version > VERSION) {
            throw UnreadableMessageException.newer(version, VERSION);
        }
    }

    /** How many bytes a value takes in a message. */
    public static int size(Object value) {
        try {
            return MAPPER.writeValueAsBytes(value).length;
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "a value that is no JSON: " + value.getClass().getName(), e);
        }
    }

    /** A value as the JSON that messages and the store carry. */
    public static JsonNode toJson(Object value) {
        JsonNode json = MAPPER.valueToTree(value);
        LeastReader.note(json, LeastReader.of(value));
        return json;
    }

    /** The same as text; of a value that is no polymorphic message. */
    public static String text(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("no JSON for " + value.getClass().getName(), e);
        }
    }

    /** The value in such JSON. */
    public static <T> T fromJson(JsonNode json, Class<T> type) throws UnreadableMessageException {
        requireReader(LeastReader.ofDocument(json));
        try {
            T value = MAPPER.treeToValue(json, type);
            Completeness.require(value);
            return value;
        } catch (IOException | IllegalArgumentException e) {
            throw new UnreadableMessageException("not a " + type.getSimpleName(), e);
        }
    }

    /** A mapper of the same conventions, for documents of others. */
    public static ObjectMapper mapper() {
        return MAPPER.copy();
    }
}
