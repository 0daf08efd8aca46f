package io.parallax.oracle;

import io.parallax.oracle.needs.Programs;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/** A pooler before a server, that gives each transaction whichever connection is free; as it comes, but for that. */
public final class PgBouncer implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final int port;
    private final Path directory;
    private final Process process;

    private PgBouncer(int port, Path directory, Process process) {
        this.port = port;
        this.directory = directory;
        this.process = process;
    }

    /**
     * Before a server of this machine that asks for no password.
     *
     * @param connections to each database for each user
     */
    public static PgBouncer start(int server, int connections) throws IOException {
        return start(server, connections, Map.of("postgres", "", "pooled", ""));
    }

    /** @param users by name, with the passwords that the server asks for */
    public static PgBouncer start(int server, int connections, Map<String, String> users) throws IOException {
        int port = freePort();
        // Readable for whom it becomes, as it does not run as root.
        Path directory = Files.createTempDirectory("parallax-pgbouncer-");
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path list = Files.writeString(
                directory.resolve("users"),
                users.entrySet().stream()
                        .map(user -> "\"%s\" \"%s\"\n".formatted(user.getKey(), user.getValue()))
                        .collect(Collectors.joining()));
        Path file = Files.writeString(
                directory.resolve("ini"),
                """
                [databases]
                * = host=127.0.0.1 port=%d
                [pgbouncer]
                listen_addr = 127.0.0.1
                listen_port = %d
                unix_socket_dir =
                auth_type = trust
                auth_file = %s
                pool_mode = transaction
                default_pool_size = %d
                """
                        .formatted(server, port, list, connections));
        List<String> command =
                new ArrayList<>(List.of(Programs.find("pgbouncer").orElseThrow().toString()));
        if (System.getProperty("user.name").equals("root")) {
            command.addAll(List.of("-u", "nobody"));
        }
        command.add(file.toString());
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
        PgBouncer started = new PgBouncer(port, directory, process);
        started.awaitListening();
        return started;
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            return free.getLocalPort();
        }
    }

    private void awaitListening() throws IOException {
        Instant end = Instant.now().plus(PATIENCE);
        while (!isListening()) {
            if (!process.isAlive() || Instant.now().isAfter(end)) {
                throw new IllegalStateException("pgbouncer does not start: " + log());
            }
            LockSupport.parkNanos(10_000_000);
        }
    }

    private boolean isListening() {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    public int port() {
        return port;
    }

    /** What it has said so far. */
    public String log() throws IOException {
        return Files.readString(directory.resolve("log"));
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        try (var files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(directory);
    }
}
