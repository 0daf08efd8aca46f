package io.parallax.api.startup;

import io.parallax.api.datasources.SourceVault;
import io.parallax.api.messaging.WorkerMessages;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Lets workers know, again and again, which key connection details are sealed with; for the first time as soon as Kafka is there. */
@ApplicationScoped
public class KeyChecks {
    private static final Logger LOG = Logger.getLogger(KeyChecks.class);

    private final SourceVault vault;
    private final WorkerMessages messages;
    private final long interval;

    /** Zero for never. */
    private volatile long told;

    KeyChecks(
            SourceVault vault,
            WorkerMessages messages,
            @ConfigProperty(name = "parallax.key-check-interval", defaultValue = "30s") Duration interval) {
        this.vault = vault;
        this.messages = messages;
        this.interval = interval.toNanos();
    }

    @Scheduled(
            identity = "api-key-check",
            every = "{parallax.key-check-every:1s}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    Uni<Void> tell() {
        long now = System.nanoTime();
        if (told != 0 && now - told < interval) {
            return Uni.createFrom().voidItem();
        }
        return messages.control(vault.check())
                .invoke(() -> told = now == 0 ? 1 : now)
                .onFailure()
                .invoke(failure -> LOG.debugf("Workers are told about the key later: %s", failure))
                .onFailure()
                .recoverWithNull();
    }
}
