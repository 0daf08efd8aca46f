package io.parallax.standalone.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** The REST API as a client outside sees it. */
final class ApiClient {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String PREFIX = "/api/v1";

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final ObjectMapper json = new ObjectMapper();
    private final URI url;
    private final String key;

    ApiClient(URI url, String key) {
        this.url = url;
        this.key = key;
    }

    JsonNode get(String path) throws DemoFailedException, IOException, InterruptedException {
        return send("GET", path, HttpRequest.BodyPublishers.noBody());
    }

    JsonNode post(String path, JsonNode body) throws DemoFailedException, IOException, InterruptedException {
        return send("POST", path, HttpRequest.BodyPublishers.ofString(json.writeValueAsString(body)));
    }

    private JsonNode send(String method, String path, HttpRequest.BodyPublisher body)
            throws DemoFailedException, IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(url.resolve(PREFIX + path))
                .timeout(PATIENCE)
                .header("Authorization", "Key " + key)
                .header("Content-Type", "application/json")
                .method(method, body)
                .build();
        HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new DemoFailedException(
                    "%s %s was answered with %d: %s".formatted(method, path, response.statusCode(), response.body()));
        }
        return json.readTree(response.body());
    }
}
