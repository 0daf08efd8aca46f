package io.parallax.worker.work;

import io.parallax.contract.message.Report.Running;
import io.parallax.worker.config.WorkerConfig;
import io.parallax.worker.report.Reports;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Renews the leases of all running work. */
@ApplicationScoped
public class Heartbeat {
    private static final Logger LOG = Logger.getLogger(Heartbeat.class);

    private final Reports reports;
    private final RunningWork running;
    private final Duration interval;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "parallax-heartbeat");
        thread.setDaemon(true);
        return thread;
    });
    private volatile Instant lastBeat = Instant.now();

    Heartbeat(Reports reports, RunningWork running, WorkerConfig config) {
        this.reports = reports;
        this.running = running;
        this.interval = config.aliveInterval();
    }

    void start(@Observes StartupEvent event) {
        timer.scheduleAtFixedRate(this::beat, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** No more signs of life. */
    public void stop() {
        timer.shutdownNow();
    }

    /** True while the timer runs on time. */
    public boolean beating() {
        return lastBeat.isAfter(Instant.now().minus(interval.multipliedBy(6)));
    }

    /** One sign of life of everything. Thrown on, anything would end all further beats. */
    public void beat() {
        lastBeat = Instant.now();
        try {
            running.byDiff().forEach(this::renew);
        } catch (RuntimeException | Error e) {
            LOG.error("no signs of life sent", e);
        }
    }

    private void renew(long diff, List<Running> work) {
        reports.alive(diff, work, running.closing())
                .subscribe()
                .with(done -> {}, failure -> LOG.warnf("no sign of life of diff %d sent: %s", diff, failure));
    }
}
