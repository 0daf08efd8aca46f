package io.parallax.standalone.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * PostgreSQL's {@code postmaster.pid}, which names the process that serves a data directory.
 *
 * <p>A process that was killed leaves its PostgreSQL running, and a machine that lost power leaves the file alone.
 */
record PostmasterFile(Path data) {
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    static PostmasterFile in(Path data) {
        return new PostmasterFile(data);
    }

    /** The live process that the file names, whatever it is. */
    Optional<ProcessHandle> process() {
        return pid().flatMap(ProcessHandle::of).filter(ProcessHandle::isAlive);
    }

    /**
     * Stops the server that still serves this data; a file that names no such server is removed.
     *
     * @throws IOException when it cannot be told whether the process is one
     */
    void stopOrphan() throws IOException {
        Optional<ProcessHandle> process = process();
        if (process.isEmpty()) {
            return;
        }
        switch (servant(process.get())) {
            case OURS -> stop(process.get());
            case NOT_OURS -> Files.deleteIfExists(path());
            case UNKNOWN -> throw new IOException(
                    "Process " + process.get().pid() + " may be a PostgreSQL that still uses " + data
                            + "; stop it, or remove " + path() + " if it is something else.");
        }
    }

    private enum Servant {
        OURS,
        NOT_OURS,
        UNKNOWN
    }

    private Path path() {
        return data.resolve("postmaster.pid");
    }

    private Optional<Long> pid() {
        try {
            return Files.readAllLines(path()).stream()
                    .findFirst()
                    .map(String::strip)
                    .map(Long::valueOf);
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    private Servant servant(ProcessHandle process) {
        ProcessHandle.Info info = process.info();
        if (info.command().isEmpty() || info.arguments().isEmpty()) {
            return process.isAlive() ? Servant.UNKNOWN : Servant.NOT_OURS;
        }
        List<String> arguments = Arrays.asList(info.arguments().get());
        if (!info.command().get().endsWith("postgres")) {
            return Servant.NOT_OURS;
        }
        int directory = arguments.indexOf("-D") + 1;
        if (directory == 0 || directory >= arguments.size()) {
            return Servant.UNKNOWN;
        }
        return Path.of(arguments.get(directory)).normalize().equals(data) ? Servant.OURS : Servant.NOT_OURS;
    }

    private static void stop(ProcessHandle process) throws IOException {
        process.destroy();
        if (!ended(process)) {
            process.destroyForcibly();
            if (!ended(process)) {
                throw new IOException("A PostgreSQL left behind, process " + process.pid() + ", does not stop.");
            }
        }
    }

    private static boolean ended(ProcessHandle process) throws IOException {
        try {
            process.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IOException("process " + process.pid() + " cannot be watched", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
