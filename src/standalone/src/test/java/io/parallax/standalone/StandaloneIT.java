package io.parallax.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StandaloneIT {
    /** The example of the API's own documentation. */
    private static final String ORDERS =
            """
            {"status": "success",
             "pks": {"total_rows": [1509, 1761], "nulls": [0, 0], "dupes": [0, 303], "exclusives": [0, 5],
                     "distincts": [1509, 1514]},
             "values": {"total_rows": 1453, "rows_with_differences": 0, "total_values": 10171,
                        "values_with_differences": 0, "compared_columns": 7, "columns_with_differences": 0},
             "dependencies": {"deps": {}},
             "schema": {"columns_mismatched": [0, 0], "column_type_mismatches": 0, "column_reorders": 0,
                        "column_counts": [8, 8]}}
            """;

    /** Counted by hand from the statements that make the tables. */
    private static final String CUSTOMERS =
            """
            {"status": "success",
             "pks": {"total_rows": [1005, 1005], "nulls": [3, 5], "dupes": [4, 9], "exclusives": [12, 7],
                     "distincts": [1000, 995]},
             "values": {"total_rows": 983, "rows_with_differences": 32, "total_values": 4915,
                        "values_with_differences": 34, "compared_columns": 5, "columns_with_differences": 5},
             "dependencies": {"deps": {}},
             "schema": {"columns_mismatched": [2, 2], "column_type_mismatches": 1, "column_reorders": 1,
                        "column_counts": [8, 8]}}
            """;

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path temporary;

    @Test
    void showsTheDemoKeepsItAndLeavesNothingBehind() throws Exception {
        Path data = temporary.resolve("data");
        String key;
        List<String> shown;
        try (RunningStandalone first = RunningStandalone.ready(data)) {
            assertThat(first.errors()).isEmpty();
            assertThat(first.lines()).hasSizeLessThan(40);
            assertThat(first.printed("url")).startsWith("http://127.0.0.1:");
            assertHealthAndMetricsAreApart(first);
            key = first.printed("key");
            shown = demoLines(first);
            assertFigures(first.get("/datadiffs/1/summary_results"), ORDERS);
            assertFigures(first.get("/datadiffs/2/summary_results"), CUSTOMERS);
            assertThat(first.get("/data_sources")).hasSize(2);
            assertCurlLinesWork(first);
            assertThat(first.terminate()).isEqualTo(143);
            assertThat(first.servants()).isEmpty();
            assertThat(first.errors()).isEmpty();
        }
        List<ProcessHandle> left;
        try (RunningStandalone second = RunningStandalone.ready(data)) {
            assertThat(second.printed("key")).isEqualTo(key);
            assertThat(demoLines(second)).isEqualTo(shown);
            assertThat(second.get("/datadiffs").path("count").asInt()).isEqualTo(3);
            String port = Files.readString(data.resolve("postgresql.port"));
            second.kill();
            left = second.servants();
            assertThat(left).isNotEmpty();
            startsOverTheRemains(data, left, key);
            assertThat(data.resolve("postgresql.port")).hasContent(port);
        }
        try (RunningStandalone fresh = RunningStandalone.ready(data, "--fresh")) {
            assertThat(fresh.printed("key")).isNotEqualTo(key);
            assertThat(fresh.get("/datadiffs").path("count").asInt()).isEqualTo(2);
        }
    }

    private static void assertHealthAndMetricsAreApart(RunningStandalone running) throws Exception {
        String health = running.lines().stream()
                .filter(line -> line.startsWith("Health and metrics are at "))
                .map(line -> line.split(" ")[5])
                .findFirst()
                .orElseThrow();
        assertThat(status(health)).isEqualTo(200);
        assertThat(status(health.replace("/q/health", "/q/metrics"))).isEqualTo(200);
        for (String path : List.of("/q/health", "/q/health/ready", "/q/metrics")) {
            assertThat(status(running.printed("url") + path)).as(path).isEqualTo(404);
        }
    }

    private static int status(String url) throws Exception {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private static void startsOverTheRemains(Path data, List<ProcessHandle> left, String key) throws Exception {
        try (RunningStandalone afterKill = RunningStandalone.ready(data)) {
            assertThat(left).noneMatch(ProcessHandle::isAlive);
            assertThat(afterKill.printed("key")).isEqualTo(key);
            assertFigures(afterKill.get("/datadiffs/1/summary_results"), ORDERS);
            assertThat(afterKill.get("/data_sources")).hasSize(2);
            assertCurlLinesWork(afterKill);
        }
    }

    @Test
    void leavesNothingBehindWhenStoppedWhileItStarts() throws Exception {
        for (String moment : List.of("Parallax starts", "PostgreSQL", "Kafka")) {
            try (RunningStandalone started = RunningStandalone.start(temporary.resolve("data"), "0")) {
                started.awaitLine(moment);
                assertThat(started.terminate()).isEqualTo(143);
                assertThat(started.servants()).isEmpty();
                assertThat(started.errors()).isEmpty();
            }
        }
    }

    @Test
    void refusesToStartInOneSentence() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());
            assertRefused(temporary.resolve("data"), port, "Port " + port + " of 127.0.0.1 is in use");
        }
        Path file = Files.writeString(temporary.resolve("file"), "");
        assertRefused(file, "0", "Parallax cannot write to the directory " + file);
        assertRefused(temporary, "0", "The directory " + temporary + " holds files that are not Parallax's");
        assertRefused(temporary.resolve("data"), "0", "There is no option --frish", "--frish");
        assertRefused(temporary.resolve("data"), "0", "--port is not a port: x", "--port", "x");
    }

    @Test
    void refusesSecretsThatOthersCanRead() throws Exception {
        Path data = temporary.resolve("data");
        Path secrets = data.resolve("secrets");
        Files.createDirectories(secrets);
        Files.createFile(data.resolve("parallax.lock"));
        Files.setPosixFilePermissions(
                Files.writeString(secrets.resolve("sealing-key"), "seal"),
                PosixFilePermissions.fromString("rw-r--r--"));
        try (RunningStandalone refused = RunningStandalone.start(data, "0")) {
            assertThat(refused.exitCode()).isEqualTo(2);
            assertThat(refused.errors())
                    .startsWith("The secret file " + secrets.resolve("sealing-key") + " can be read by others")
                    .hasLineCount(1);
        }
    }

    @Test
    void saysWhatItIs() throws Exception {
        for (String option : List.of("--version", "--help")) {
            try (RunningStandalone asked = RunningStandalone.start(temporary.resolve("data"), "0", option)) {
                assertThat(asked.exitCode()).isZero();
                assertThat(asked.output()).startsWith("Parallax ");
                assertThat(asked.errors()).isEmpty();
            }
        }
        assertThat(temporary.resolve("data")).doesNotExist();
    }

    private static void assertRefused(Path data, String port, String sentence, String... options) throws Exception {
        try (RunningStandalone refused = RunningStandalone.start(data, port, options)) {
            assertThat(refused.exitCode()).isEqualTo(2);
            assertThat(refused.errors()).startsWith(sentence).hasLineCount(1);
            assertThat(refused.output()).isEmpty();
            assertThat(refused.servants()).isEmpty();
        }
    }

    private static void assertCurlLinesWork(RunningStandalone running) throws Exception {
        List<String> curls = running.curls();
        assertThat(curls).hasSize(4);
        long started = RunningStandalone.paste(curls.get(0)).path("id").asLong();
        assertThat(started).isPositive();
        assertFigures(RunningStandalone.paste(curls.get(1)), CUSTOMERS);
        assertThat(RunningStandalone.paste(curls.get(2)).path("results")).hasSize(64);
        assertThat(RunningStandalone.paste(curls.get(3)).path("status").asText())
                .isEqualTo("done");
        // What is printed to be exported fits what is documented.
        String export = running.lines().stream()
                .filter(line -> line.startsWith("export URL="))
                .findFirst()
                .orElseThrow();
        assertThat(RunningStandalone.paste(
                                export + "\ncurl -s $URL/api/v1/organization/meta -H \"Authorization: Key $KEY\"")
                        .path("org_id")
                        .asInt())
                .isEqualTo(1);
        String again = "/datadiffs/" + started + "/summary_results";
        await().atMost(Duration.ofSeconds(60))
                .until(() -> running.get(again).path("status").asText().equals("success"));
        assertFigures(running.get(again), CUSTOMERS);
    }

    private static List<String> demoLines(RunningStandalone running) {
        return running.lines().stream()
                .dropWhile(line -> !line.startsWith("Diff "))
                .takeWhile(line -> !line.startsWith("url: "))
                .toList();
    }

    /** Every figure that is expected, one by one; there may be more beside them. */
    private static void assertFigures(JsonNode actual, String expected) throws IOException {
        assertThat(only((ObjectNode) JSON.readTree(expected), actual)).isEqualTo(JSON.readTree(expected));
    }

    private static ObjectNode only(ObjectNode shape, JsonNode from) {
        ObjectNode same = JSON.createObjectNode();
        shape.fields().forEachRemaining(field -> {
            JsonNode value = from.path(field.getKey());
            boolean nested = field.getValue() instanceof ObjectNode inner && !inner.isEmpty() && value.isObject();
            same.set(field.getKey(), nested ? only((ObjectNode) field.getValue(), value) : value);
        });
        return same;
    }
}
