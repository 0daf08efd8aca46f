package io.parallax.standalone.embedded;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.common.utils.Time;

/** One Kafka node, broker and controller in one, on loopback ports. */
public final class KafkaBroker implements AutoCloseable {
    private static final String HOST = "127.0.0.1";

    /** The same at every start, or the records of the one before would be another cluster's. */
    private static final Uuid CLUSTER = new Uuid(0x7061_7261_6c6c_6178L, 1);

    private final KafkaRaftServer server;
    private final int port;

    private KafkaBroker(KafkaRaftServer server, int port) {
        this.server = server;
        this.port = port;
    }

    /**
     * A broker that keeps its records in this directory, made when missing.
     *
     * <p>Records of a newer Kafka end the whole process without an exception: know whose they are before.
     */
    public static KafkaBroker start(Path directory) throws IOException {
        int port = FreePort.any();
        return start(directory, port, port);
    }

    /** As {@link #start(Path)}, on this port; clients are told to come to the other one, as where a proxy listens. */
    public static KafkaBroker start(Path directory, int port, int advertisedPort) throws IOException {
        return start(directory, port, advertisedPort, Map.of());
    }

    /** With settings that win over ours; our one listener for clients is called PLAINTEXT. */
    public static KafkaBroker start(Path directory, Map<String, String> settings) throws IOException {
        int port = FreePort.any();
        return start(directory, port, port, settings);
    }

    private static KafkaBroker start(Path directory, int port, int advertisedPort, Map<String, String> settings)
            throws IOException {
        Files.createDirectories(directory);
        Properties properties = properties(directory, port, advertisedPort);
        properties.putAll(settings);
        format(directory, properties);
        endProcessInOrder();
        KafkaRaftServer server = new KafkaRaftServer(KafkaConfig.fromProps(properties, false), Time.SYSTEM);
        server.startup();
        return new KafkaBroker(server, port);
    }

    public String bootstrapServers() {
        return HOST + ":" + port;
    }

    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }

    private static Properties properties(Path directory, int port, int advertisedPort) {
        Properties properties = new Properties();
        properties.putAll(addresses(port, advertisedPort, FreePort.anyBut(port)));
        properties.putAll(storage(directory));
        properties.putAll(modesty());
        return properties;
    }

    private static Map<String, String> addresses(int port, int advertisedPort, int controllerPort) {
        return Map.of(
                "node.id", "1",
                "process.roles", "broker,controller",
                "listeners", "PLAINTEXT://%s:%d,CONTROLLER://%s:%d".formatted(HOST, port, HOST, controllerPort),
                "advertised.listeners", "PLAINTEXT://%s:%d".formatted(HOST, advertisedPort),
                "listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
                "controller.listener.names", "CONTROLLER",
                "inter.broker.listener.name", "PLAINTEXT",
                "controller.quorum.voters", "1@%s:%d".formatted(HOST, controllerPort));
    }

    private static Map<String, String> storage(Path directory) {
        return Map.of(
                "log.dirs", directory.resolve("log").toAbsolutePath().toString(),
                "log.retention.hours", "24",
                "log.index.size.max.bytes", "1048576",
                "auto.create.topics.enable", "false",
                "offsets.topic.num.partitions", "1",
                "offsets.topic.replication.factor", "1",
                "transaction.state.log.num.partitions", "1",
                "transaction.state.log.replication.factor", "1",
                "transaction.state.log.min.isr", "1");
    }

    /** What a node for one process needs, where the defaults are made for a fleet. */
    private static Map<String, String> modesty() {
        return Map.of(
                "group.initial.rebalance.delay.ms", "0",
                "log.cleaner.dedupe.buffer.size", "2097152",
                "num.network.threads", "2",
                "num.io.threads", "2",
                "num.recovery.threads.per.data.dir", "2");
    }

    private static void format(Path directory, Properties properties) throws IOException {
        Path file = directory.resolve("broker.properties");
        // Escaped, as a path may hold any letter.
        try (OutputStream escaped = Files.newOutputStream(file)) {
            properties.store(escaped, null);
        }
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        String[] arguments = {"format", "-t", CLUSTER.toString(), "-c", file.toString(), "--ignore-formatted"};
        int code = StorageTool.execute(arguments, new PrintStream(said, true, StandardCharsets.UTF_8));
        if (code != 0) {
            throw new IOException("Kafka cannot use " + directory + ": " + said.toString(StandardCharsets.UTF_8));
        }
    }

    /**
     * Kafka halts the process on a fatal fault, and a halt runs no shutdown hook: whatever else runs would stay behind.
     *
     * <p>The exit is asked for by another thread, because a hook may have to wait for the one that halts.
     */
    private static void endProcessInOrder() {
        Exit.setHaltProcedure((status, message) -> new Thread(() -> System.exit(status), "kafka-fault").start());
    }
}
