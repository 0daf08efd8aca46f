package io.parallax.engine.postgres.sql;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * JSON values as SQL literals. The database finds the type of texts, lists and objects by where they stand, as it does
 * with parameters that are bound.
 */
public final class Parameters {
    private Parameters() {}

    /** A literal for each value: a list is an array's text, an object its JSON. */
    public static Map<String, String> literals(Map<String, JsonNode> values) {
        Map<String, String> literals = new LinkedHashMap<>();
        values.forEach((name, value) -> literals.put(name, literal(value)));
        return literals;
    }

    private static String literal(JsonNode value) {
        if (value.isArray()) {
            return Sql.literal(array(value));
        }
        return isPlain(value) ? plain(value) : Sql.literal(text(value));
    }

    private static String array(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(Parameters::element)
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static String element(JsonNode value) {
        if (value.isArray()) {
            return array(value);
        }
        return isPlain(value) ? plain(value) : Sql.element(text(value));
    }

    private static boolean isPlain(JsonNode value) {
        return value.isNull() || value.isNumber() || value.isBoolean();
    }

    private static String plain(JsonNode value) {
        return value.isNumber() ? value.decimalValue().toString() : value.asText();
    }

    private static String text(JsonNode value) {
        return value.isTextual() ? value.textValue() : value.toString();
    }
}
