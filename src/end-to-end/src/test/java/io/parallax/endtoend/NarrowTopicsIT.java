package io.parallax.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parallax.contract.Topics;
import io.parallax.contract.seal.SealingKey;
import io.parallax.standalone.embedded.FreePort;
import io.parallax.standalone.embedded.KafkaBroker;
import io.parallax.standalone.embedded.PostgresServer;
import io.parallax.standalone.embedded.PostgresSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where an administrator has made the topics, lesser ones than they are to be, and nobody else may change or make any. */
class NarrowTopicsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String KEY = "a-key-for-this-test-alone";

    @TempDir
    private Path directory;

    private static String login(String user, String more) {
        return "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"" + user + "\" password=\""
                + user + "\"" + more + ";";
    }

    private static Map<String, String> brokerSettings() {
        return Map.of(
                "listener.security.protocol.map", "PLAINTEXT:SASL_PLAINTEXT,CONTROLLER:PLAINTEXT",
                "sasl.enabled.mechanisms", "PLAIN",
                "sasl.mechanism.inter.broker.protocol", "PLAIN",
                "listener.name.plaintext.plain.sasl.jaas.config", login("root", " user_root=\"root\" user_api=\"api\""),
                "authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
                "super.users", "User:root;User:ANONYMOUS");
    }

    private static Map<String, String> clientSettings(KafkaBroker kafka, String user) {
        return Map.of(
                "bootstrap.servers",
                kafka.bootstrapServers(),
                "security.protocol",
                "SASL_PLAINTEXT",
                "sasl.mechanism",
                "PLAIN",
                "sasl.jaas.config",
                login(user, ""));
    }

    private static AclBinding right(ResourceType type, String name, AclOperation operation) {
        return new AclBinding(
                new ResourcePattern(type, name, PatternType.LITERAL),
                new AccessControlEntry("User:api", "*", operation, AclPermissionType.ALLOW));
    }

    private static void prepare(Admin admin) throws Exception {
        List<NewTopic> topics = new ArrayList<>();
        List<AclBinding> rights = new ArrayList<>();
        for (String topic :
                List.of(Topics.JOBS, Topics.TASKS, Topics.CONTROL, Topics.EVENTS, Topics.DEAD_LETTER, Topics.RESULTS)) {
            topics.add(new NewTopic(topic, Optional.of(1), Optional.empty()));
            rights.add(right(ResourceType.TOPIC, topic, AclOperation.WRITE));
            rights.add(right(ResourceType.TOPIC, topic, AclOperation.READ));
        }
        rights.add(right(ResourceType.GROUP, "parallax-api", AclOperation.READ));
        admin.createTopics(topics).all().get();
        admin.createAcls(rights).all().get();
    }

    private static Map<String, String> environment(PostgresServer postgres, KafkaBroker kafka) {
        Map<String, String> environment = new HashMap<>(Map.of(
                "PARALLAX_STORE_HOST",
                PostgresServer.HOST,
                "PARALLAX_STORE_PORT",
                Integer.toString(postgres.port()),
                "PARALLAX_STORE_DATABASE",
                "store",
                "PARALLAX_STORE_USER",
                "store",
                "PARALLAX_STORE_PASSWORD",
                "store",
                "PARALLAX_SEALING_KEY",
                SealingKey.random(),
                "PARALLAX_BOOTSTRAP_API_KEY",
                KEY));
        clientSettings(kafka, "api")
                .forEach((name, value) ->
                        environment.put("KAFKA_" + name.toUpperCase(Locale.ROOT).replace('.', '_'), value));
        return environment;
    }

    @Test
    void workGoesOnWithThem() throws Exception {
        PostgresSettings settings = new PostgresSettings(
                directory.resolve("postgresql"),
                Path.of(System.getProperty("java.io.tmpdir"), "embedded-pg"),
                FreePort.any(),
                "superuser",
                false);
        try (PostgresServer postgres = PostgresServer.start(settings);
                KafkaBroker kafka = KafkaBroker.start(directory.resolve("kafka"), brokerSettings());
                Admin admin = Admin.create(new HashMap<>(clientSettings(kafka, "root")))) {
            postgres.ensureRole("store", "store");
            postgres.ensureDatabase("store", "store");
            prepare(admin);
            try (ServiceProcess service =
                    ServiceProcess.start("api", "api-service", directory, environment(postgres, kafka))) {
                service.awaitReady();
                assertThat(service.log())
                        .contains("The topic parallax.tasks has 1 partitions where it is to have 64, and gets no more")
                        .contains("It is not known what settings the topic parallax.events has")
                        .contains("parallax.requests");
                assertThat(Metrics.of(List.of(service)).sum("parallax_kafka_reachable"))
                        .isEqualTo(1);

                // When
                postDiff(new Api(service.url(), KEY));

                // Then
                TopicPartition jobs = new TopicPartition(Topics.JOBS, 0);
                await("the planning job")
                        .atMost(PATIENCE)
                        .until(() -> admin.listOffsets(Map.of(jobs, OffsetSpec.latest()))
                                        .partitionResult(jobs)
                                        .get()
                                        .offset()
                                > 0);
                // It is said once, however often it is looked at.
                assertThat(service.log()).containsOnlyOnce("The topic parallax.tasks has 1 partitions");
            }
        }
    }

    private static void postDiff(Api api) throws Exception {
        ObjectNode source = Api.object().put("name", "any").put("type", "pg");
        source.putObject("options").put("host", "h").put("user", "u").put("dbname", "d");
        long id = api.post("/data_sources", source).path("id").asLong();
        ObjectNode body = Api.object().put("data_source1_id", id).put("data_source2_id", id);
        body.putArray("table1").add("a");
        body.putArray("table2").add("b");
        body.putArray("pk_columns").add("id");
        api.post("/datadiffs", body);
    }
}
