package io.parallax.api;

import static io.restassured.RestAssured.given;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The API document that the running service serves, and its word on calls, bodies and answers. */
public final class ApiDocument {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private static final Set<String> METHODS = Set.of("get", "post", "patch", "delete");

    private final JsonNode json;

    private ApiDocument(JsonNode json) {
        this.json = json;
        // What an object does not say it may have, it must not have.
        json.path("components").path("schemas").forEach(schema -> {
            if (schema.has("properties") && !schema.has("additionalProperties")) {
                ((ObjectNode) schema).put("additionalProperties", false);
            }
        });
    }

    public static ApiDocument served() {
        return new ApiDocument(parse(given().get("/q/openapi?format=json").asString()));
    }

    public static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError("no JSON: " + text, e);
        }
    }

    /** A method at an address. */
    public record Call(String method, String path, JsonNode operation) {
        @Override
        public String toString() {
            return name();
        }

        public String name() {
            return operation.path("operationId").asText();
        }

        /** Answers that are successes, by status. */
        public Stream<Map.Entry<String, JsonNode>> successes() {
            return operation.path("responses").properties().stream()
                    .filter(response -> response.getKey().startsWith("2"));
        }

        /** Examples of JSON bodies. */
        public List<JsonNode> bodies() {
            return examples(operation.path("requestBody").path("content").path("application/json"));
        }
    }

    public List<Call> calls() {
        List<Call> calls = new ArrayList<>();
        json.path("paths").properties().forEach(path -> path.getValue().properties().stream()
                .filter(operation -> METHODS.contains(operation.getKey()))
                .map(operation -> new Call(operation.getKey(), path.getKey(), operation.getValue()))
                .forEach(calls::add));
        return calls;
    }

    public Call call(String name) {
        return calls().stream()
                .filter(call -> call.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no operation " + name));
    }

    public JsonNode schemas() {
        return json.path("components").path("schemas");
    }

    /** Examples of a body or answer in one format. */
    public static List<JsonNode> examples(JsonNode content) {
        List<JsonNode> values = StreamSupport.stream(content.path("examples").spliterator(), false)
                .map(example -> example.path("value"))
                .toList();
        return content.has("example") ? List.of(content.path("example")) : values;
    }

    /** What is wrong with this answer to a call; nothing when it is as the document says. */
    public List<String> faults(Call call, int status, JsonNode answer) {
        JsonNode responses = call.operation().path("responses");
        JsonNode response = resolved(responses.path(Integer.toString(status)));
        String format = status < 300 ? "application/json" : "application/problem+json";
        if (!response.path("content").has(format)) {
            return List.of(call.name() + " does not tell of " + status);
        }
        return faults(response.path("content").path(format).path("schema"), answer);
    }

    /** What is wrong with a value of this schema. */
    public List<String> faults(JsonNode schema, JsonNode value) {
        ObjectNode whole = JSON.createObjectNode();
        whole.set("components", json.path("components"));
        whole.setAll((ObjectNode) schema);
        return SCHEMAS.getSchema(whole).validate(value).stream()
                .map(Error::toString)
                .toList();
    }

    /** The one that is meant where there is a reference. */
    public JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? json.at(node.path("$ref").asText().substring(1)) : node;
    }
}
