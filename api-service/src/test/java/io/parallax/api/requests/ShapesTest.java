package io.parallax.api.requests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parallax.api.ApiDocument;
import io.parallax.api.ApiDocument.Call;
import io.parallax.api.ServiceTest;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every field of every body takes the JSON types that the document says, and no other; so does every parameter. */
@QuarkusTest
class ShapesTest extends ServiceTest {
    /** By the types that each of them has. */
    private static final Map<String, Set<String>> VALUES = Map.ofEntries(
            Map.entry("{}", Set.of("object")),
            Map.entry("{\"x\": 1}", Set.of("object")),
            Map.entry("[]", Set.of("array")),
            Map.entry("[[]]", Set.of("array")),
            Map.entry("[{}]", Set.of("array")),
            Map.entry("\"\"", Set.of("string")),
            Map.entry("\"x\"", Set.of("string")),
            Map.entry("5", Set.of("integer", "number")),
            Map.entry("0", Set.of("integer", "number")),
            Map.entry("5.5", Set.of("number")),
            Map.entry("true", Set.of("boolean")),
            Map.entry("false", Set.of("boolean")));

    private ApiDocument document;

    /** A field, or an element of one, and what it may be. */
    private record Place(List<Object> path, Set<String> types) {}

    @BeforeEach
    void read() {
        document = ApiDocument.served();
    }

    private List<Call> calls() {
        return document.calls().stream()
                .filter(call -> call.operation().has("requestBody"))
                .toList();
    }

    private static JsonNode schema(Call call) {
        return call.operation().at("/requestBody/content/application~1json/schema");
    }

    private List<Place> places(JsonNode schema, List<Object> path) {
        JsonNode known = document.resolved(schema);
        List<Place> places = new ArrayList<>();
        if (!path.isEmpty()) {
            places.add(new Place(path, types(known)));
        }
        Stream.concat(
                        Stream.of(known),
                        Stream.concat(children(known.path("anyOf")), children(known.path("oneOf")))
                                .map(document::resolved))
                .forEach(one -> {
                    one.path("properties")
                            .properties()
                            .forEach(field -> places.addAll(places(field.getValue(), with(path, field.getKey()))));
                    if (one.path("items").isObject()
                            && !types(one.path("items")).isEmpty()) {
                        places.addAll(places(one.path("items"), with(path, 0)));
                    }
                    if (one.has("x-json-items") && !one.has("items")) {
                        places.add(new Place(
                                with(path, 0), Set.of(one.path("x-json-items").textValue())));
                    }
                    if (!types(one.path("additionalProperties")).isEmpty()) {
                        places.addAll(places(one.path("additionalProperties"), with(path, "work_mem")));
                    }
                });
        return places;
    }

    private static Stream<JsonNode> children(JsonNode node) {
        List<JsonNode> children = new ArrayList<>();
        node.forEach(children::add);
        return children.stream();
    }

    private Set<String> types(JsonNode schema) {
        Set<String> types = new TreeSet<>();
        JsonNode known = document.resolved(schema);
        if (known.has("x-json-types")) {
            known.path("x-json-types").forEach(type -> types.add(type.textValue()));
            return types;
        }
        if (known.path("type").isTextual()) {
            types.add(known.path("type").textValue());
        }
        known.path("type").forEach(type -> types.add(type.textValue()));
        known.path("anyOf").forEach(one -> types.addAll(types(one)));
        known.path("oneOf").forEach(one -> types.addAll(types(one)));
        return types;
    }

    private static List<Object> with(List<Object> path, Object step) {
        List<Object> longer = new ArrayList<>(path);
        longer.add(step);
        return longer;
    }

    /** What is not said to have a type takes any; nothing that a body may have is of that kind, but what is handed on. */
    @Test
    void everyFieldSaysWhatItTakes() {
        assertThat(calls()).hasSizeGreaterThanOrEqualTo(9).allSatisfy(call -> assertThat(
                        places(schema(call), List.of()))
                .isNotEmpty()
                .allSatisfy(place ->
                        assertThat(place.types()).as(place.path().toString()).isNotEmpty()));
    }

