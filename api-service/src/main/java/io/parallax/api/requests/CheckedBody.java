package io.parallax.api.requests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.List;

/**
 * A body that was held against its schema.
 *
 * @param given as it came
 * @param sound the same without the fields that have a fault of their own, so that one can go on reading
 */
public record CheckedBody(ObjectNode given, ObjectNode sound) {
    static CheckedBody of(ObjectNode given, Collection<List<Object>> faulty) {
        ObjectNode sound = given.deepCopy();
        faulty.forEach(place -> remove(sound, place));
        return new CheckedBody(given, sound);
    }

    /** Takes out the innermost field that the place is in. */
    private static void remove(ObjectNode body, List<Object> place) {
        JsonNode around = body;
        ObjectNode owner = body;
        String name = "";
        for (Object step : place.subList(1, place.size())) {
            if (step instanceof String field && around instanceof ObjectNode object) {
                owner = object;
                name = field;
                around = object.path(field);
            } else {
                around = step instanceof Integer index ? around.path(index) : around.path(step.toString());
            }
        }
        owner.remove(name);
    }
}
