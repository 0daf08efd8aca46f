package io.parallax.api.startup;

import io.parallax.api.ledger.backlog.Backlog;
import io.parallax.api.messaging.ConsumerGroups;
import io.parallax.api.messaging.Underway;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jboss.logging.Logger;

/**
 * How a replica goes, once it has given the answers that were asked for (see quarkus.shutdown): it leaves reports to the others, and sends
 * what it has decided so far while its channels to Kafka are still open.
 */
@ApplicationScoped
class Leaving {
    private static final Logger LOG = Logger.getLogger(Leaving.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final ConsumerGroups groups;
    private final Underway underway;
    private final Backlog backlog;

    Leaving(ConsumerGroups groups, Underway underway, Backlog backlog) {
        this.groups = groups;
        this.underway = underway;
        this.backlog = backlog;
    }

    void leave(@Observes ShutdownEvent event) {
        groups.leave();
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!isIdle() && System.nanoTime() - end < 0) {
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        if (!isIdle()) {
            LOG.warnf("Some work is not sent after %s; another replica will send it again.", PATIENCE);
        }
    }

    private boolean isIdle() {
        return backlog.idle() && underway.none();
    }
}
