package io.parallax.api.requests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parallax.api.document.SeveralTypes;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.StreamSupport;

/** What the schemas of an API document say of JSON types and of single values, without references and choices. */
final class Shapes {
    private static final String TYPE = "type";

    private static final String NULL = "null";
    private static final String PROPERTIES = "properties";
    private static final String ITEMS = "items";
    private static final String OTHERS = "additionalProperties";
    private static final String REQUIRED = "required";
    private static final String ENUM = "enum";

    /** The sentence of a value that is none of those a schema allows, where there is a better one than for others. */
    static final String SENTENCE = "x-fault";

    /** What schemas say of single values. */
    private static final List<String> OF_VALUES = List.of(
            REQUIRED,
            ENUM,
            "minimum",
            "maximum",
            "exclusiveMinimum",
            "exclusiveMaximum",
            "minLength",
            "minItems",
            "maxItems",
            SENTENCE);

    /** The largest numbers of formats. */
    private static final Map<String, Long> MOST = Map.of("int32", (long) Integer.MAX_VALUE, "int64", Long.MAX_VALUE);

    private final JsonNode document;

    Shapes(JsonNode document) {
        this.document = document;
    }

    /** The names of the schemas that bodies of requests have. */
    Set<String> bodies() {
        Set<String> names = new TreeSet<>();
        document.path("paths")
                .forEach(path -> path.forEach(operation -> operation
                        .path("requestBody")
                        .path("content")
                        .forEach(content -> {
                            String reference =
                                    content.path("schema").path("$ref").asText();
                            names.add(reference.substring(reference.lastIndexOf('/') + 1));
                        })));
        return names;
    }

    /** The shape of a schema of this name. */
    ObjectNode shape(String name) {
        return shape(document.path("components").path("schemas").path(name));
    }

    private ObjectNode shape(JsonNode schema) {
        String reference = schema.path("$ref").asText("");
        if (!reference.isEmpty()) {
            return shape(document.at(reference.substring(1)));
        }
        ObjectNode shape = JsonNodeFactory.instance.objectNode();
        Set<String> types = new LinkedHashSet<>();
        add(schema, shape, types);
        if (!types.isEmpty()) {
            types.forEach(shape.putArray(TYPE)::add);
        }
        return shape;
    }

    private void add(JsonNode schema, ObjectNode shape, Set<String> types) {
        JsonNode type = schema.has(SeveralTypes.TYPES) ? schema.path(SeveralTypes.TYPES) : schema.path(TYPE);
        if (schema.has(SeveralTypes.ITEMS)) {
            shape.putObject(ITEMS).putArray(TYPE).add(schema.path(SeveralTypes.ITEMS));
        }
        if (type.isTextual()) {
            types.add(type.textValue());
        }
        type.forEach(one -> types.add(one.textValue()));
        OF_VALUES.stream().filter(schema::has).forEach(word -> shape.set(word, schema.path(word)));
        Long most = MOST.get(schema.path("format").asText());
        if (most != null && !schema.has("maximum")) {
            shape.put("maximum", most);
        }
        if (schema.path(OTHERS).isBoolean()) {
            shape.set(OTHERS, schema.path(OTHERS));
        }
        if (schema.has(PROPERTIES)) {
            ObjectNode properties = shape.putObject(PROPERTIES);
            schema.path(PROPERTIES).properties().forEach(property -> {
                ObjectNode inner = shape(property.getValue());
                properties.set(property.getKey(), requires(schema, property.getKey()) ? inner : orNull(inner));
            });
        }
        for (String inner : List.of(ITEMS, OTHERS)) {
            if (schema.path(inner).isObject()) {
                shape.set(inner, shape(schema.path(inner)));
            }
        }
        for (String choice : List.of("anyOf", "oneOf", "allOf")) {
            schema.path(choice).forEach(one -> {
                ObjectNode chosen = shape(one);
                chosen.path(TYPE).forEach(word -> types.add(word.textValue()));
                shape.setAll((ObjectNode) chosen.without(TYPE));
            });
        }
    }

    /** Null and the empty text say the same as a field that is not there. */
    private static ObjectNode orNull(ObjectNode shape) {
        if (shape.path(TYPE).isArray()) {
            shape.withArray(TYPE).add(NULL);
        }
        if (shape.path(ENUM).isArray()) {
            shape.set(ENUM, shape.withArray(ENUM).deepCopy().add("").addNull());
        }
        return shape;
    }

    /** Whether a field of this name must be there. */
    static boolean requires(JsonNode shape, String name) {
        for (JsonNode required : shape.path(REQUIRED)) {
            if (required.asText().equals(name)) {
                return true;
            }
        }
        return false;
    }

    static boolean knows(JsonNode shape, String name) {
        return shape.path(PROPERTIES).has(name);
    }

    /** The names of what may be in there. */
    static List<String> names(JsonNode shape) {
        return shape.path(PROPERTIES).properties().stream()
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Whether anything may be in there, which nobody reads. */
    static boolean isOpen(JsonNode shape) {
        return !shape.has(PROPERTIES) && types(shape.path(OTHERS)).isEmpty();
    }

    /** Its types, without null. */
    static List<String> types(JsonNode shape) {
        return StreamSupport.stream(shape.path(TYPE).spliterator(), false)
                .map(JsonNode::asText)
                .filter(type -> !type.equals(NULL))
                .toList();
    }

    /** The shape of what is in there by a name or at a position. */
    static JsonNode inner(JsonNode shape, Object step) {
        if (!(step instanceof String name)) {
            return shape.path(ITEMS);
        }
        JsonNode property = shape.path(PROPERTIES).path(name);
        return property instanceof MissingNode ? shape.path(OTHERS) : property;
    }
}
