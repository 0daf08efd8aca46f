package io.parallax.endtoend.chaos;

import static org.awaitility.Awaitility.await;

import io.parallax.endtoend.ServiceProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** One packaged service, with somebody beside it who starts it again when it ends by itself. */
final class ServicePart extends ProcessPart {
    /** What an operator waits before a process that was told to end is killed. */
    private static final Duration GRACE = Duration.ofSeconds(30);

    /** How long clients go on calling one that was told to end. */
    private static final Duration LISTED_FOR = Duration.ofSeconds(1);

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final String module;
    private final Path logs;
    private final Map<String, String> environment;
    private final HttpClient http = HttpClient.newHttpClient();
    private volatile ServiceProcess process;
    private volatile @Nullable ServiceProcess served;
    private boolean wanted;
    private volatile boolean listed = true;

    ServicePart(String name, String module, Path logs, Map<String, String> environment) throws Exception {
        super(name);
        this.module = module;
        this.logs = logs;
        this.environment = Map.copyOf(environment);
        start();
    }

    /** Where it serves now. */
    URI url() {
        return process.url();
    }

    void awaitReady() {
        process.awaitReady();
        listed = true;
    }

    /** Whether those who look from time to time whether it is ready have seen that it is. */
    boolean listed() {
        return listed;
    }

    /** The one before may have ended while it was starting, for want of what it needs; {@link #revive} starts another one. */
    void awaitRevived() {
        await(name() + " ready again").atMost(PATIENCE).until(() -> process.ready());
    }

    /**
     * Starts it again when it ended by itself.
     *
     * @return whether it had served before it ended, which no service should do
     */
    boolean revive() throws Exception {
        ServiceProcess now = process;
        if (now.alive()) {
            served = served == now || serves(now) ? now : null;
            return false;
        }
        return startAgain(now);
    }

    private synchronized boolean startAgain(ServiceProcess ended) throws Exception {
        if (!wanted || process != ended) {
            return false;
        }
        start();
        return served == ended;
    }

    /** Not {@link ServiceProcess#ready}, which a frozen process keeps waiting. */
    private boolean serves(ServiceProcess asked) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(asked.management().resolve("/q/health/ready"))
                .timeout(Duration.ofSeconds(1))
                .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    List<ProcessHandle> processes() {
        return List.of(process.handle());
    }

    @Override
    void start() throws Exception {
        process = ServiceProcess.start(name(), module, logs, environment);
        wanted = true;
    }

    @Override
    void stop() throws Exception {
        forget();
        ProcessHandle handle = process.handle();
        handle.destroy();
        boolean ended = ends(handle, LISTED_FOR);
        listed = false;
        if (!ended && !ends(handle, GRACE)) {
            handle.destroyForcibly();
        }
    }

    private static boolean ends(ProcessHandle handle, Duration soon) throws Exception {
        try {
            handle.onExit().get(soon.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        }
    }

    @Override
    void forget() {
        wanted = false;
    }
}
