package io.parallax.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.parallax.contract.Codec;
import io.parallax.contract.Topics;
import io.parallax.contract.message.Report;
import io.parallax.contract.message.TaskAddress;
import io.parallax.contract.seal.SealingKey;
import io.parallax.standalone.embedded.FreePort;
import io.parallax.standalone.embedded.KafkaBroker;
import io.parallax.standalone.embedded.PostgresServer;
import io.parallax.standalone.embedded.PostgresSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** While the store is away, calls, reports and all that is due fail again and again; the log says so, and can still be read. */
class StoreOutageIT {
    private static final String KEY = "a-key-for-this-test-alone";
    private static final Duration OUTAGE = Duration.ofSeconds(6);
    private static final int CLIENTS = 16;
    private static final int REPORTS = 200;

    @TempDir
    private Path directory;

    @Test
    void writesALineASecondAndNoTraces() throws Exception {
        PostgresSettings settings = new PostgresSettings(
                directory.resolve("postgresql"),
                Path.of(System.getProperty("java.io.tmpdir"), "embedded-pg"),
                FreePort.any(),
                "superuser",
                false);
        PostgresServer postgres = PostgresServer.start(settings);
        try (KafkaBroker kafka = KafkaBroker.start(directory.resolve("kafka"), Map.of())) {
            postgres.ensureRole("store", "store");
            postgres.ensureDatabase("store", "store");
            try (ServiceProcess service =
                    ServiceProcess.start("api", "api-service", directory, environment(postgres, kafka))) {
                service.awaitReady();
                int before = service.log().length();
                Instant begun = Instant.now();

                // When
                postgres.close();
                report(kafka);
                assertThat(call(service.url(), begun.plus(OUTAGE))).isGreaterThan(CLIENTS);
                String said = service.log().substring(before);
                Duration lasted = Duration.between(begun, Instant.now());

                // Then
                assertThat(said.lines().filter(line -> line.startsWith("\tat ")))
                        .as(said)
                        .isEmpty();
                assertThat(said.lines().filter(line -> line.contains(" WARN ") || line.contains(" ERROR ")))
                        .as(said)
                        .isNotEmpty()
                        .hasSizeLessThanOrEqualTo((int) lasted.toSeconds() + 4);
                postgres = PostgresServer.start(settings);
                await().atMost(Duration.ofSeconds(60)).until(() -> status(service.url()) == 200);
            }
        } finally {
            postgres.close();
        }
    }

    private static Map<String, String> environment(PostgresServer postgres, KafkaBroker kafka) {
        Map<String, String> environment = new HashMap<>();
        environment.put("PARALLAX_STORE_HOST", PostgresServer.HOST);
        environment.put("PARALLAX_STORE_PORT", Integer.toString(postgres.port()));
        environment.put("PARALLAX_STORE_DATABASE", "store");
        environment.put("PARALLAX_STORE_USER", "store");
        environment.put("PARALLAX_STORE_PASSWORD", "store");
        environment.put("KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers());
        environment.put("PARALLAX_SEALING_KEY", SealingKey.random());
        environment.put("PARALLAX_BOOTSTRAP_API_KEY", KEY);
        return environment;
    }

    /** Signs of life of many diffs, each of which is wanted in the store. */
    private static void report(KafkaBroker kafka) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (long diff = 1; diff <= REPORTS; diff++) {
                Report.Running running = new Report.Running(new TaskAddress(diff, 1, 1, 0), 1);
                producer.send(new ProducerRecord<>(
                        Topics.RESULTS,
                        Long.toString(diff).getBytes(java.nio.charset.StandardCharsets.UTF_8),
                        Codec.encode(new Report.Alive(diff, "worker", List.of(running)))));
            }
        }
    }

    /** How many calls were answered, all of them by 503. */
    private static int call(URI api, Instant end) throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        try {
            List<Future<Integer>> calls = IntStream.range(0, CLIENTS)
                    .mapToObj(client -> clients.submit(() -> callAgain(api, end)))
                    .toList();
            int answered = 0;
            for (Future<Integer> one : calls) {
                answered += one.get();
            }
            return answered;
        } finally {
            clients.shutdownNow();
        }
    }

    private static int callAgain(URI api, Instant end) throws IOException, InterruptedException {
        int answered = 0;
        while (Instant.now().isBefore(end)) {
            assertThat(status(api)).isEqualTo(503);
            answered++;
        }
        return answered;
    }

    private static int status(URI api) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(api.resolve("/api/v1/datadiffs"))
                                .header("Authorization", "Key " + KEY)
                                .build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }
}
