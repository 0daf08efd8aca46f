package io.parallax.endtoend;

import static org.awaitility.Awaitility.await;

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

/** TLS everywhere, and a password for Kafka. */
final class EncryptedWires implements Wires {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String KAFKA_USER = "parallax";

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
                "listener.name.plaintext.plain.sasl.jaas.config",
                        login(" user_" + KAFKA_USER + "=\"" + kafkaPassword + "\""),
                "ssl.keystore.type", "PKCS12",
                "ssl.keystore.location", ours.store().toString(),
                "ssl.keystore.password", ours.password()));
        settings.put("ssl.truststore.type", "PEM");
        settings.put("ssl.truststore.location", ours.chain().toString());
        return settings;
    }

    private String login(String more) {
        return "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"" + KAFKA_USER
                + "\" password=\"" + kafkaPassword + "\"" + more + ";";
    }

    /** What a client of Kafka is to be told. */
    Map<String, String> clientSettings() {
        return Map.of(
                "security.protocol", "SASL_SSL",
                "sasl.mechanism", "PLAIN",
                "sasl.jaas.config", login(""),
                "ssl.truststore.type", "PEM",
                "ssl.truststore.location", ours.chain().toString());
    }

    @Override
    public Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>();
        environment.put("PARALLAX_STORE_SSLMODE", "verify-full");
        environment.put("PARALLAX_STORE_ROOTCERT", ours.chain().toString());
        clientSettings()
                .forEach((name, value) ->
                        environment.put("KAFKA_" + name.toUpperCase(Locale.ROOT).replace('.', '_'), value));
        return environment;
    }
}
