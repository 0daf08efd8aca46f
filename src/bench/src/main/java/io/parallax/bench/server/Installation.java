package io.parallax.bench.server;

import io.parallax.contract.seal.SealingKey;
import io.parallax.standalone.OpenResources;
import io.parallax.standalone.embedded.FreePort;
import io.parallax.standalone.embedded.KafkaBroker;
import io.parallax.standalone.embedded.PostgresServer;
import io.parallax.standalone.embedded.PostgresSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;

/** Parallax as an operator would set it up: store, Kafka, one API service, one worker. */
public final class Installation {
    private static final String STORE = "store";

    private final Parallax parallax;
    private final ServiceProcess worker;

    private Installation(Parallax parallax, ServiceProcess worker) {
        this.parallax = parallax;
        this.worker = worker;
    }

    /** Starts everything, empty; {@code open} stops it. */
    public static Installation start(OpenResources open, BenchDirectory directory) throws Exception {
        Path services = Files.createDirectories(directory.services());
        String password = UUID.randomUUID().toString();
        String sealingKey = SealingKey.random();
        String apiKey = UUID.randomUUID().toString();
        PostgresServer store = open.open(() -> store(directory, password));
        KafkaBroker kafka = open.open(() -> KafkaBroker.start(services.resolve("kafka")));
        ServiceProcess api = open.open(() -> ServiceProcess.start(
                "api-service", services, apiEnvironment(store, password, kafka, sealingKey, apiKey)));
        ServiceProcess worker = open.open(() -> ServiceProcess.start(
                "diff-worker",
                services,
                Map.of("KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers(), "PARALLAX_SEALING_KEY", sealingKey)));
        api.awaitReady();
        worker.awaitReady();
        return new Installation(new Parallax(api.url(), apiKey), worker);
    }

    public Parallax parallax() {
        return parallax;
    }

    /** The worker's process. */
    public long worker() {
        return worker.pid();
    }

    /** It keeps its promises, as a store has to: what a commit costs is part of what a diff costs. */
    private static PostgresServer store(BenchDirectory directory, String password) throws Exception {
        PostgresServer server = PostgresServer.start(new PostgresSettings(
                directory.services().resolve(STORE), directory.binaries(), FreePort.any(), password, true));
        try {
            server.ensureRole(STORE, password);
            server.ensureDatabase(STORE, STORE);
            return server;
        } catch (Exception e) {
            server.close();
            throw e;
        }
    }

    private static Map<String, String> apiEnvironment(
            PostgresServer store, String password, KafkaBroker kafka, String sealingKey, String apiKey) {
        return Map.of(
                "PARALLAX_STORE_HOST", PostgresServer.HOST,
                "PARALLAX_STORE_PORT", Integer.toString(store.port()),
                "PARALLAX_STORE_DATABASE", STORE,
                "PARALLAX_STORE_USER", STORE,
                "PARALLAX_STORE_PASSWORD", password,
                "KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers(),
                "PARALLAX_SEALING_KEY", sealingKey,
                "PARALLAX_BOOTSTRAP_API_KEY", apiKey);
    }
}
