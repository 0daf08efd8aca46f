package io.parallax.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parallax.contract.Topics;
import io.parallax.contract.seal.SealingKey;
import io.parallax.standalone.embedded.KafkaBroker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The API service makes the topics, as often as need be, and nobody else does. */
@ExtendWith(InstallationExtension.class)
class TopicsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private static final Map<String, Integer> PARTITIONS = Map.of(
            Topics.TASKS, 64,
            Topics.JOBS, 16,
            Topics.RESULTS, 16,
            Topics.EVENTS, 16,
            Topics.REQUESTS, 16,
            Topics.CONTROL, 1,
            Topics.DEAD_LETTER, 1);

    private static Admin admin(KafkaBroker kafka) {
        return Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
    }

    private static Map<String, Integer> partitions(Admin admin) throws Exception {
        return admin
                .describeTopics(admin.listTopics().names().get().stream()
                        .filter(name -> name.startsWith("parallax."))
                        .toList())
                .allTopicNames()
                .get()
                .entrySet()
                .stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        topic -> topic.getValue().partitions().size()));
    }

    private static String setting(Admin admin, String topic, String name) throws Exception {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        return admin.describeConfigs(List.of(resource))
                .all()
                .get()
                .get(resource)
                .get(name)
                .value();
    }

    @Test
    void theyAreAsTheDocumentsSay(Installation installation) throws Exception {
        try (Admin admin = admin(installation.kafka())) {
            assertThat(partitions(admin)).isEqualTo(PARTITIONS);
            for (String topic : PARTITIONS.keySet()) {
                assertThat(setting(admin, topic, "max.message.bytes")).isEqualTo("8388608");
            }
            for (String topic : List.of(Topics.JOBS, Topics.TASKS, Topics.RESULTS, Topics.CONTROL)) {
                assertThat(hours(admin, topic)).isEqualTo(12);
            }
            for (String topic : List.of(Topics.EVENTS, Topics.REQUESTS, Topics.DEAD_LETTER)) {
                assertThat(hours(admin, topic)).isEqualTo(7 * 24);
            }
        }
    }

    private static long hours(Admin admin, String topic) throws Exception {
        assertThat(Long.parseLong(setting(admin, topic, "segment.ms")))
                .isLessThan(Long.parseLong(setting(admin, topic, "retention.ms")));
        return Duration.ofMillis(Long.parseLong(setting(admin, topic, "retention.ms")))
                .toHours();
    }

    @Test
    void topicsThatGetLostAreMadeAgain(Installation installation) throws Exception {
        installation.inSource(
                """
                drop table if exists lost_a, lost_b;
                create table lost_a as select g as id, g as v from generate_series(1, 60000) g;
                create table lost_b as select * from lost_a;
                alter table lost_a add primary key (id);
                alter table lost_b add primary key (id)""");
        long source = installation.register("lost", installation.sourceOptions());
        try (Admin admin = admin(installation.kafka())) {
            admin.deleteTopics(List.of(Topics.TASKS, Topics.JOBS, Topics.CONTROL))
                    .all()
                    .get();
            await("topics").atMost(PATIENCE).until(() -> partitions(admin), PARTITIONS::equals);
            assertThat(hours(admin, Topics.TASKS)).isEqualTo(12);
        }
        ObjectNode body = Api.object().put("data_source1_id", source).put("data_source2_id", source);
        body.putArray("table1").add("public").add("lost_a");
        body.putArray("table2").add("public").add("lost_b");
        body.putArray("pk_columns").add("id");
        long diff = installation.api().post("/datadiffs", body).path("id").asLong();
        JsonNode summary = installation.api().finished(diff, PATIENCE);
        assertThat(summary.path("status").asText()).as(summary.toString()).isEqualTo("success");
    }

    /** Where the broker makes topics for whoever asks, as Kafka does unless it is told otherwise. */
    @Test
    void aWorkerHasNoneMade(@TempDir Path directory) throws Exception {
        try (KafkaBroker kafka =
                        KafkaBroker.start(directory.resolve("kafka"), Map.of("auto.create.topics.enable", "true"));
                Admin admin = admin(kafka);
                ServiceProcess worker = ServiceProcess.start(
                        "lonely-worker",
                        "diff-worker",
                        directory,
                        Map.of(
                                "KAFKA_BOOTSTRAP_SERVERS",
                                kafka.bootstrapServers(),
                                "PARALLAX_SEALING_KEY",
                                SealingKey.random()))) {
            for (String topic : List.of(Topics.JOBS, Topics.TASKS, Topics.CONTROL)) {
                await("its question for " + topic).atMost(PATIENCE).until(() -> worker.log()
                        .contains(topic + "=UNKNOWN_TOPIC_OR_PARTITION"));
            }
            assertThat(partitions(admin)).isEmpty();
        }
    }
}
