package io.parallax.endtoend.chaos;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parallax.contract.seal.SealingKey;
import io.parallax.standalone.embedded.Directories;
import io.parallax.standalone.embedded.FreePort;
import io.parallax.standalone.embedded.PostgresServer;
import io.parallax.standalone.embedded.PostgresSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An installation of which every part can fail by itself: two replicas of the API service, three workers, Kafka, the store
 * and a source, and the network in front of the last three.
 */
final class Site implements AutoCloseable {
    static final Duration LEASE = Duration.ofSeconds(5);
    static final String READER = "reader";

    private static final @Nullable String KEPT = System.getProperty("parallax.chaos.directory");
    private static final String DATABASE = "site";
    private static final List<String> WORKERS = List.of("worker-1", "worker-2", "worker-3");
    private static final List<String> REPLICAS = List.of("api-1", "api-2");

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final List<Part> parts = new ArrayList<>();
    private final List<ServicePart> services = new ArrayList<>();
    private final List<ServicePart> replicas = new ArrayList<>();
    private final String sealingKey = SealingKey.random();
    private final String apiKey = "key-" + UUID.randomUUID();
    private final String password = "password-" + UUID.randomUUID();
    private final Path directory;
    private final Map<String, String> more;
    private final Thread lastResort = new Thread(this::closeQuietly, "site");
    private final PostgresPart store;
    private final PostgresPart source;
    private final Wire sourceWire;
    private final Wire kafkaWire;
    private final RecordsPart records;

    /**
     * Sets it up.
     *
     * @param directory for data and logs
     * @param more environment of all services, which wins over what they are told otherwise
     */
    private Site(Path directory, Map<String, String> more) throws Exception {
        this.directory = directory;
        this.more = Map.copyOf(more);
        Runtime.getRuntime().addShutdownHook(lastResort);
        try {
            store = postgres("store");
            source = postgres("source");
            sourceWire = wire("source-wire");
            sourceWire.leadTo(source.server().port());
            kafkaWire = wire("kafka-wire");
            part(new BrokerPart(Files.createDirectories(directory.resolve("kafka")), kafkaWire));
            store.server().ensureRole("store", password);
            store.server().ensureDatabase(DATABASE, "store");
            source.server().ensureRole(READER, password);
            source.server().ensureDatabase(DATABASE, PostgresServer.SUPERUSER);
            inSource("grant connect on database " + DATABASE + " to " + READER);
            for (String name : REPLICAS) {
                Wire wire = wire(name + "-store-wire");
                wire.leadTo(store.server().port());
                replicas.add(service(name, "api-service", apiEnvironment(wire)));
            }
            for (String name : WORKERS) {
                service(name, "diff-worker", workerEnvironment(name));
            }
            awaitReady();
            records = part(new RecordsPart(bootstrapServers()));
        } catch (Exception | Error e) {
            close();
            throw e;
        }
    }

    /** Those that faults happen to. */
    List<Part> parts() {
        return List.copyOf(parts);
    }

    /** How many records Kafka has taken that nobody can use. */
    int hostileRecords() {
        return records.sent();
    }

    List<ServicePart> services() {
        return List.copyOf(services);
    }

    void awaitReady() {
        services.forEach(ServicePart::awaitReady);
    }

    /** The same where somebody starts again those that end. */
    void awaitRevived() {
        services.forEach(ServicePart::awaitRevived);
    }

    /** One that uses all replicas, whatever state they are in. */
    Client client() {
        return new Client(() -> replicas.stream().map(ServicePart::url).toList(), apiKey);
    }

    /** One behind something that knows which replicas are ready, a while after it has changed. */
    Client balanced() {
        return new Client(
                () -> replicas.stream()
                        .filter(ServicePart::listed)
                        .map(ServicePart::url)
                        .toList(),
                apiKey);
    }

    String bootstrapServers() {
        return PostgresServer.HOST + ":" + kafkaWire.port();
    }

    Connection inStore() throws SQLException {
        return store.connect(DATABASE);
    }

    Connection inSource() throws SQLException {
        return source.connect(DATABASE);
    }

