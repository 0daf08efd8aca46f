package io.parallax.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import io.parallax.contract.Topics;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Diffs that are asked for by messages, and told of by events, webhooks and streams, over a real Kafka. */
@ExtendWith(InstallationExtension.class)
class EventsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SECRET = "a secret of the receiver's own";

    /** A delivery to the webhook, as it came. */
    private record Delivery(String signature, byte[] body) {}

    @Test
    void tellsOfADiffThatAMessageAskedFor(Installation installation) throws Exception {
        // Given a table, and somebody who listens
        installation.inSource(
                """
                drop table if exists told_a, told_b;
                create table told_a as select g as id, g as v from generate_series(1, 100) g;
                create table told_b as select id, nullif(v, 7) as v from told_a""");
        long source = installation.register("told", installation.sourceOptions());
        List<Delivery> deliveries = new CopyOnWriteArrayList<>();
        HttpServer receiver = listen(deliveries);
        try (Listener events = new Listener(installation)) {
            ObjectNode webhook = Api.object()
                    .put("url", "http://127.0.0.1:" + receiver.getAddress().getPort() + "/")
                    .put("secret", SECRET);
            long id = installation.api().post("/webhooks", webhook).path("id").asLong();

            // When the same request comes twice, and one that nobody can carry out
            ObjectNode request = Api.object().put("data_source1_id", source).put("data_source2_id", source);
            request.putArray("table1").add("public").add("told_a");
            request.putArray("table2").add("public").add("told_b");
            request.putArray("pk_columns").add("id");
            request.putArray("webhook_ids").add(id);
            send(installation, "twice", request.toString());
            send(installation, "twice", request.toString());
            send(installation, "never", "{\"table1\": 7}");

            // Then there is one diff, whose life is told in order
            List<JsonNode> accepted = events.await("io.parallax.request.accepted", 2);
            assertThat(accepted)
                    .allMatch(event -> event.at("/data/request_id").asText().equals("twice"));
            assertThat(accepted.stream()
                            .map(event -> event.at("/data/id").asLong())
                            .collect(Collectors.toSet()))
                    .hasSize(1);
            long diff = accepted.get(0).at("/data/id").asLong();
            JsonNode finished = events.await("io.parallax.diff.finished", diff);
            assertThat(finished.at("/data/totals/rows_with_differences").asLong())
                    .isEqualTo(1);
            assertThat(events.typesOf(diff))
                    .startsWith("io.parallax.diff.created")
                    .endsWith("io.parallax.diff.finished");
            JsonNode refused = events.await("io.parallax.request.refused", 1).get(0);
            assertThat(refused.at("/data/request_id").asText()).isEqualTo("never");
            assertThat(refused.at("/data/detail").size()).isPositive();

            // And the webhook hears the same, signed
            await("deliveries").atMost(PATIENCE).until(() -> ids(deliveries).containsAll(events.idsOf(diff)));
            assertThat(ids(deliveries)).isEqualTo(events.idsOf(diff));
            assertThat(deliveries).allSatisfy(EventsIT::assertSigned);

            // And a stream ends with the diff
            assertThat(stream(installation, diff)).last().asString().contains("\"done\"");
        } finally {
            receiver.stop(0);
        }
    }

    private static HttpServer listen(List<Delivery> deliveries) throws IOException {
        HttpServer receiver = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        receiver.createContext("/", exchange -> {
            byte[] body = exchange.getRequestBody().readAllBytes();
            deliveries.add(new Delivery(exchange.getRequestHeaders().getFirst("Parallax-Signature"), body));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        receiver.start();
        return receiver;
    }

    private static Set<String> ids(List<Delivery> deliveries) {
        return deliveries.stream()
                .map(delivery -> json(delivery.body()).path("id").asText())
                .collect(Collectors.toSet());
    }

    /** As events.md tells receivers to look at it. */
    private static void assertSigned(Delivery delivery) {
        String[] parts = delivery.signature().split("[=,]");
        assertThat(parts).hasSize(4);
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            mac.update((parts[1] + ".").getBytes(StandardCharsets.UTF_8));
            assertThat(parts[3]).isEqualTo(HexFormat.of().formatHex(mac.doFinal(delivery.body())));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static List<String> stream(Installation installation, long diff) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        installation.apiUrl().resolve("/api/v1/datadiffs/" + diff + "/events"))
                .timeout(PATIENCE)
                .header("Authorization", "Key " + installation.apiKey())
                .header("Accept", "text/event-stream")
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofLines())
                .body()
                .filter(line -> line.startsWith("data:"))
                .toList();
    }

    private static void send(Installation installation, String id, String request) throws Exception {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", installation.kafka().bootstrapServers());
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(Topics.REQUESTS, request.getBytes(StandardCharsets.UTF_8));
        record.headers().add("ce_id", id.getBytes(StandardCharsets.UTF_8));
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(record).get();
        }
    }

    private static JsonNode json(byte[] bytes) {
        try {
            return JSON.readTree(bytes);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Reads the topic of events from now on. */
    private static final class Listener implements AutoCloseable {
        private final KafkaConsumer<byte[], byte[]> consumer;
        private final List<JsonNode> heard = new ArrayList<>();

        Listener(Installation installation) {
            consumer = new KafkaConsumer<>(
                    Map.of("bootstrap.servers", installation.kafka().bootstrapServers()),
                    new ByteArrayDeserializer(),
                    new ByteArrayDeserializer());
            List<TopicPartition> partitions = consumer.partitionsFor(Topics.EVENTS).stream()
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToEnd(partitions);
            partitions.forEach(consumer::position);
        }

        List<JsonNode> await(String type, int count) {
            return Awaitility.await(type).atMost(PATIENCE).until(() -> ofType(type), events -> events.size() >= count);
        }

        JsonNode await(String type, long diff) {
            return Awaitility.await(type)
                    .atMost(PATIENCE)
                    .until(
                            () -> ofType(type).stream()
                                    .filter(event -> isOf(event, diff))
                                    .toList(),
                            events -> !events.isEmpty())
                    .get(0);
        }

        private List<JsonNode> ofType(String type) {
            consumer.poll(Duration.ofMillis(100)).forEach(record -> heard.add(json(record.value())));
            return heard.stream()
                    .filter(event -> event.path("type").asText().equals(type))
                    .toList();
        }

        private static boolean isOf(JsonNode event, long diff) {
            return event.path("subject").asText().equals("datadiffs/" + diff);
        }

        /** Each once, though told more often. */
        List<String> typesOf(long diff) {
            return heard.stream()
                    .filter(event -> isOf(event, diff))
                    .collect(Collectors.toMap(
                            event -> event.path("id").asText(),
                            event -> event.path("type").asText(),
                            (first, again) -> first,
                            LinkedHashMap::new))
                    .values()
                    .stream()
                    .toList();
        }

        Set<String> idsOf(long diff) {
            return heard.stream()
                    .filter(event -> isOf(event, diff))
                    .map(event -> event.path("id").asText())
                    .collect(Collectors.toSet());
        }

        @Override
        public void close() {
            consumer.close();
        }
    }
}
