package io.parallax.endtoend.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A client that knows replicas of the API and uses any of them. */
final class Client {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private final Supplier<List<URI>> replicas;
    private final String key;

    /** {@code replicas}: those that are used now. */
    Client(Supplier<List<URI>> replicas, String key) {
        this.replicas = replicas;
        this.key = key;
    }

    record Answer(int status, JsonNode body) {}

    static ObjectNode object() {
        return JSON.createObjectNode();
    }

    static JsonNode parse(String json) throws IOException {
        return JSON.readTree(json);
    }

    Answer get(Random random, String path) throws IOException, InterruptedException {
        return send(random, "GET", path, null);
    }

    Answer post(Random random, String path, JsonNode body) throws IOException, InterruptedException {
        return send(random, "POST", path, body);
    }

    private Answer send(Random random, String method, String path, @Nullable JsonNode body)
            throws IOException, InterruptedException {
        List<URI> known = replicas.get();
        URI replica = known.get(random.nextInt(known.size()));
        HttpRequest request = HttpRequest.newBuilder(replica.resolve("/api/v1" + path))
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .header("Authorization", "Key " + key)
                .method(
                        method,
                        body == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body.toString()))
                .build();
        HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
        return new Answer(response.statusCode(), parse(response.body()));
    }
}
