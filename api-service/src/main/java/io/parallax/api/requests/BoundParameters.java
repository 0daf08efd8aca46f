package io.parallax.api.requests;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the values that a client binds to the parameters of its query. */
public final class BoundParameters {
    private static final Pattern PARAMETER = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private BoundParameters() {}

    /**
     * Values for a query's parameters: those of a list by "1", "2" and so on, those of an object by name; null when there
     * are none.
     */
    public static @Nullable Map<String, JsonNode> of(FieldReader fields, String field) {
        JsonNode value = fields.value(field);
        if (!value.isContainerNode() || value.isEmpty()) {
            return null;
        }
        Map<String, JsonNode> parameters = new LinkedHashMap<>();
        for (int i = 0; value.isArray() && i < value.size(); i++) {
            fields.isSound(Characters.flaw(value.get(i)), List.of(field, i));
            parameters.put(String.valueOf(i + 1), value.get(i));
        }
        value.fields().forEachRemaining(entry -> {
            List<Object> where = List.of(field, entry.getKey());
            if (!PARAMETER.matcher(entry.getKey()).matches()) {
                fields.fault(
                        where, "A parameter's name has letters, digits and _, and begins with no digit.", "pattern");
            }
            fields.isSound(Characters.flaw(entry.getValue()), where);
            parameters.put(entry.getKey(), entry.getValue());
        });
        return parameters;
    }
}
