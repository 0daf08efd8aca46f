package io.parallax.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parallax.contract.Topics;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No record stops intake, on whichever topic; and should a channel end all the same, its service is not live. */
@ExtendWith(InstallationExtension.class)
class HostileRecordsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int ROWS = 60_000;

    private static long source;

    @BeforeAll
    static void createTables(Installation installation) throws Exception {
        installation.inSource(
                """
                drop table if exists hostile_a, hostile_b;
                create table hostile_a as select g as id, g as v from generate_series(1, %d) g;
                alter table hostile_a add primary key (id);
                create table hostile_b as select id, case when id = 7 then 0 else v end as v from hostile_a;
                alter table hostile_b add primary key (id)"""
                        .formatted(ROWS));
        source = installation.register("hostile", installation.sourceOptions());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                Topics.JOBS,
                Topics.TASKS,
                Topics.RESULTS,
                Topics.CONTROL,
                Topics.REQUESTS,
                Topics.EVENTS,
                Topics.DEAD_LETTER
            })
    void whatComesAfterThemIsTaken(String topic, Installation installation) throws Exception {
        send(installation, HostileRecords.on(topic));
        assertDiffIsDone(installation, asked(installation));
        assertDiffIsDone(installation, askedByMessage(installation));
        assertStops(installation);
        for (ServiceProcess service :
                List.of(installation.apiService(), installation.worker("worker-1"), installation.worker("worker-2"))) {
            JsonNode live = health(service, "live");
            assertThat(live.path("status").asText()).as(live.toString()).isEqualTo("UP");
        }
    }

    @Test
    void deadLettersAreListedWhateverTheyAre(Installation installation) throws Exception {
        send(installation, HostileRecords.on(Topics.DEAD_LETTER));
        assertThat(installation.command("dead-letters", "list")).isNotBlank();
    }

    @Test
    void livenessIsThatOfEachChannel(Installation installation) throws Exception {
        assertThat(health(installation.apiService(), "live").toString()).contains("api-requests-in", "api-results-in");
        assertThat(health(installation.worker("worker-1"), "live").toString())
                .contains("worker-jobs-in", "worker-tasks-in", "worker-control-in");
    }

    @Test
    void aChannelThatEndsMakesTheServiceNotLive(Installation installation) throws Exception {
        // Given one whose requests come by a topic of their own, and are numbers
        String topic = "requests-" + UUID.randomUUID();
        try (Admin admin =
                Admin.create(Map.of("bootstrap.servers", installation.kafka().bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
        }
        String channel = "MP_MESSAGING_INCOMING_API_REQUESTS_IN_";
        ServiceProcess service = installation.startApi(
                "api-service-that-ends",
                Map.of(
                        channel + "TOPIC",
                        topic,
                        channel + "GROUP_ID",
                        topic,
                        channel + "VALUE_DESERIALIZER",
                        "org.apache.kafka.common.serialization.LongDeserializer"));
        try {
            service.awaitReady();
            assertThat(health(service, "live").path("status").asText()).isEqualTo("UP");

            // When there is one that is none
            send(installation, List.of(new ProducerRecord<>(topic, "no number".getBytes(StandardCharsets.UTF_8))));

            // Then
            await("its end")
                    .atMost(PATIENCE)
                    .until(() -> health(service, "live").path("status").asText().equals("DOWN"));
        } finally {
            service.close();
        }
    }

    private static void send(Installation installation, List<ProducerRecord<byte[], byte[]>> records) throws Exception {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", installation.kafka().bootstrapServers(), "max.request.size", 8 << 20);
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            // On a partition of its own each, if there are so many.
            int partitions = producer.partitionsFor(records.get(0).topic()).size();
            for (ProducerRecord<byte[], byte[]> record : records) {
                sent.add(producer.send(new ProducerRecord<>(
                        record.topic(), sent.size() % partitions, record.key(), record.value(), record.headers())));
            }
            for (Future<RecordMetadata> one : sent) {
                one.get();
            }
        }
    }

    private static ObjectNode request() {
        ObjectNode body = Api.object().put("data_source1_id", source).put("data_source2_id", source);
        body.putArray("table1").add("public").add("hostile_a");
        body.putArray("table2").add("public").add("hostile_b");
        body.putArray("pk_columns").add("id");
        return body;
    }

    private static long asked(Installation installation) throws Exception {
        return installation.api().post("/datadiffs", request()).path("id").asLong();
    }

    /** By an event in JSON; what came of it is seen by its tag. */
    private static long askedByMessage(Installation installation) throws Exception {
        String tag = "hostile-" + UUID.randomUUID();
        ObjectNode data = request();
        data.putArray("tags").add(tag);
        ObjectNode event = Api.object()
                .put("specversion", "1.0")
                .put("type", "t")
                .put("source", "/good")
                .put("id", tag);
        event.set("data", data);
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(Topics.REQUESTS, event.toString().getBytes(StandardCharsets.UTF_8));
        record.headers().add("content-type", "application/cloudevents+json".getBytes(StandardCharsets.UTF_8));
        send(installation, List.of(record));
        return await("the diff that was asked for")
                .atMost(PATIENCE)
                .until(
                        () -> installation.api().get("/datadiffs?tags=" + tag).path("results"),
                        found -> found.size() == 1)
                .get(0)
                .path("id")
                .asLong();
    }

    private static void assertDiffIsDone(Installation installation, long diff) {
        JsonNode summary = installation.api().finished(diff, PATIENCE);
        assertThat(summary.path("status").asText()).as(summary.toString()).isEqualTo("success");
        assertThat(summary.at("/values/rows_with_differences").asInt()).isEqualTo(1);
    }

    /** Workers still hear what they are told. */
    private static void assertStops(Installation installation) throws Exception {
        ObjectNode body = Api.object().put("data_source1_id", source).put("data_source2_id", source);
        body.put("query1", "select id, v from hostile_a where pg_sleep(100) is not null");
        body.put("query2", "select id, v from hostile_b");
        body.putArray("pk_columns").add("id");
        long diff = installation.api().post("/datadiffs", body).path("id").asLong();
        try (Connection connection = installation.source()) {
            String sleepers =
                    "select count(*) from pg_stat_activity where application_name = 'parallax diff %d' and wait_event = 'PgSleep'"
                            .formatted(diff);
            await("a query").atMost(PATIENCE).until(() -> Installation.number(connection, sleepers) > 0);
            installation.api().post("/datadiffs/" + diff + "/cancel", Api.object());
            await("its end").atMost(PATIENCE).until(() -> Installation.number(connection, sleepers) == 0);
        }
    }

    private static JsonNode health(ServiceProcess service, String kind) throws Exception {
        HttpResponse<String> response = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(service.management().resolve("/q/health/" + kind))
                                .timeout(PATIENCE)
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        return new ObjectMapper().readTree(response.body());
    }
}
