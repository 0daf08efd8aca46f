package io.parallax.api.requests;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.path.NodePath;
import io.parallax.api.problems.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** What is said of a value that is not as the schema of a body has it: its place, and what it must be. */
final class ShapeFaults {
    private static final String TYPE = "type";

    private static final List<Object> BODY = List.of("body");
    private static final String OUT_OF_RANGE = "out_of_range";

    private final JsonNode body;

    ShapeFaults(JsonNode body) {
        this.body = body;
    }

    /** Where it is. */
    static List<Object> place(Error error) {
        NodePath path = error.getInstanceLocation();
        List<Object> place = new ArrayList<>(BODY);
        for (int i = 0; i < path.getNameCount(); i++) {
            place.add(path.getElement(i));
        }
        return place;
    }

    Fault fault(Error error) {
        List<Object> place = place(error);
        JsonNode shape = shape(place);
        return switch (error.getKeyword()) {
            case TYPE -> isMissing(error) ? missing(place) : type(place, shape);
            case "required" -> missing(with(place, error.getProperty()));
            case "minLength" -> missing(place);
            case "additionalProperties" -> unknown(with(place, error.getProperty()), shape);
            case "enum" -> word(place, shape);
            case "minItems", "maxItems" -> size(place, shape);
            default -> range(place, shape);
        };
    }

    private JsonNode shape(List<Object> place) {
        JsonNode shape = body;
        for (Object step : place.subList(BODY.size(), place.size())) {
            shape = Shapes.inner(shape, step);
        }
        return shape;
    }

    static boolean isOfType(Error error) {
        return error.getKeyword().equals(TYPE);
    }

    /** Whether it is null that stands where something must. */
    boolean isMissing(Error error) {
        List<Object> place = place(error);
        int last = place.size() - 1;
        return error.getInstanceNode().isNull()
                && place.get(last) instanceof String name
                && Shapes.requires(shape(place.subList(0, last)), name);
    }

    private static List<Object> with(List<Object> place, Object step) {
        List<Object> longer = new ArrayList<>(place);
        longer.add(step);
        return longer;
    }

    private static Fault missing(List<Object> place) {
        return new Fault(place, "Must be given.", "missing");
    }

    private static Fault type(List<Object> place, JsonNode shape) {
        return new Fault(place, "Must be " + JsonTypes.words(shape) + ".", JsonTypes.fault(shape));
    }

    private static Fault unknown(List<Object> place, JsonNode shape) {
        return new Fault(
                place,
                "There is no such field here; there are " + String.join(", ", Shapes.names(shape)) + ".",
                "unknown");
    }

    /** A list is told of once, whichever of its words it is. */
    private static Fault word(List<Object> place, JsonNode shape) {
        int last = place.size() - 1;
        boolean listed = place.get(last) instanceof Integer;
        String words = StreamSupport.stream(shape.path("enum").spliterator(), false)
                .map(JsonNode::asText)
                .filter(word -> !word.isEmpty() && !word.equals("null"))
                .collect(Collectors.joining(", "));
        return new Fault(
                listed ? place.subList(0, last) : place,
                "Must be " + (listed ? "some" : "one") + " of " + words + ".",
                "enum");
    }

    private static Fault size(List<Object> place, JsonNode shape) {
        String least = shape.path("minItems").asText("0");
        String most = shape.path("maxItems").asText("any number of");
        return new Fault(
                place,
                shape.path(Shapes.SENTENCE).asText("Must have " + least + " to " + most + " elements."),
                least.equals(most) ? "list_type" : "too_long");
    }

    static Fault range(List<Object> place, JsonNode shape) {
        return new Fault(place, shape.path(Shapes.SENTENCE).asText(bounds(shape)), OUT_OF_RANGE);
    }

    private static String bounds(JsonNode shape) {
        if (shape.has("exclusiveMinimum")) {
            return "Must be more than " + shape.path("exclusiveMinimum").asText() + " and less than "
                    + shape.path("exclusiveMaximum").asText() + ".";
        }
        return shape.has("maximum")
                ? "Must be between " + shape.path("minimum").asText() + " and "
                        + shape.path("maximum").asText() + "."
                : "Must be at least " + shape.path("minimum").asText() + ", and of a common size.";
    }
}
