package io.parallax.api.requests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parallax.api.problems.Fault;
import io.parallax.api.problems.Faults;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Reads typed fields of a JSON object and notes what is wrong with their values. A field with a fault reads as absent, so that
 * reading goes on; so does one of another JSON type, which {@link BodyShapes} has noted before.
 */
public final class FieldReader {
    public static final String NO_TIME = "Must be a date or a timestamp of ISO 8601, such as 2026-01-31T18:00:00Z.";

    public static final String NO_PATH =
            "Must be names with a dot between them, each in double quotes where a dot or a quote is in it.";

    private final ObjectNode json;
    private final List<Object> place;
    private final Faults faults;

    public FieldReader(ObjectNode json, List<Object> place, Faults faults) {
        this.json = json;
        this.place = List.copyOf(place);
        this.faults = faults;
        names().forEach(name -> Characters.flaw(name).ifPresent(flaw -> fault(name, flaw.msg(), flaw.type())));
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
        return value.isTextual() && !value.textValue().isEmpty() ? sound(value.textValue(), List.of(field)) : null;
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
        if (!value.isArray() || value.isEmpty()) {
            return null;
        }
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < value.size(); i++) {
            String text = element(List.of(field, i), value.get(i));
            if (text != null) {
                texts.add(text);
            }
        }
        return texts.size() == value.size() ? List.copyOf(texts) : null;
    }

    /** A path of names, as a list or as one text; null when it is absent, null or empty. */
    public @Nullable List<String> path(String field) {
        if (!json.path(field).isTextual()) {
            return texts(field);
        }
        String text = text(field);
        List<String> names = text == null ? List.of() : PathText.names(text);
        if (text != null && names.isEmpty()) {
            fault(field, NO_PATH, "path");
        }
        return names.isEmpty() ? null : names;
    }

    private @Nullable String element(List<Object> where, JsonNode value) {
        return value.isTextual() ? sound(value.textValue(), where) : null;
    }

    private @Nullable String sound(String text, List<Object> where) {
        if (text.isBlank()) {
            fault(where, "Is blank.", "blank");
            return null;
        }
        return isSendable(text, where) ? text : null;
    }

    private boolean isSendable(String text, List<Object> where) {
        return isSound(Characters.flaw(text), where);
    }

    /** A flaw is a fault. */
    boolean isSound(Optional<Characters.Flaw> found, List<Object> where) {
        found.ifPresent(flaw -> fault(where, flaw.msg(), flaw.type()));
        return found.isEmpty();
    }

    /** The whole number of a field, in the range given; null when it is absent or null. */
    public @Nullable Long whole(String field, long least, long most) {
        JsonNode value = json.path(field);
        if (!value.isNumber()) {
            return null;
        }
        // As whole as 1.0 is, it is not written so.
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

    /** The number of a field, at least that; null when it is absent or null. */
    public @Nullable BigDecimal decimal(String field, BigDecimal least) {
        JsonNode value = json.path(field);
        if (!value.isNumber()) {
            return null;
        }
        if (SoundValues.isExtreme(value) || value.decimalValue().compareTo(least) < 0) {
            fault(field, "Must be at least " + least.toPlainString() + ", and of a common size.", "out_of_range");
            return null;
        }
        return value.decimalValue();
    }

    /** One of these words; null when the field is absent, null or empty. */
    public @Nullable String word(String field, Collection<String> words) {
        String text = text(field);
        if (text != null && !words.contains(text)) {
            fault(field, "Must be one of " + String.join(", ", words) + ".", "enum");
            return null;
        }
        return text;
    }

    /** A list of such words; null when it is absent, null or empty. */
    public @Nullable List<String> words(String field, Collection<String> words) {
        List<String> texts = texts(field);
        if (texts != null && !words.containsAll(texts)) {
            fault(field, "Must be some of " + String.join(", ", words) + ".", "enum");
            return null;
        }
        return texts;
    }

    /** A field as it is, for those who read it in a way of their own; a missing node where there is none. */
    JsonNode value(String field) {
        return json.path(field);
    }

    /** True when the field is a number. */
    public boolean isNumber(String field) {
        return json.path(field).isNumber();
    }

    /** True when the field is true. */
    public boolean flag(String field) {
        return json.path(field).booleanValue();
    }

    /** The object of a field that must be there. */
    public @Nullable ObjectNode requiredObject(String field) {
        if (absent(json.path(field))) {
            fault(field, "Must be given.", "missing");
        }
        return json.get(field) instanceof ObjectNode object ? object : null;
    }

    /** True when the field is there and not null. */
    public boolean isGiven(String field) {
        return !absent(json.path(field));
    }

    /** True when the field is there, null or not. */
    public boolean isThere(String field) {
        return json.has(field);
    }

    /** Notes every field that is none of these. */
    public void onlyKnows(Collection<String> known) {
        unknown(Set.copyOf(known))
                .forEach(name -> fault(
                        name, "There is no such field here; there are " + String.join(", ", known) + ".", "unknown"));
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

    public void fault(List<Object> where, String msg, String type) {
        faults.add(new Fault(place(where), msg, type));
    }

    private List<Object> place(List<Object> where) {
        List<Object> whole = new ArrayList<>(place);
        whole.addAll(where);
        return whole;
    }

    private static boolean absent(JsonNode value) {
        return value.isMissingNode() || value.isNull();
    }
}