    @Test
    void noFieldTakesAnotherJsonType() {
        long source = newSource("");
        long diff = newDiff(source, source);
        List<String> wrong = new ArrayList<>();
        calls().forEach(call -> {
            String path = call.path().replace("{id}", Long.toString(call.path().contains("datadiffs") ? diff : source));
            ObjectNode body = good(call, source);
            places(schema(call), List.of())
                    .forEach(place -> VALUES.forEach((value, itsTypes) -> {
                        if (itsTypes.stream().noneMatch(place.types()::contains)) {
                            JsonNode sent = changed(body, place.path(), ApiDocument.parse(value));
                            Response answer = client().body(sent.toString())
                                    .request(call.method().toUpperCase(Locale.ROOT), path);
                            if (answer.statusCode() != 422 || !isNamed(answer, place.path())) {
                                wrong.add(call + " " + place.path() + " = " + value + ": " + answer.statusCode() + " "
                                        + answer.asString());
                            }
                        }
                    }));
        });
        assertThat(wrong).isEmpty();
    }

    private static ObjectNode good(Call call, long source) {
        ObjectNode body = (ObjectNode) call.bodies().get(0).deepCopy();
        if (body.has("data_source1_id")) {
            body.put("data_source1_id", source).put("data_source2_id", source);
        }
        return body;
    }

    /** With a value at this place, whatever it takes to have such a place. */
    private static JsonNode changed(ObjectNode body, List<Object> path, JsonNode value) {
        if (path.isEmpty()) {
            return value;
        }
        ObjectNode changed = body.deepCopy();
        String field = (String) path.get(0);
        changed.set(field, inner(changed.path(field), path.subList(1, path.size()), value));
        return changed;
    }

    private static JsonNode inner(JsonNode there, List<Object> path, JsonNode value) {
        if (path.isEmpty()) {
            return value;
        }
        if (path.get(0) instanceof String) {
            return changed(there.isObject() ? (ObjectNode) there : (ObjectNode) ApiDocument.parse("{}"), path, value);
        }
        ArrayNode list = (ArrayNode) ApiDocument.parse("[]");
        return list.add(inner(ApiDocument.parse("null"), path.subList(1, path.size()), value));
    }

    private static boolean isNamed(Response answer, List<Object> path) {
        List<Object> place = with(List.of("body"), path.get(0));
        path.subList(1, path.size()).forEach(place::add);
        List<List<Object>> named = answer.jsonPath().getList("detail.loc");
        return named.stream().filter(place::equals).count() == 1;
    }

    @Test
    void nullSaysNothing() {
        Call call = document.call("createDataDiff");
        ObjectNode body = good(call, newSource(""));
        document.schemas().path("DiffRequest").path("properties").properties().forEach(field -> {
            if (!body.has(field.getKey())) {
                body.putNull(field.getKey());
            }
        });
        client().body(body.toString()).post(call.path()).then().statusCode(200);
    }

    @Test
    void saysInPlainEnglishWhatAFieldTakes() {
        Map<String, String> msgs = Map.of(
                "\"tags\": {}", "Must be a list of texts.",
                "\"time_travel_point1\": []", "Must be a whole number or a text.",
                "\"sort_array_columns\": 5", "Must be true or false or a list of texts.",
                "\"column_mapping\": true", "Must be a list of lists of texts.",
                "\"diff_tolerances_per_column\": {}", "Must be a list of objects.",
                "\"file1_options\": \"csv\"", "Must be an object.",
                "\"temp_schema_override\": 1", "Must be a text or a list of texts.");
        String body = good(document.call("createDataDiff"), newSource("")).toString();
        msgs.forEach((field, msg) -> client().body(body.substring(0, body.length() - 1) + ", " + field + "}")
                .post("/api/v1/datadiffs")
                .then()
                .statusCode(422)
                .body("detail.msg", equalTo(List.of(msg))));
    }

