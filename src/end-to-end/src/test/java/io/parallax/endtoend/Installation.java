package io.parallax.endtoend;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parallax.contract.seal.SealingKey;
import io.parallax.oracle.draw.Databases;
import io.parallax.standalone.embedded.Directories;
import io.parallax.standalone.embedded.FreePort;
import io.parallax.standalone.embedded.KafkaBroker;
import io.parallax.standalone.embedded.PostgresServer;
import io.parallax.standalone.embedded.PostgresSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.extension.ExtensionContext.Store.CloseableResource;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.jdbc.PreferQueryMode;

/** All that an operator would set up: PostgreSQL, Kafka, one API service, two workers. */
final class Installation implements CloseableResource, AutoCloseable {
    static final String READER = "reader";
    static final String SOURCE_DATABASE = "shop";

    private static final String STORE_ROLE = "store";
    private static final String STORE_DATABASE = "store";

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final List<ServiceProcess> services = new ArrayList<>();
    private final Path directory;
    private final String sealingKey = SealingKey.random();
    private final String apiKey = "key-" + UUID.randomUUID();
    private final String readerPassword = "reader-" + UUID.randomUUID();
    private final String storePassword = "store-" + UUID.randomUUID();
    private final PostgresServer postgres;
    private final KafkaBroker kafka;
    private final TraceCollector traces;
    private final URI apiUrl;
    private final Api api;
    private final Map<String, ServiceProcess> workers = new HashMap<>();
    private final Map<String, String> more;
    private final Wires wires;

    private Installation(Map<String, String> more, Wires wires) throws Exception {
        this.more = more;
        this.wires = wires;
        directory = Files.createTempDirectory("parallax-end-to-end");
        opened.push(() -> Directories.delete(directory));
        try {
            postgres = opened(PostgresServer.start(new PostgresSettings(
                    directory.resolve("postgresql"),
                    Path.of(System.getProperty("java.io.tmpdir"), "embedded-pg"),
                    FreePort.any(),
                    "superuser-" + UUID.randomUUID(),
                    false)));
            wires.prepare(directory.resolve("wires"));
            wires.secure(postgres);
            kafka = opened(KafkaBroker.start(directory.resolve("kafka"), wires.brokerSettings()));
            wires.permit(kafka);
            traces = opened(TraceCollector.start());
            prepareDatabases();
            // It makes the topics too, while the workers are already waiting for them.
            ServiceProcess service = start("api-service", "api-service", apiEnvironment());
            startWorker("worker-1");
            startWorker("worker-2");
            services.forEach(ServiceProcess::awaitReady);
            apiUrl = service.url();
            api = new Api(apiUrl, apiKey);
        } catch (Exception | Error e) {
            close();
            throw e;
        }
    }

    static Installation start() {
        return start(Map.of());
    }

    /** {@code more}: environment of all services, which wins over what they are told otherwise. */
    static Installation start(Map<String, String> more) {
        return start(more, Wires.PLAIN);
    }

