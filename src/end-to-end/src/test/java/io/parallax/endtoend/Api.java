package io.parallax.endtoend;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** The REST API, over HTTP. */
public final class Api {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<String> bodies = Collections.synchronizedList(new ArrayList<>());
    private final URI url;
    private final String key;

    Api(URI url, String key) {
        this.url = url;
        this.key = key;
    }

    /** An answer as it came. */
    public record Answer(int status, String contentType, String body) {
        public JsonNode json() {
            try {
                return JSON.readTree(body);
            } catch (IOException e) {
                throw new AssertionError("no JSON: " + body, e);
            }
        }
    }

    static ObjectNode object() {
        return JSON.createObjectNode();
    }

    public JsonNode get(String path) throws IOException, InterruptedException {
        return succeeded(send("GET", path, null, Optional.of("Key " + key)));
    }

    JsonNode post(String path, JsonNode body) throws IOException, InterruptedException {
        return succeeded(postRaw(path, body.toString()));
    }

    JsonNode patch(String path, JsonNode body) throws IOException, InterruptedException {
        return succeeded(send("PATCH", path, body.toString(), Optional.of("Key " + key)));
    }

    /** Within a trace, as a header in the words of W3C has it. */
    JsonNode postWithin(String trace, String path, JsonNode body) throws IOException, InterruptedException {
        return succeeded(send("POST", path, body.toString(), Optional.of("Key " + key), Optional.of(trace)));
    }

    public Answer postRaw(String path, String body) throws IOException, InterruptedException {
        return send("POST", path, body, Optional.of("Key " + key));
    }

    Answer getRaw(String path) throws IOException, InterruptedException {
        return getAs(path, Optional.of("Key " + key));
    }

    Answer getAs(String path, Optional<String> authorization) throws IOException, InterruptedException {
        return send("GET", path, null, authorization);
    }

    /** The summary, once the diff is over. */
    public JsonNode finished(long diff, Duration patience) {
        return await("diff " + diff + " finished")
                .atMost(patience)
                .until(() -> get("/datadiffs/" + diff + "/summary_results"), summary -> isOver(summary));
    }

    int completedSteps(long diff) throws IOException, InterruptedException {
        return get("/datadiffs/" + diff)
                .path("diff_progress")
                .path("completed_steps")
                .asInt();
    }

    /** The body of every answer so far. */
    List<String> bodies() {
        return List.copyOf(bodies);
    }

    static boolean isOver(JsonNode summary) {
        String status = summary.path("status").asText();
        return status.equals("success") || status.equals("failed");
    }

    private static JsonNode succeeded(Answer answer) {
        if (answer.status() != 200) {
            throw new AssertionError(answer.toString());
        }
        return answer.json();
    }

    private Answer send(String method, String path, String body, Optional<String> authorization)
            throws IOException, InterruptedException {
        return send(method, path, body, authorization, Optional.empty());
    }

    private Answer send(String method, String path, String body, Optional<String> authorization, Optional<String> trace)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(url.resolve("/api/v1" + path))
                .timeout(Duration.ofSeconds(30))
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        authorization.ifPresent(value -> request.header("Authorization", value));
        trace.ifPresent(value -> request.header("traceparent", value));
        HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        bodies.add(response.body());
        return new Answer(
                response.statusCode(),
                response.headers().firstValue("Content-Type").orElse(""),
                response.body());
    }
}
