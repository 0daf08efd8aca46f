package io.parallax.api.requests;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** JSON types in plain English, and what their faults are called. */
final class JsonTypes {
    private static final String ARRAY = "array";

    private static final Map<String, String> ONE = Map.of(
            "string", "a text",
            "integer", "a whole number",
            "number", "a number",
            "boolean", "true or false",
            "object", "an object");

    private static final Map<String, String> MANY = Map.of(
            "string",
            "texts",
            "integer",
            "whole numbers",
            "number",
            "numbers",
            "boolean",
            "true or false",
            "object",
            "objects",
            ARRAY,
            "lists");

    private static final Map<String, String> FAULTS = Map.of(
            "string",
            "string_type",
            "integer",
            "int_type",
            "number",
            "float_type",
            "boolean",
            "bool_type",
            "object",
            "object_type",
            ARRAY,
            "list_type");

    private static final Set<String> SCALARS = Set.of("string", "integer", "number", "boolean");

    private JsonTypes() {}

    /** What a value of this shape is. */
    static String words(JsonNode shape) {
        return Shapes.types(shape).stream()
                .map(type -> type.equals(ARRAY) ? list(shape) : ONE.getOrDefault(type, type))
                .collect(Collectors.joining(" or "));
    }

    private static String list(JsonNode shape) {
        JsonNode items = shape.path("items");
        String many = Shapes.types(items).stream()
                .map(type -> MANY.getOrDefault(type, type))
                .collect(Collectors.joining(" or "));
        if (many.isEmpty()) {
            return "a list";
        }
        return "a list of " + (many.equals("lists") ? many + list(items).substring("a list".length()) : many);
    }

    /** The kind of fault where it is something else. */
    static String fault(JsonNode shape) {
        List<String> types = Shapes.types(shape);
        if (types.size() > 1 && SCALARS.containsAll(types)) {
            return "scalar_type";
        }
        return types.contains(ARRAY) || types.isEmpty() ? "list_type" : FAULTS.getOrDefault(types.get(0), "type");
    }
}
