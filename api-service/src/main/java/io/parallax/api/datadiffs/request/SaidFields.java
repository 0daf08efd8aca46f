package io.parallax.api.datadiffs.request;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parallax.api.requests.FieldReader;
import io.parallax.api.requests.PathText;
import io.parallax.outcome.answer.Timestamps;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The sound fields of a body, each said in the one way in which requests are kept. */
final class SaidFields {
    private static final ObjectMapper MAPPER = DiffRequest.mapper();

    private static final String ALGORITHM = "algorithm";
    private static final String HINT = "algorithm_hint";

    /** Fields that are shown as they were given, even where that says nothing. */
    private static final Set<String> AS_GIVEN = Set.of(
            "compare_duplicates", "diff_tolerances_per_column", "sort_array_columns", "table_modifiers", "webhook_ids");

    private final ObjectNode json;

    /** {@code given}: the body with its faulty fields, too. */
    SaidFields(ObjectNode sound, FieldReader given) {
        json = sound.deepCopy();
        // Of names that nobody knows one may be that of a part of the request.
        json.retain(DiffValidator.known());
        json.remove(silent(sound, given));
        json.remove(RefusedFields.NAMES);
        if (json.path("infer_pk").asBoolean()) {
            json.remove("pk_columns");
        }
        algorithm(given);
        time("time_interval_start");
        time("time_interval_end");
        schema();
    }

    private static List<String> silent(ObjectNode sound, FieldReader given) {
        List<String> names = new ArrayList<>();
        sound.fieldNames().forEachRemaining(names::add);
        names.removeIf(name -> given.isSet(name) || AS_GIVEN.contains(name) && given.isGiven(name));
        return names;
    }

    /** The one hint under its two names; an answer's algorithm is none. */
    private void algorithm(FieldReader given) {
        String hint = json.path(HINT).textValue();
        if (given.isGiven("id") && HintRules.isOfAnAnswer(json.path(ALGORITHM).asText(), hint)) {
            json.remove(ALGORITHM);
        }
        if (hint == null && json.has(ALGORITHM)) {
            json.set(HINT, json.get(ALGORITHM));
        }
    }

    private void time(String field) {
        JsonNode text = json.path(field);
        if (text.isTextual()) {
            Timestamps.parse(text.textValue()).map(OffsetDateTime::toString).ifPresent(time -> json.put(field, time));
        }
    }

    /** A text that is no path is a path without names. */
    private void schema() {
        JsonNode path = json.path(WorkspaceRules.SCHEMA);
        if (path.isTextual()) {
            List<String> names = PathText.names(path.textValue());
            json.set(WorkspaceRules.SCHEMA, MAPPER.valueToTree(names));
        }
    }

    /** The same, with this tolerance of floats. */
    DiffRequest tolerating(BigDecimal floats) {
        json.put("diff_tolerance", floats);
        return request();
    }

    DiffRequest request() {
        try {
            return MAPPER.treeToValue(json, DiffRequest.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a checked request does not convert", e);
        }
    }
}
