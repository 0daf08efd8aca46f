package io.parallax.worker.intake;

import io.parallax.worker.config.WorkerConfig;
import io.parallax.worker.work.Heartbeat;
import io.parallax.worker.work.RunningWork;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jboss.logging.Logger;

/**
 * How a worker goes that is told to: first from its consumer groups, so that whatever waits is done by others from then on; then it
 * finishes what it has begun, and hands over what it keeps for plans. Channels to Kafka are open until after that.
 */
@ApplicationScoped
public class Leaving {
    private static final Logger LOG = Logger.getLogger(Leaving.class);
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final RunningWork running;
    private final ConsumerGroups groups;
    private final Heartbeat heartbeat;
    private final Presence presence;
    private final JobIntake jobs;
    private final TaskIntake tasks;
    private final Duration grace;

    Leaving(
            RunningWork running,
            ConsumerGroups groups,
            Heartbeat heartbeat,
            Presence presence,
            JobIntake jobs,
            TaskIntake tasks,
            WorkerConfig config) {
        this.running = running;
        this.groups = groups;
        this.heartbeat = heartbeat;
        this.presence = presence;
        this.jobs = jobs;
        this.tasks = tasks;
        this.grace = config.grace();
    }

    void leave(@Observes ShutdownEvent event) {
        running.close();
        groups.leave();
        LOG.info("Others get what waits from now on; what is under way here is finished.");
        // At once, as others need time to take over what is kept here.
        heartbeat.beat();
        presence.tell();
        if (!finished(grace)) {
            LOG.warnf("Work is left behind unfinished after %s; others will do it again.", grace);
        }
        heartbeat.stop();
        running.stopAll();
    }

    /** False when something is still under way after that time. */
    private boolean finished(Duration most) {
        long end = System.nanoTime() + most.toNanos();
        while (!isIdle() && System.nanoTime() - end < 0) {
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        return isIdle();
    }

    /** Answers to questions are under way, too, which no ledger knows: their work has a slot until it is reported. */
    private boolean isIdle() {
        return jobs.idle() && tasks.idle() && running.idle();
    }
}
