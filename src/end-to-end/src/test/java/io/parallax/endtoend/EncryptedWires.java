package io.parallax.endtoend;

import static org.awaitility.Awaitility.await;

import io.parallax.standalone.embedded.KafkaBroker;
import io.parallax.standalone.embedded.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;

/** TLS everywhere, and Kafka lets everybody do what the guide says they need, and nothing else. */
final class EncryptedWires implements Wires {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String KAFKA_USER = "parallax";

    /** By who the guide calls them, in its order. */
    private static final Map<String, String> PRINCIPALS = Map.of(
            "api-service",
            "API service",
            "diff-worker",
            "worker",
            OPERATOR,
            "whoever uses the commands `dead-letters`");

    private final String kafkaPassword = "kafka-" + UUID.randomUUID();
    private Certificate ours;
    private Certificate another;

    @Override
    public void prepare(Path directory) throws IOException, InterruptedException {
        ours = Certificate.make(directory.resolve("ours"));
        another = Certificate.make(directory.resolve("another"));
    }

    /** Of the servers. */
    Certificate ours() {
        return ours;
    }

    /** Of nobody. */
    Certificate another() {
        return another;
    }

    String kafkaPassword() {
        return kafkaPassword;
    }

    @Override
    public void secure(PostgresServer postgres) throws IOException, SQLException {
        try (Connection connection = postgres.database("postgres").getConnection();
                Statement statement = connection.createStatement()) {
            Path rules = Path.of(text(statement, "show hba_file"));
            Files.writeString(rules, "hostnossl all all all reject\n" + Files.readString(rules));
            statement.execute("alter system set ssl_cert_file = '" + ours.chain() + "'");
            statement.execute("alter system set ssl_key_file = '" + ours.key() + "'");
            statement.execute("alter system set ssl = on");
            statement.execute("select pg_reload_conf()");
        }
        await("PostgreSQL encrypts").atMost(PATIENCE).ignoreExceptions().until(() -> {
            try (Connection connection = postgres.database("postgres").getConnection();
                    Statement statement = connection.createStatement()) {
                return text(statement, "select ssl from pg_stat_ssl where pid = pg_backend_pid()")
                        .equals("t");
            }
        });
    }

    private static String text(Statement statement, String sql) throws SQLException {
        try (ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    @Override
    public Map<String, String> brokerSettings() {
        Map<String, String> settings = new HashMap<>(Map.of(
                "listener.security.protocol.map", "PLAINTEXT:SASL_SSL,CONTROLLER:PLAINTEXT",
                "sasl.enabled.mechanisms", "PLAIN",
                "sasl.mechanism.inter.broker.protocol", "PLAIN",
                "listener.name.plaintext.plain.sasl.jaas.config", login(KAFKA_USER, users()),
                "ssl.keystore.type", "PKCS12",
                "ssl.keystore.location", ours.store().toString(),
                "ssl.keystore.password", ours.password()));
        settings.put("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
        // The broker itself, and this test.
        settings.put("super.users", "User:" + KAFKA_USER + ";User:ANONYMOUS");
        settings.put("ssl.truststore.type", "PEM");
        settings.put("ssl.truststore.location", ours.chain().toString());
        return settings;
    }

    private String users() {
        return Stream.concat(Stream.of(KAFKA_USER), PRINCIPALS.keySet().stream())
                .map(user -> " user_" + user + "=\"" + kafkaPassword + "\"")
                .collect(Collectors.joining());
    }

    private String login(String user, String more) {
        return "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"" + user + "\" password=\""
                + kafkaPassword + "\"" + more + ";";
    }

    @Override
    public void permit(KafkaBroker kafka) throws Exception {
        Map<String, Object> settings = new HashMap<>(clientSettings());
        settings.put("bootstrap.servers", kafka.bootstrapServers());
        try (Admin admin = Admin.create(settings)) {
            admin.createAcls(AccessRights.ofTheGuide(PRINCIPALS)).all().get();
        }
    }

    /** What a client of Kafka is to be told who may do everything. */
    Map<String, String> clientSettings() {
        return clientSettings(KAFKA_USER);
    }

    private Map<String, String> clientSettings(String user) {
        return Map.of(
                "security.protocol", "SASL_SSL",
                "sasl.mechanism", "PLAIN",
                "sasl.jaas.config", login(user, ""),
                "ssl.truststore.type", "PEM",
                "ssl.truststore.location", ours.chain().toString());
    }

    @Override
    public Map<String, String> environment(String who) {
        Map<String, String> environment = new HashMap<>();
        environment.put("PARALLAX_STORE_SSLMODE", "verify-full");
        environment.put("PARALLAX_STORE_ROOTCERT", ours.chain().toString());
        clientSettings(who)
                .forEach((name, value) ->
                        environment.put("KAFKA_" + name.toUpperCase(Locale.ROOT).replace('.', '_'), value));
        return environment;
    }
}