    static Installation start(Map<String, String> more, Wires wires) {
        try {
            return new Installation(more, wires);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    Api api() {
        return api;
    }

    URI apiUrl() {
        return apiUrl;
    }

    String apiKey() {
        return apiKey;
    }

    KafkaBroker kafka() {
        return kafka;
    }

    TraceCollector traces() {
        return traces;
    }

    ServiceProcess apiService() {
        return services.get(0);
    }

    ServiceProcess worker(String name) {
        return workers.get(name);
    }

    /** All services ever started here, the dead ones too. */
    List<ServiceProcess> services() {
        return List.copyOf(services);
    }

    /** Another one, that is to be told something else; it is not waited for. */
    ServiceProcess startApi(String name, Map<String, String> different) throws IOException {
        Map<String, String> environment = told("api-service", apiEnvironment());
        environment.putAll(different);
        return opened(ServiceProcess.start(name, "api-service", directory, environment));
    }

    /** Another one, whose JVM is told something else. */
    ServiceProcess startApi(String name, List<String> options, Map<String, String> different) throws IOException {
        Map<String, String> environment = told("api-service", apiEnvironment());
        environment.putAll(different);
        return opened(ServiceProcess.start(name, "api-service", options, directory, environment));
    }

    /** What a command of the API service's jar says. */
    String command(String... words) throws IOException, InterruptedException {
        return ServiceProcess.command("api-service", told(Wires.OPERATOR, apiEnvironment()), words);
    }

    ServiceProcess startWorker(String name) throws IOException {
        return startWorker(name, Map.of());
    }

    /** One that is told something else. */
    ServiceProcess startWorker(String name, Map<String, String> different) throws IOException {
        Map<String, String> environment = new HashMap<>(workerEnvironment(name));
        environment.putAll(different);
        ServiceProcess worker = start(name, "diff-worker", environment);
        workers.put(name, worker);
        return worker;
    }

    /** What must be in no log, record or answer. */
    List<String> secrets() {
        return List.of(sealingKey, apiKey, readerPassword, storePassword);
    }

    Connection store() throws SQLException {
        return postgres.database(STORE_DATABASE).getConnection();
    }

    int postgresPort() {
        return postgres.port();
    }

    /** What the store asks for, by role. */
    Map<String, String> storeLogin() {
        return Map.of(STORE_ROLE, storePassword);
    }

    Connection source() throws SQLException {
        return postgres.database(SOURCE_DATABASE).getConnection();
    }

    /** Makes the databases that pairs of tables are drawn for. */
    void makeDatabases() throws SQLException {
        try (Connection connection = source()) {
            Databases.create(connection);
        }
        for (int database = 0; database < Databases.NAMES.size(); database++) {
            try (Connection connection = textual(Databases.NAMES.get(database))) {
                Databases.furnish(connection, database);
            }
        }
    }

    /** A superuser's session, which is sent all values as texts. */
    Connection textual(String database) throws SQLException {
        PGSimpleDataSource source = postgres.database(database).unwrap(PGSimpleDataSource.class);
        source.setPreferQueryMode(PreferQueryMode.SIMPLE);
        return source.getConnection();
    }

    void inSource(String sql) throws SQLException {
        try (Connection connection = source();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The whole number that a query answers. */
    static long number(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    /** Options of the source that works; tests of others change one thing. */
    ObjectNode sourceOptions() {
        return Api.object()
                .put("host", PostgresServer.HOST)
                .put("port", postgres.port())
                .put("user", READER)
                .put("password", readerPassword)
                .put("dbname", SOURCE_DATABASE);
    }

    long register(String name, ObjectNode options) throws IOException, InterruptedException {
        ObjectNode body = Api.object().put("name", name).put("type", "pg");
        body.set("options", options);
        return api.post("/data_sources", body).path("id").asLong();
    }

    /** Everything, in reverse order; a failure to stop is the tests' failure. */
    @Override
    public void close() throws Exception {
        Exception failure = null;
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (Exception e) {
                failure = e;
            }
        }
        List<String> complaints = services.stream()
                .flatMap(service -> service.complaints().stream())
                .toList();
        if (failure == null && !complaints.isEmpty()) {
            failure = new IllegalStateException(String.join("\n", complaints));
        }
        if (failure != null) {
            throw failure;
        }
    }

    private ServiceProcess start(String name, String module, Map<String, String> environment) throws IOException {
        ServiceProcess service = opened(ServiceProcess.start(name, module, directory, told(module, environment)));
        services.add(service);
        return service;
    }

    /** With what all services are told. */
    private Map<String, String> told(String who, Map<String, String> environment) {
        Map<String, String> all = new HashMap<>(environment);
        all.putAll(traces.environment());
        all.putAll(wires.environment(who));
        all.putAll(more);
        return all;
    }

    private <T extends AutoCloseable> T opened(T resource) {
        opened.push(resource);
        return resource;
    }

    private void prepareDatabases() throws SQLException {
        postgres.ensureRole(STORE_ROLE, storePassword);
        postgres.ensureDatabase(STORE_DATABASE, STORE_ROLE);
        postgres.ensureRole(READER, readerPassword);
        postgres.ensureDatabase(SOURCE_DATABASE, PostgresServer.SUPERUSER);
        inSource("grant connect on database shop to reader");
        // More than a reader needs, so that it is the service that keeps hands off.
        inSource("grant create on schema public to reader");
        inSource("alter default privileges in schema public grant all on tables to reader");
    }

    private Map<String, String> apiEnvironment() {
        Map<String, String> environment = new HashMap<>();
        environment.put("PARALLAX_STORE_HOST", PostgresServer.HOST);
        environment.put("PARALLAX_STORE_PORT", Integer.toString(postgres.port()));
        environment.put("PARALLAX_STORE_DATABASE", STORE_DATABASE);
        environment.put("PARALLAX_STORE_USER", STORE_ROLE);
        environment.put("PARALLAX_STORE_PASSWORD", storePassword);
        environment.put("KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers());
        environment.put("PARALLAX_SEALING_KEY", sealingKey);
        environment.put("PARALLAX_BOOTSTRAP_API_KEY", apiKey);
        environment.put("PARALLAX_REQUESTS_ENABLED", "true");
        // A worker that was killed is missed after ten seconds here, not after thirty, and a source is asked again
        // after
        // a fifth of a second, not after a whole one.
        environment.put("PARALLAX_LEDGER_LEASE", "10s");
        environment.put("PARALLAX_LEDGER_PAUSE", "200ms");
        return environment;
    }

    private Map<String, String> workerEnvironment(String name) {
        return Map.of(
                "KAFKA_BOOTSTRAP_SERVERS",
                kafka.bootstrapServers(),
                "PARALLAX_SEALING_KEY",
                sealingKey,
                "PARALLAX_WORKER_NAME",
                name,
                "PARALLAX_WORKER_ALIVE_INTERVAL",
                "2s",
                // The least that Kafka takes.
                "MP_MESSAGING_INCOMING_WORKER_JOBS_IN_SESSION_TIMEOUT_MS",
                "6000",
                "MP_MESSAGING_INCOMING_WORKER_TASKS_IN_SESSION_TIMEOUT_MS",
                "6000",
                "PARALLAX_WORKER_GRACE",
                "5s",
                "PARALLAX_ENGINE_SEGMENT_ROWS",
                "60000");
    }
}
