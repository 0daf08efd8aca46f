package io.parallax.api.requests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parallax.api.document.SeveralTypes;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What the schemas of an API document say of JSON types alone, without references and choices. */
final class Shapes {
    private static final String TYPE = "type";

    private static final String NULL = "null";
    private static final String PROPERTIES = "properties";
    private static final String ITEMS = "items";
    private static final String OTHERS = "additionalProperties";

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
        if (schema.has(PROPERTIES)) {
            ObjectNode properties = shape.putObject(PROPERTIES);
            schema.path(PROPERTIES)
                    .properties()
                    .forEach(property -> properties.set(property.getKey(), orNull(shape(property.getValue()))));
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

    /** Null says the same as a field that is not there; whether it must be there is not a matter of shape. */
    private static ObjectNode orNull(ObjectNode shape) {
        if (shape.path(TYPE).isArray()) {
            shape.withArray(TYPE).add(NULL);
        }
        return shape;
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