    void inSource(String sql) throws SQLException {
        try (Connection connection = inSource();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** How the source is reached. */
    ObjectNode sourceOptions() {
        return Client.object()
                .put("host", PostgresServer.HOST)
                .put("port", sourceWire.port())
                .put("user", READER)
                .put("password", password)
                .put("dbname", DATABASE);
    }

    /** Everything, in reverse order, whatever state it is in. */
    @Override
    public void close() throws Exception {
        if (Thread.currentThread() != lastResort) {
            Runtime.getRuntime().removeShutdownHook(lastResort);
        }
        Exception failure = null;
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (Exception e) {
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    /** When this process is told to end. */
    private void closeQuietly() {
        try {
            close();
        } catch (Exception e) {
            // There is nobody left to tell.
        }
    }

    /** What is done on a site. */
    interface Stay {
        void on(Site site) throws Exception;
    }

    /** Sets a site up for that, and leaves nothing of it behind but in the directory that {@code parallax.chaos.directory} names. */
    static void up(Stay stay) throws Exception {
        up(Map.of(), stay);
    }

    /** The same of services that are told more. */
    static void up(Map<String, String> more, Stay stay) throws Exception {
        Path directory =
                KEPT == null ? Files.createTempDirectory("parallax-chaos") : Files.createDirectories(Path.of(KEPT));
        try (Site site = new Site(directory, more)) {
            stay.on(site);
        } finally {
            if (KEPT == null) {
                Directories.delete(directory);
            }
        }
    }

    private PostgresPart postgres(String name) throws Exception {
        return part(new PostgresPart(
                name,
                new PostgresSettings(
                        directory.resolve(name),
                        Path.of(System.getProperty("java.io.tmpdir"), "embedded-pg"),
                        FreePort.any(),
                        "superuser-" + UUID.randomUUID(),
                        false,
                        // What is committed outlives the end of the process; only that of the machine need not be
                        // survived.
                        Map.of("synchronous_commit", "on"))));
    }

    private Wire wire(String name) throws Exception {
        return part(new Wire(name));
    }

    private ServicePart service(String name, String module, Map<String, String> environment) throws Exception {
        environment.putAll(more);
        ServicePart service = part(new ServicePart(name, module, directory, environment));
        services.add(service);
        return service;
    }

    private <T extends Part & AutoCloseable> T part(T part) {
        opened.push(part);
        parts.add(part);
        return part;
    }

    private Map<String, String> apiEnvironment(Wire wire) {
        Map<String, String> environment = environment();
        environment.put("PARALLAX_STORE_HOST", PostgresServer.HOST);
        environment.put("PARALLAX_STORE_PORT", Integer.toString(wire.port()));
        environment.put("PARALLAX_STORE_DATABASE", DATABASE);
        environment.put("PARALLAX_STORE_USER", "store");
        environment.put("PARALLAX_STORE_PASSWORD", password);
        environment.put("PARALLAX_BOOTSTRAP_API_KEY", apiKey);
        environment.put("PARALLAX_LEDGER_LEASE", LEASE.toSeconds() + "s");
        environment.put("PARALLAX_LEDGER_CALM", "5s");
        // So short that some wait in the store.
        environment.put("PARALLAX_LEDGER_QUEUE", "2");
        environment.put("PARALLAX_LEDGER_CONFIRMATION", "15s");
        environment.put("PARALLAX_LEDGER_PATIENCE", "30s");
        environment.put("MP_MESSAGING_INCOMING_API_RESULTS_IN_SESSION_TIMEOUT_MS", "6000");
        return environment;
    }

    private Map<String, String> workerEnvironment(String name) {
        Map<String, String> environment = environment();
        environment.put("MP_MESSAGING_INCOMING_WORKER_JOBS_IN_SESSION_TIMEOUT_MS", "6000");
        environment.put("MP_MESSAGING_INCOMING_WORKER_TASKS_IN_SESSION_TIMEOUT_MS", "6000");
        environment.put("PARALLAX_WORKER_NAME", name);
        environment.put("PARALLAX_WORKER_ALIVE_INTERVAL", "1s");
        environment.put("PARALLAX_WORKER_GRACE", "2s");
        environment.put("PARALLAX_WORKER_HOLD_CHECK_INTERVAL", "1s");
        // Tables are small, and cut all the same.
        environment.put("PARALLAX_ENGINE_SMALL_ROWS", "2000");
        environment.put("PARALLAX_ENGINE_SEGMENT_ROWS", "4000");
        environment.put("PARALLAX_ENGINE_BUCKET_ROWS", "100");
        environment.put("PARALLAX_ENGINE_PIECE_ROWS", "4000");
        environment.put("PARALLAX_ENGINE_PART_ROWS", "20000");
        return environment;
    }

    private Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>();
        environment.put("KAFKA_BOOTSTRAP_SERVERS", bootstrapServers());
        environment.put("PARALLAX_SEALING_KEY", sealingKey);
        return environment;
    }
}
