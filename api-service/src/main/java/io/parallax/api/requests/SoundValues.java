package io.parallax.api.requests;

import com.fasterxml.jackson.databind.JsonNode;
import io.parallax.api.problems.Fault;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What no schema says of values, of all that a schema knows of a body: texts are not blank and have characters that databases take,
 * whole numbers are written as such, and others are of a size to reckon with.
 */
final class SoundValues {
    /** Of a number's own, and of its size. */
    private static final int MOST_DIGITS = 400;

    private final Consumer<Fault> faults;

    SoundValues(Consumer<Fault> faults) {
        this.faults = faults;
    }

    /** Notes what is wrong with an object of this shape, and with what is in it. */
    void check(JsonNode shape, JsonNode object, List<Object> place) {
        object.properties().forEach(field -> {
            List<Object> inner = with(place, field.getKey());
            note(inner, Characters.flaw(field.getKey()));
            boolean free = !Shapes.knows(shape, field.getKey());
            value(Shapes.inner(shape, field.getKey()), field.getValue(), inner, free);
        });
    }

    private void value(JsonNode shape, JsonNode value, List<Object> place, boolean free) {
        List<String> types = Shapes.types(shape);
        if (value.isObject() && types.contains("object") && !Shapes.isOpen(shape)) {
            check(shape, value, place);
        } else if (value.isArray()) {
            for (int i = 0; i < value.size(); i++) {
                element(shape.path("items"), value.get(i), with(place, i));
            }
        } else if (value.isTextual()
                && types.contains("string")
                && !value.textValue().isEmpty()) {
            text(value.textValue(), place, free);
        } else if (value.isNumber()) {
            number(shape, types, value, place);
        }
    }

    private void element(JsonNode shape, JsonNode value, List<Object> place) {
        if (value.isTextual() && Shapes.types(shape).contains("string")) {
            text(value.textValue(), place, false);
        } else {
            value(shape, value, place, false);
        }
    }

    /** {@code free}: under a name of the client's own, where it is nobody's but the database's what it means. */
    private void text(String text, List<Object> place, boolean free) {
        if (text.isBlank() && !free) {
            faults.accept(new Fault(place, "Is blank.", "blank"));
        } else {
            note(place, Characters.flaw(text));
        }
    }

    private void note(List<Object> place, Optional<Characters.Flaw> found) {
        found.ifPresent(flaw -> faults.accept(new Fault(place, flaw.msg(), flaw.type())));
    }

    private void number(JsonNode shape, List<String> types, JsonNode value, List<Object> place) {
        // As whole as 1.0 is, it is not written so.
        if (types.equals(List.of("integer")) && !value.isIntegralNumber()) {
            faults.accept(new Fault(place, "Must be a whole number.", "int_type"));
        } else if (types.equals(List.of("number")) && isExtreme(value)) {
            faults.accept(ShapeFaults.range(place, shape));
        }
    }

    /** Arithmetic with such a number would take forever. */
    static boolean isExtreme(JsonNode number) {
        BigDecimal value = number.decimalValue();
        return Math.abs((long) value.precision() - value.scale()) > MOST_DIGITS || value.precision() > MOST_DIGITS;
    }

    private static List<Object> with(List<Object> place, Object step) {
        List<Object> longer = new ArrayList<>(place);
        longer.add(step);
        return longer;
    }
}
