package io.parallax.api.requests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parallax.api.problems.Fault;
import io.parallax.api.problems.Faults;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Reads typed fields of a JSON object and notes what is wrong with them. A field with a fault reads as absent, so that
 * reading goes on.
 */
public final class FieldReader {
    private static final String NUL = "Holds the character NUL, which no database takes.";

    private static final String LONE_SURROGATE = "Holds half of a surrogate pair, which is no character.";

    private final ObjectNode json;
    private final List<Object> place;
    private final Faults faults;

    public FieldReader(ObjectNode json, List<Object> place, Faults faults) {
        this.json = json;
        this.place = List.copyOf(place);
        this.faults = faults;
        names().filter(name -> name.indexOf('\0') >= 0).forEach(name -> fault(name, NUL, "nul_character"));
        names().filter(FieldReader::hasLoneSurrogate)
                .forEach(name -> fault(readable(name), LONE_SURROGATE, "lone_surrogate"));
    }

    /** True when the field says something: it is there, and not null, false or empty. */
    public boolean isSet(String field) {
        return isSet(json.path(field));
    }

    private static boolean isSet(JsonNode value) {
        boolean empty = value.isContainerNode() && value.isEmpty()
                || value.isTextual() && value.textValue().isEmpty();
        boolean no = value.isBoolean() && !value.booleanValue();
        return !value.isMissingNode() && !value.isNull() && !empty && !no;
    }

    /** The text of a field; null when it is absent, null or the empty text. */
    public @Nullable String text(String field) {
        JsonNode value = json.path(field);
        if (absent(value) || value.isTextual() && value.textValue().isEmpty()) {
            return null;
        }
        if (!value.isTextual()) {
            fault(field, "Must be a text.", "string_type");
            return null;
        }
        return sound(value.textValue(), List.of(field));
    }

    /** The text of a field that must be there. */
    public @Nullable String requiredText(String field) {
        if (!isSet(field) && (absent(json.path(field)) || json.path(field).isTextual())) {
            fault(field, "Must be given.", "missing");
            return null;
        }
        return text(field);
    }

    /** The texts of a list; null when it is absent, null or empty. */
    public @Nullable List<String> texts(String field) {
        JsonNode value = json.path(field);
        if (!isSet(value)) {
            return null;
        }
        if (!value.isArray()) {
            fault(field, "Must be a list of texts.", "list_type");
            return null;
        }
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < value.size(); i++) {
            String text = element(field, i, value.get(i));
            if (text != null) {
                texts.add(text);
            }
        }
        return texts.size() == value.size() ? List.copyOf(texts) : null;
    }

    private @Nullable String element(String field, int position, JsonNode value) {
        if (!value.isTextual()) {
            fault(List.of(field, position), "Must be a text.", "string_type");
            return null;
        }
        return sound(value.textValue(), List.of(field, position));
    }

    private @Nullable String sound(String text, List<Object> where) {
        if (text.isBlank()) {
            fault(where, "Is blank.", "blank");
            return null;
        }
        if (text.indexOf('\0') >= 0) {
            fault(where, NUL, "nul_character");
            return null;
        }
        if (hasLoneSurrogate(text)) {
            fault(where, LONE_SURROGATE, "lone_surrogate");
            return null;
        }
        return text;
    }

    private static String readable(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    private static boolean hasLoneSurrogate(String text) {
        return text.codePoints().anyMatch(point -> Character.getType(point) == Character.SURROGATE);
    }

    /** The whole number of a field, in the range given; null when it is absent or null. */
    public @Nullable Long whole(String field, long least, long most) {
        JsonNode value = json.path(field);
        if (absent(value)) {
            return null;
        }
        if (!value.isIntegralNumber()) {
            fault(field, "Must be a whole number.", "int_type");
            return null;
        }
        if (!value.canConvertToLong() || value.longValue() < least || value.longValue() > most) {
            fault(field, "Must be between " + least + " and " + most + ".", "out_of_range");
            return null;
        }
        return value.longValue();
    }

    /** The whole number of a field that must be there. */
    public @Nullable Long requiredWhole(String field, long least, long most) {
        if (absent(json.path(field))) {
            fault(field, "Must be given.", "missing");
            return null;
        }
        return whole(field, least, most);
    }

    /** True when the field is true. */
    public boolean flag(String field) {
        JsonNode value = json.path(field);
        if (!absent(value) && !value.isBoolean()) {
            fault(field, "Must be true or false.", "bool_type");
        }
        return value.booleanValue();
    }

    /** The object of a field that must be there. */
    public @Nullable ObjectNode requiredObject(String field) {
        if (json.get(field) instanceof ObjectNode object) {
            return object;
        }
        fault(
                field,
                absent(json.path(field)) ? "Must be given." : "Must be an object.",
                absent(json.path(field)) ? "missing" : "object_type");
        return null;
    }

    /** The names of fields that are not among the known ones. */
    public List<String> unknown(Set<String> known) {
        return names().filter(name -> !known.contains(name)).toList();
    }

    private Stream<String> names() {
        return StreamSupport.stream(((Iterable<String>) json::fieldNames).spliterator(), false);
    }

    public void fault(String field, String msg, String type) {
        fault(List.of(field), msg, type);
    }

    private void fault(List<Object> where, String msg, String type) {
        List<Object> loc = new ArrayList<>(place);
        loc.addAll(where);
        faults.add(new Fault(loc, msg, type));
    }

    private static boolean absent(JsonNode value) {
        return value.isMissingNode() || value.isNull();
    }
}
