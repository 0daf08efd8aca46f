package io.parallax.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parallax.contract.Topics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.sql.Connection;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Where store, sources and Kafka let nobody in who does not encrypt. */
class EncryptedWiresIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final EncryptedWires WIRES = new EncryptedWires();

    private static Installation installation;

    @BeforeAll
    static void start() throws Exception {
        installation = Installation.start(Map.of(), WIRES);
        installation.inSource(
                """
                create table public.wired as select g as id, 'v' || g as v from generate_series(1, 1000) g;
                alter table public.wired add primary key (id)""");
    }

    @AfterAll
    static void stop() throws Exception {
        installation.close();
    }

    private static ObjectNode options(Certificate certificate) throws IOException {
        return installation
                .sourceOptions()
                .put("sslmode", "verify-full")
                .put("rootcert", Files.readString(certificate.chain()));
    }

    @Test
    void comparesAndKeepsOverEncryptedWires() throws Exception {
        // Given
        long source = installation.register("encrypted", options(WIRES.ours()));
        ObjectNode body = Api.object()
                .put("data_source1_id", source)
                .put("data_source2_id", source)
                .put("query2", "select id, nullif(v, 'v7') as v from public.wired");
        body.putArray("table1").add("public").add("wired");
        body.putArray("pk_columns").add("id");

        // When
        long diff = installation.api().post("/datadiffs", body).path("id").asLong();
        JsonNode summary = installation.api().finished(diff, PATIENCE);

        // Then
        assertThat(summary.path("status").asText()).as(summary.toString()).isEqualTo("success");
        assertThat(summary.path("values").path("rows_with_differences").asLong())
                .isEqualTo(1);
        try (Connection connection = installation.store()) {
            String connections = "select count(*) from pg_stat_ssl join pg_stat_activity using (pid)"
                    + " where usename = 'store' and ssl is ";
            assertThat(Installation.number(connection, connections + "true")).isPositive();
            assertThat(Installation.number(connection, connections + "false")).isZero();
        }
        assertThat(installation.services())
                .allSatisfy(service -> assertThat(service.log()).doesNotContain(WIRES.kafkaPassword()));
    }

    @Test
    void trustsNoSourceThatAnotherVouchesFor() throws Exception {
        long source = installation.register("another's", options(WIRES.another()));

        Api.Answer answer =
                installation.api().postRaw("/data_sources/" + source + "/query", "{\"query\": \"select 1 as x\"}");

        assertThat(answer.status()).as(answer.body()).isEqualTo(422);
        assertThat(answer.body()).contains("SourceAuthentication", "rootcert");
    }

    @Test
    void needsNoCertificateWhereNobodyWantsToVerify() throws Exception {
        Map<String, String> trusting = Map.of("PARALLAX_STORE_SSLMODE", "require", "PARALLAX_STORE_ROOTCERT", "");
        try (ServiceProcess service = installation.startApi("trusting", trusting)) {
            service.awaitReady();
        }
    }

    @Test
    void startsOnNoStoreThatAnotherVouchesFor() throws Exception {
        try (ServiceProcess service = installation.startApi(
                "distrustful",
                Map.of(
                        "PARALLAX_STORE_ROOTCERT",
                        WIRES.another().chain().toString(),
                        "QUARKUS_FLYWAY_CONNECT_RETRIES",
                        "0"))) {
            await("it gives up").atMost(PATIENCE).until(() -> !service.alive());
            assertThat(service.log()).containsIgnoringCase("certificat");
        }
    }

    @Test
    void commandsComeTheSameWay() throws Exception {
        // Given a record that no worker can read
        String unreadable = "{\"version\":99}";
        send(Topics.TASKS, unreadable);

        // When it is listed, shown and sent once more
        String first = awaitLetters(1).get(0);
        assertThat(first.split("\t")).hasSize(5).contains("0", Topics.TASKS, Integer.toString(unreadable.length()));
        assertThat(first).contains("version 99");
        assertThat(installation.command("dead-letters", "show", "0").strip()).isEqualTo(unreadable);
        installation.command("dead-letters", "replay", "0");

        // Then it is unreadable again
        assertThat(awaitLetters(2)).hasSize(2);
        assertThatThrownBy(() -> installation.command("dead-letters", "show", "77"))
                .hasMessageContaining("There is no such record");
        assertThat(installation.command("migrate")).contains("Made 0 changes");
    }

    private static List<String> awaitLetters(int count) {
        return await("dead letters")
                .atMost(PATIENCE)
                .until(
                        () -> installation
                                .command("dead-letters", "list")
                                .lines()
                                .filter(line -> line.contains("\t"))
                                .toList(),
                        lines -> lines.size() >= count);
    }

    private static void send(String topic, String text) throws InterruptedException, ExecutionException {
        Map<String, Object> settings = new HashMap<>(WIRES.clientSettings());
        settings.put("bootstrap.servers", installation.kafka().bootstrapServers());
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic, text.getBytes(StandardCharsets.UTF_8)))
                    .get();
        }
    }
}
