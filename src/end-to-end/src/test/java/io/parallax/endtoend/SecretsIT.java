package io.parallax.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.parallax.contract.Topics;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** After all the other tests: no secret has come out anywhere. */
@ExtendWith(InstallationExtension.class)
class SecretsIT {
    private static List<String> secrets;

    /** One use of every way a secret goes, in case this test runs alone. */
    @BeforeAll
    static void use(Installation installation) throws Exception {
        secrets = installation.secrets().stream()
                .flatMap(secret -> Stream.of(secret, base64(secret)))
                .toList();
        installation.inSource("create table vault as select 1 as id, 2 as value");
        long source = installation.register("vault", installation.sourceOptions());
        var body = Api.object().put("data_source1_id", source).put("data_source2_id", source);
        body.putArray("table1").add("vault");
        body.putArray("table2").add("vault");
        body.putArray("pk_columns").add("id");
        Api api = installation.api();
        long diff = api.post("/datadiffs", body).path("id").asLong();
        assertThat(api.finished(diff, Duration.ofSeconds(30)).path("status").asText())
                .isEqualTo("success");
        long test = api.post("/data_sources/" + source + "/test", Api.object())
                .path("job_id")
                .asLong();
        await().atMost(Duration.ofSeconds(30))
                .until(() ->
                        !api.get("/data_sources/test/" + test).path("results").isEmpty());
        api.get("/data_sources");
        api.get("/data_sources/" + source);
        api.get("/datadiffs/" + diff);
        api.get("/datadiffs");
    }

    @Test
    void noAnswerTellsASecret(Installation installation) {
        assertThat(installation.api().bodies()).hasSizeGreaterThan(5).allSatisfy(SecretsIT::assertNoSecret);
    }

    @Test
    void noLogTellsASecret(Installation installation) {
        assertThat(installation.services()).hasSizeGreaterThanOrEqualTo(3).allSatisfy(service -> {
            assertThat(service.log()).isNotBlank();
            assertNoSecret(service.log());
        });
    }

    @Test
    void noTraceTellsASecret(Installation installation) {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> installation.traces().texts().stream().anyMatch(text -> text.contains("plan diff")));
        assertThat(installation.traces().texts()).allSatisfy(SecretsIT::assertNoSecret);
    }

    @Test
    void noMetricTellsASecret(Installation installation) throws Exception {
        for (ServiceProcess service : installation.services()) {
            if (service.alive()) {
                HttpResponse<String> metrics = HttpClient.newHttpClient()
                        .send(
                                HttpRequest.newBuilder(service.management().resolve("/q/metrics"))
                                        .build(),
                                HttpResponse.BodyHandlers.ofString());
                assertThat(metrics.body()).contains("# HELP");
                assertNoSecret(metrics.body());
            }
        }
    }

    @Test
    void noRecordTellsASecret(Installation installation) throws Exception {
        List<String> records = records(installation);
        assertThat(records).anyMatch(record -> record.contains("plan_diff"));
        assertThat(records).allSatisfy(SecretsIT::assertNoSecret);
    }

    @Test
    void theStoreKeepsNoSecretInTheClear(Installation installation) throws SQLException {
        for (String table : List.of("data_source", "api_key", "diff", "ledger_task", "ledger_plan", "event", "audit")) {
            assertThat(rows(installation, '"' + table + '"')).as(table).isNotEmpty();
        }
        for (String table : rows(installation, "(select tablename from pg_tables where schemaname = 'public')")) {
            String name = table.substring(1, table.length() - 1);
            assertThat(rows(installation, '"' + name + '"')).as(name).allSatisfy(SecretsIT::assertNoSecret);
        }
    }

    private static void assertNoSecret(String text) {
        // Not doesNotContain(secrets): its message would tell them.
        assertThat(secrets.stream().anyMatch(text::contains))
                .as("a secret in a text that starts with %.40s", text)
                .isFalse();
    }

    private static String base64(String secret) {
        return Base64.getEncoder().withoutPadding().encodeToString(secret.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> rows(Installation installation, String table) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (Connection connection = installation.store();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select t::text from " + table + " t")) {
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
        }
        return texts;
    }

    /** Key, headers and value of every record there is, as text. */
    private static List<String> records(Installation installation) throws Exception {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", installation.kafka().bootstrapServers());
        try (Admin admin = Admin.create(settings);
                KafkaConsumer<byte[], byte[]> consumer =
                        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            assertThat(admin.listTopics().names().get()).contains(Topics.JOBS, Topics.TASKS, Topics.RESULTS);
            List<TopicPartition> partitions = consumer.listTopics().values().stream()
                    .flatMap(List::stream)
                    .map(SecretsIT::partition)
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            return all(consumer, consumer.endOffsets(partitions));
        }
    }

    private static List<String> all(KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
        List<String> records = new ArrayList<>();
        await().atMost(Duration.ofSeconds(60)).until(() -> {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(500))) {
                records.add(text(record));
            }
            return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
        });
        return records;
    }

    private static String text(ConsumerRecord<byte[], byte[]> record) {
        StringBuilder text = new StringBuilder();
        record.headers().forEach(header -> text.append(header.key()).append(text(header.value())));
        return text.append(text(record.key())).append(text(record.value())).toString();
    }

    private static String text(byte[] bytes) {
        return bytes == null ? "" : new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static TopicPartition partition(PartitionInfo info) {
        return new TopicPartition(info.topic(), info.partition());
    }
}
