package io.parallax.standalone;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The packaged program, started and spoken to as a user would. */
final class RunningStandalone implements AutoCloseable {
    private static final Path JAR =
            Path.of("target", "quarkus-app", "quarkus-run.jar").toAbsolutePath();
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path data;
    private final Path out;
    private final Path err;
    private final Process process;

    private RunningStandalone(Path data, Path out, Path err, Process process) {
        this.data = data;
        this.out = out;
        this.err = err;
        this.process = process;
    }

    static RunningStandalone start(Path data, String port, String... options) throws IOException {
        Path out = Files.createTempFile("standalone", ".out");
        Path err = Files.createTempFile("standalone", ".err");
        List<String> command =
                new ArrayList<>(List.of(java(), "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-jar", JAR.toString()));
        command.addAll(List.of(options));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().put("PARALLAX_DATA", data.toString());
        builder.environment().put("QUARKUS_HTTP_PORT", port);
        return new RunningStandalone(data, out, err, builder.start());
    }

    /** One that runs, on a free port, with all it has to say at its start said. */
    static RunningStandalone ready(Path data, String... options) throws IOException {
        RunningStandalone started = start(data, "0", options);
        started.awaitLine("Parallax serves until Ctrl-C");
        return started;
    }

    void awaitLine(String start) {
        await().atMost(PATIENCE)
                .conditionEvaluationListener(null)
                .until(() -> !process.isAlive() || lines().stream().anyMatch(line -> line.startsWith(start)));
        if (lines().stream().noneMatch(line -> line.startsWith(start))) {
            throw new AssertionError("it ended: " + output() + errors());
        }
    }

    List<String> lines() {
        return output().lines().toList();
    }

    String output() {
        return content(out);
    }

    String errors() {
        return content(err);
    }

    /** What follows the name on its line. */
    String printed(String name) {
        return lines().stream()
                .filter(line -> line.startsWith(name + ": "))
                .map(line -> line.substring(name.length() + 2))
                .findFirst()
                .orElseThrow();
    }

    List<String> curls() {
        return lines().stream().filter(line -> line.startsWith("curl ")).toList();
    }

    JsonNode get(String path) throws IOException, InterruptedException {
        return paste(
                "curl -s '%s/api/v1%s' -H 'Authorization: Key %s'".formatted(printed("url"), path, printed("key")));
    }

    static JsonNode paste(String line) throws IOException, InterruptedException {
        Process shell = new ProcessBuilder("sh", "-c", line).start();
        String answer = new String(shell.getInputStream().readAllBytes());
        if (shell.waitFor() != 0) {
            throw new IOException(new String(shell.getErrorStream().readAllBytes()));
        }
        return JSON.readTree(answer);
    }

    /** Asks it to end, as Ctrl-C does; the exit code. */
    int terminate() throws InterruptedException {
        process.destroy();
        return exitCode();
    }

    int kill() throws InterruptedException {
        process.destroyForcibly();
        return exitCode();
    }

    int exitCode() throws InterruptedException {
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("it does not end: " + output() + errors());
        }
        return process.exitValue();
    }

    /** Processes that work on its data, itself aside. */
    List<ProcessHandle> servants() {
        return ProcessHandle.allProcesses()
                .filter(other -> other.pid() != process.pid())
                .filter(other -> other.info().commandLine().orElse("").contains(data.toString()))
                .toList();
    }

    /** Ends it however it can, and its servants with it. */
    @Override
    public void close() throws IOException, InterruptedException {
        process.destroy();
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
        servants().forEach(ProcessHandle::destroyForcibly);
        Files.delete(out);
        Files.delete(err);
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private static String content(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
