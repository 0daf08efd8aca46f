package io.parallax.api.startup;

import io.parallax.api.datasources.SourceVault;
import io.parallax.api.messaging.Outbox;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/** Lets workers know, again and again, which key connection details are sealed with. */
@ApplicationScoped
public class KeyChecks {
    private static final Logger LOG = Logger.getLogger(KeyChecks.class);

    private final SourceVault vault;
    private final Outbox outbox;

    KeyChecks(SourceVault vault, Outbox outbox) {
        this.vault = vault;
        this.outbox = outbox;
    }

    @Scheduled(
            identity = "api-key-check",
            every = "{parallax.key-check-every:30s}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    Uni<Void> tell() {
        return outbox.control(vault.check())
                .onFailure()
                .invoke(failure -> LOG.debugf("Workers are told about the key later: %s", failure))
                .onFailure()
                .recoverWithNull();
    }
}