    /** Whatever is sent, it is never the service that fails. */
    @Test
    void noBodyIsTooMuch() {
        long source = newSource("");
        long diff = newDiff(source, source);
        List<String> bodies = List.of(
                "",
                " ",
                "1",
                "true",
                "null",
                "\"x\"",
                "[{}]",
                "{",
                "{\"a\": 1, \"a\": 2}",
                "{\"\\ud800\": 1}",
                "{\"\\u0000\": 1}",
                "{\"name\": \"\\ud800\", \"query\": \"\\udc00\", \"url\": \"\\ud800\", \"table\": [\"\\ud800\"]}",
                "{\"options\": {\"\\ud800\": \"\\ud800\"}, \"params\": {\"\\ud800\": [\"\\ud800\"]}}",
                "{\"x\": " + "[".repeat(60) + "]".repeat(60) + "}",
                "{\"x\": " + "{\"x\":".repeat(3000) + "1" + "}".repeat(3000) + "}",
                numbers("1e400"),
                numbers("-1e400"),
                numbers("1e-400"),
                numbers("1e999999999"),
                numbers("1e-999999999"),
                numbers("9223372036854775808"),
                numbers("-9223372036854775809"),
                numbers("0." + "0".repeat(90) + "1"));
        calls().forEach(call -> {
            String path = call.path().replace("{id}", Long.toString(call.path().contains("datadiffs") ? diff : source));
            bodies.forEach(body -> assertThat(client().body(body)
                            .request(call.method().toUpperCase(Locale.ROOT), path)
                            .statusCode())
                    .as(call + " " + body)
                    .isIn(200, 422));
            for (byte[] bytes : List.of(
                    new byte[] {'{', '"', (byte) 0xff, '"', ':', '1', '}'},
                    new byte[] {'{', '"', 'a', '"', ':', '"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"', '}'},
                    new byte[] {0, 0, 0},
                    "{\"name\": \"ü\"}".getBytes(StandardCharsets.ISO_8859_1),
                    "{\"nothing\": \"ü\"}".getBytes(StandardCharsets.UTF_16))) {
                assertThat(client().contentType("application/json")
                                .body(bytes)
                                .request(call.method().toUpperCase(Locale.ROOT), path)
                                .statusCode())
                        .as(call.toString())
                        .isIn(200, 422);
            }
        });
    }

    /** In every place where one may be. */
    private static String numbers(String number) {
        return """
                {"data_source1_id": %1$s, "recheck": %1$s, "sampling_ratio": %1$s, "diff_tolerance": %1$s, "webhook_ids": [%1$s],
                 "time_travel_point1": %1$s, "diff_tolerances_per_column": [{"column_name": "a", "tolerance_value": %1$s}],
                 "data_source1_session_parameters": {"work_mem": %1$s}, "x": %1$s, "options": {"port": %1$s},
                 "max_allowed_connections": %1$s, "float_tolerance": %1$s, "candidates": %1$s, "sample_size": %1$s,
                 "timeout_seconds": %1$s, "params": [%1$s]}"""
                .formatted(number);
    }

    @Test
    void noParameterTakesAnotherType() {
        long source = newSource("");
        long diff = newDiff(source, source);
        document.calls().stream().filter(call -> call.method().equals("get")).forEach(call -> {
            String path = call.path().replace("{id}", Long.toString(call.path().contains("datadiffs") ? diff : source));
            call.operation().path("parameters").forEach(parameter -> {
                JsonNode schema = parameter.path("schema");
                boolean text = schema.path("type").asText().equals("string") && !schema.has("enum");
                if (parameter.path("in").asText().equals("query") && !text) {
                    for (String value : List.of("x", "", "1.5", "99999999999999999999")) {
                        assertThat(client().queryParam(parameter.path("name").asText(), value)
                                        .get(path)
                                        .statusCode())
                                .as(call + " " + parameter.path("name") + "=" + value)
                                .isEqualTo(422);
                    }
                }
            });
        });
    }
}
