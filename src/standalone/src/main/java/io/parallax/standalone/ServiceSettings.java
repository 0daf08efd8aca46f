package io.parallax.standalone;

import io.parallax.standalone.data.DataDirectory;
import io.parallax.standalone.data.Secrets;
import io.parallax.standalone.embedded.KafkaBroker;
import io.parallax.standalone.embedded.PostgresServer;
import java.util.Map;
import java.util.TreeMap;

/** What the services would be told by the environment if they ran on their own. */
final class ServiceSettings {
    private final Map<String, String> properties;

    private ServiceSettings(Map<String, String> properties) {
        this.properties = properties;
    }

    static ServiceSettings of(
            HttpAddress address,
            HttpAddress management,
            DataDirectory data,
            Secrets secrets,
            PostgresServer postgres,
            KafkaBroker kafka) {
        Map<String, String> properties = new TreeMap<>();
        properties.put("quarkus.http.host", address.host());
        properties.put("quarkus.http.port", Integer.toString(address.port()));
        properties.put("quarkus.management.host", management.host());
        properties.put("quarkus.management.port", Integer.toString(management.port()));
        properties.put(
                "quarkus.log.file.path", data.logs().resolve("parallax.log").toString());
        properties.put("kafka.bootstrap.servers", kafka.bootstrapServers());
        properties.put("parallax.sealing-key", secrets.sealingKey());
        properties.put("parallax.bootstrap-api-key", secrets.apiKey());
        properties.putAll(store(secrets, postgres));
        properties.putAll(standalone(address, data, secrets));
        return new ServiceSettings(properties);
    }

    /** As system properties: they win over the environment, which speaks to services that run on their own. */
    void apply() {
        properties.forEach(System::setProperty);
    }

    private static Map<String, String> store(Secrets secrets, PostgresServer postgres) {
        return Map.of(
                "parallax.store.host", PostgresServer.HOST,
                "parallax.store.port", Integer.toString(postgres.port()),
                "parallax.store.database", Store.DATABASE,
                "parallax.store.user", Store.ROLE,
                "parallax.store.password", secrets.storePassword());
    }

    private static Map<String, String> standalone(HttpAddress address, DataDirectory data, Secrets secrets) {
        return Map.of(
                "parallax.standalone.url", address.url().toString(),
                "parallax.standalone.demo-password", secrets.demoPassword(),
                "parallax.standalone.demo-note", data.note("demo.json").toString());
    }
}
