package io.parallax.bench.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;

/** A running Parallax, as its clients see it. */
public final class Parallax {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI base;
    private final String key;

    Parallax(URI url, String key) {
        this.base = url.resolve("/api/v1/");
        this.key = key;
    }

    /** Makes a data source of the server; its id. */
    public long register(SourceServer server, String name) throws IOException, InterruptedException {
        return post("data_sources", server.source(name)).path("id").asLong();
    }

    /** Makes a data source of the server that is reached at another port; its id. */
    public long register(SourceServer server, String name, int port) throws IOException, InterruptedException {
        ObjectNode source = server.source(name);
        source.withObject("/options").put("port", port);
        return post("data_sources", source).path("id").asLong();
    }

    /** Cancels a diff. */
    public void cancel(long diff) throws IOException, InterruptedException {
        post("datadiffs/" + diff + "/cancel", MAPPER.createObjectNode());
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return new InetSocketAddress(base.getHost(), base.getPort());
    }

    /** The bytes of a GET. */
    public byte[] reading(String path) {
        return bytes("GET", path, "", new byte[0]);
    }

    /** The bytes of a POST without a body. */
    public byte[] writing(String path) {
        return bytes("POST", path, "Content-Length: 0\r\n", new byte[0]);
    }

    byte[] writing(String path, JsonNode body) {
        byte[] json = body.toString().getBytes(StandardCharsets.UTF_8);
        return bytes("POST", path, "Content-Type: application/json\r\nContent-Length: " + json.length + "\r\n", json);
    }

    private byte[] bytes(String method, String path, String headers, byte[] body) {
        String head = method + " " + base.resolve(path).getPath() + " HTTP/1.1\r\nHost: " + base.getAuthority()
                + "\r\nAuthorization: Key " + key + "\r\nAccept: application/json\r\n" + headers + "\r\n";
        byte[] start = head.getBytes(StandardCharsets.UTF_8);
        byte[] all = Arrays.copyOf(start, start.length + body.length);
        System.arraycopy(body, 0, all, start.length, body.length);
        return all;
    }

    JsonNode post(String path, JsonNode body) throws IOException, InterruptedException {
        return send(request(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(MAPPER.writeValueAsBytes(body))));
    }

    JsonNode read(String path) throws IOException, InterruptedException {
        return send(request(path).GET());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(base.resolve(path))
                .timeout(Duration.ofSeconds(30))
                .header("Authorization", "Key " + key)
                .header("Accept", "application/json");
    }

    private JsonNode send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IOException(
                    response.request().uri() + " answered " + response.statusCode() + ": " + response.body());
        }
        return MAPPER.readTree(response.body());
    }
}
