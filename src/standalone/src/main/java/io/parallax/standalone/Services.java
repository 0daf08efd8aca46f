package io.parallax.standalone;

import io.quarkus.runtime.ApplicationLifecycleManager;
import io.quarkus.runtime.Quarkus;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Both services, as one application. */
final class Services implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 30;

    private final CountDownLatch ended = new CountDownLatch(1);
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    /** Serves until the process is told to end; the exit code. */
    int run(Path logs) {
        try {
            Quarkus.run(ServingApplication.class, (code, thrown) -> failure.set(thrown));
        } finally {
            ended.countDown();
        }
        Throwable thrown = failure.get();
        if (thrown == null || ApplicationLifecycleManager.isVmShuttingDown()) {
            return 0;
        }
        throw new StartRefusedException(
                "The services did not start: " + rootCause(thrown) + " The log in " + logs + " has more.", thrown);
    }

    /** Returns when nothing of the application runs any more. */
    @Override
    public void close() throws InterruptedException {
        if (ended.getCount() > 0) {
            Quarkus.asyncExit();
            if (!ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the services did not stop within " + PATIENCE_SECONDS + " s");
            }
        }
    }

    private static String rootCause(Throwable thrown) {
        Throwable cause = thrown;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        String message =
                String.valueOf(cause.getMessage()).lines().map(String::strip).collect(Collectors.joining(" "));
        return message.endsWith(".") ? message : message + ".";
    }
}
