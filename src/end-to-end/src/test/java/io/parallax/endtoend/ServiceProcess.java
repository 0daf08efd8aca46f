package io.parallax.endtoend;

import static org.awaitility.Awaitility.await;

import io.parallax.standalone.embedded.FreePort;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.core.ConditionTimeoutException;

/** One packaged service in a process of its own, told everything by its environment. */
public final class ServiceProcess implements AutoCloseable {
    /** No time is spent on making code fast that runs for a few minutes at most. */
    public static final List<String> SOON_READY = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final String name;
    private final URI url;
    private final URI management;
    private static final Pattern BLOCKED = Pattern.compile("eventloop-thread.* has been blocked for (\\d+) ms");

    /** On a busy machine a thread may stand still for a few seconds and not be at fault. */
    private static final long STANDSTILL_MILLISECONDS = 6000;

    private final Path log;
    private final Process process;
    private boolean frozen;
    private List<String> complaints = List.of();

    private ServiceProcess(String name, URI url, URI management, Path log, Process process) {
        this.name = name;
        this.url = url;
        this.management = management;
        this.log = log;
        this.process = process;
    }

    /**
     * What a module's jar prints when it is given these words.
     *
     * @throws IOException with what it prints, when it does not end with 0
     */
    static String command(String module, Map<String, String> environment, String... words)
            throws IOException, InterruptedException {
        List<String> line = line(module);
        line.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
        tell(builder, environment);
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(said);
        }
        return said;
    }

    private static List<String> line(String module) {
        List<String> options = new ArrayList<>(List.of("-Xmx256m"));
        options.addAll(SOON_READY);
        return line(module, options);
    }

    private static List<String> line(String module, List<String> options) {
        List<String> line = new ArrayList<>(List.of(java()));
        line.addAll(options);
        line.addAll(List.of("-jar", jar(module).toString()));
        return line;
    }

    private static Path jar(String module) {
        return Path.of("..", "..", module, "target", "quarkus-app", "quarkus-run.jar")
                .toAbsolutePath()
                .normalize();
    }

    private static void tell(ProcessBuilder builder, Map<String, String> environment) {
        builder.environment()
                .keySet()
                .removeIf(key -> key.startsWith("PARALLAX_") || key.startsWith("QUARKUS_") || key.startsWith("KAFKA_"));
        builder.environment().putAll(environment);
    }

    /** Starts it; {@link #awaitReady} says when it serves. */
    public static ServiceProcess start(String name, String module, Path logs, Map<String, String> environment)
            throws IOException {
        return start(name, line(module), logs, environment);
    }

    /** @param options of the JVM, in place of those that tests have */
    static ServiceProcess start(
            String name, String module, List<String> options, Path logs, Map<String, String> environment)
            throws IOException {
        return start(name, line(module, options), logs, environment);
    }

    private static ServiceProcess start(String name, List<String> line, Path logs, Map<String, String> environment)
            throws IOException {
        int port = FreePort.any();
        int management = FreePort.anyBut(port);
        Path log = logs.resolve(name + ".log");
        ProcessBuilder builder = new ProcessBuilder(line)
                .redirectErrorStream(true)
                // What ran under the same name before has said something, too.
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        tell(builder, environment);
        builder.environment().put("QUARKUS_HTTP_PORT", Integer.toString(port));
        builder.environment().put("QUARKUS_MANAGEMENT_PORT", Integer.toString(management));
        return new ServiceProcess(name, local(port), local(management), log, builder.start());
    }

    private static URI local(int port) {
        return URI.create("http://127.0.0.1:" + port);
    }

    public ServiceProcess awaitReady() {
        try {
            await(name + " ready").atMost(PATIENCE).until(() -> !process.isAlive() || ready());
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(name + " does not get ready: " + log(), e);
        }
        if (!process.isAlive()) {
            throw new AssertionError(name + " ended: " + log());
        }
        return this;
    }

    public boolean ready() {
        try {
            HttpRequest request = HttpRequest.newBuilder(management.resolve("/q/health/ready"))
                    .build();
            return HttpClient.newHttpClient()
                            .send(request, HttpResponse.BodyHandlers.ofString())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    public URI url() {
        return url;
    }

    String name() {
        return name;
    }

    /** Where its health and its metrics are. */
    public URI management() {
        return management;
    }

    public ProcessHandle handle() {
        return process.toHandle();
    }

    public boolean alive() {
        return process.isAlive();
    }

    public String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return "(its log cannot be read: " + e.getMessage() + ")";
        }
    }

    /**
     * What its log tells, once it has ended, of faults that no test would notice otherwise: settings that there are none of, and event
     * loops that stood still, unless it was frozen.
     */
    List<String> complaints() {
        return complaints;
    }

    private List<String> readComplaints() {
        return log().lines()
                .filter(line -> line.contains("Unrecognized configuration") || !frozen && isStandstill(line))
                .map(line -> name + ": " + line)
                .toList();
    }

    private static boolean isStandstill(String line) {
        Matcher blocked = BLOCKED.matcher(line);
        return blocked.find() && Long.parseLong(blocked.group(1)) >= STANDSTILL_MILLISECONDS;
    }

    /** Lets it do nothing more, and keep what it has in hand. */
    void freeze() throws IOException, InterruptedException {
        frozen = true;
        signal("STOP");
    }

    void thaw() throws IOException, InterruptedException {
        signal("CONT");
    }

    /** As whoever deploys another one does; it may take its time. */
    void tellToEnd() {
        process.destroy();
    }

    /** As the kernel does when memory runs out: no goodbye. */
    void kill() {
        process.destroyForcibly();
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError(name + " does not stop: " + log());
        }
        complaints = readComplaints();
    }

    private void signal(String name) throws IOException, InterruptedException {
        int code = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor();
        if (code != 0) {
            throw new IOException("kill -" + name + " ended with " + code);
        }
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
}
