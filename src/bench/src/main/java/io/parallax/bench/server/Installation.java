package io.parallax.bench.server;

import io.parallax.contract.seal.SealingKey;
import io.parallax.standalone.OpenResources;
import io.parallax.standalone.embedded.FreePort;
import io.parallax.standalone.embedded.KafkaBroker;
import io.parallax.standalone.embedded.PostgresServer;
import io.parallax.standalone.embedded.PostgresSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Parallax as an operator would set it up: store, Kafka, one API service, workers. */
public final class Installation {
    private static final String STORE = "store";

    private final OpenResources open;
    private final Path services;
    private final PostgresServer store;
    private final String storePassword;
    private final Map<String, String> workerEnvironment;
    private final Parallax parallax;
    private final long apiService;
    private final long storeServer;

    private Installation(
            OpenResources open,
            Path services,
            PostgresServer store,
            String storePassword,
            Map<String, String> workerEnvironment,
            Parallax parallax,
            long apiService,
            long storeServer) {
        this.open = open;
        this.services = services;
        this.store = store;
        this.storePassword = storePassword;
        this.workerEnvironment = workerEnvironment;
        this.parallax = parallax;
        this.apiService = apiService;
        this.storeServer = storeServer;
    }

    /** Starts everything but workers, empty; {@code open} stops it. */
    public static Installation start(OpenResources open, BenchDirectory directory) throws Exception {
        return start(open, directory, Map.of());
    }

    /** @param settings of the API service besides */
    public static Installation start(OpenResources open, BenchDirectory directory, Map<String, String> settings)
            throws Exception {
        return start(open, directory, settings, null);
    }

    /** @param wire between the API service and the store; null for none */
    public static Installation start(
            OpenResources open, BenchDirectory directory, Map<String, String> settings, @Nullable FarWire wire)
            throws Exception {
        Path services = Files.createDirectories(directory.services());
        String password = UUID.randomUUID().toString();
        String sealingKey = SealingKey.random();
        String apiKey = UUID.randomUUID().toString();
        PostgresServer store = open.open(() -> store(directory, password));
        KafkaBroker kafka = open.open(() -> KafkaBroker.start(services.resolve("kafka")));
        Map<String, String> environment = new HashMap<>(apiEnvironment(store, password, kafka, sealingKey, apiKey));
        if (wire != null) {
            wire.leadTo(store.port());
            environment.put("PARALLAX_STORE_PORT", Integer.toString(wire.port()));
        }
        environment.putAll(settings);
        ServiceProcess api = open.open(() -> ServiceProcess.start("api-service", services, environment));
        api.awaitReady();
        return new Installation(
                open,
                services,
                store,
                password,
                Map.of("KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers(), "PARALLAX_SEALING_KEY", sealingKey),
                new Parallax(api.url(), apiKey),
                api.pid(),
                SourceServer.postmaster(store));
    }

    public Parallax parallax() {
        return parallax;
    }

    /** The process of the API service. */
    public long apiService() {
        return apiService;
    }

    /** Where Kafka is. */
    public String kafka() {
        return workerEnvironment.getOrDefault("KAFKA_BOOTSTRAP_SERVERS", "");
    }

    /** How the API service comes to the store by way of that port. */
    public Connection store(int port) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://" + PostgresServer.HOST + ":" + port + "/" + STORE, STORE, storePassword);
    }

    /** The process of the store. */
    public long storeServer() {
        return storeServer;
    }

    /** Starts one more worker and waits until it is ready; its process. */
    public long startWorker(String name) throws Exception {
        Map<String, String> environment = new HashMap<>(workerEnvironment);
        environment.put("PARALLAX_WORKER_NAME", name);
        ServiceProcess worker = open.open(() -> ServiceProcess.start(name, "diff-worker", services, environment));
        worker.awaitReady();
        return worker.pid();
    }

    /** Has a worker while that is done, and none afterwards. */
    public void withWorker(Work work) throws Exception {
        try (ServiceProcess worker = ServiceProcess.start("diff-worker", "diff-worker", services, workerEnvironment)) {
            worker.awaitReady();
            work.run();
        }
    }

    /** What a worker is needed for. */
    @FunctionalInterface
    public interface Work {
        void run() throws Exception;
    }

    /** The store, as its owner sees it. */
    public Connection store() throws SQLException {
        return store.database(STORE).getConnection();
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
