package io.parallax.bench.server;

import io.parallax.standalone.embedded.FreePort;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One packaged service in a process of its own. */
final class ServiceProcess implements AutoCloseable {
    /** What every service has to do with, at any size of table. */
    static final String HEAP = "-Xmx256m";

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final String module;
    private final URI url;
    private final URI management;
    private final Path log;
    private final Process process;

    private ServiceProcess(String module, URI url, URI management, Path log, Process process) {
        this.module = module;
        this.url = url;
        this.management = management;
        this.log = log;
        this.process = process;
    }

    /** Starts it; {@link #awaitReady} says when it serves. */
    static ServiceProcess start(String module, Path logs, Map<String, String> environment) throws IOException {
        return start(module, module, logs, environment);
    }

    /** @param name of its log */
    static ServiceProcess start(String name, String module, Path logs, Map<String, String> environment)
            throws IOException {
        Path jar = repository().resolve(Path.of(module, "target", "quarkus-app", "quarkus-run.jar"));
        if (!Files.exists(jar)) {
            throw new IOException("There is no " + jar + "; build it with ./mvnw package first.");
        }
        int port = FreePort.any();
        int management = FreePort.anyBut(port);
        Path log = logs.resolve(name + ".log");
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        ProcessBuilder builder = new ProcessBuilder(java, HEAP, "-jar", jar.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        builder.environment().put("QUARKUS_HTTP_PORT", Integer.toString(port));
        builder.environment().put("QUARKUS_MANAGEMENT_PORT", Integer.toString(management));
        return new ServiceProcess(module, local(port), local(management), log, builder.start());
    }

    private static URI local(int port) {
        return URI.create("http://127.0.0.1:" + port);
    }

    void awaitReady() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!ready()) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                throw new IOException("The " + module + " did not start; its log is " + log + ".");
            }
            Thread.sleep(100);
        }
    }

    URI url() {
        return url;
    }

    long pid() {
        return process.pid();
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }

    private boolean ready() throws InterruptedException {
        try {
            HttpRequest request = HttpRequest.newBuilder(management.resolve("/q/health/ready"))
                    .build();
            return HttpClient.newHttpClient()
                            .send(request, BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /** The bench runs from {@code src/bench/target}, as a jar or as classes. */
    private static Path repository() {
        Path code = Path.of(URI.create(ServiceProcess.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toString()));
        return code.resolve(Path.of("..", "..", "..", "..")).normalize();
    }
}
