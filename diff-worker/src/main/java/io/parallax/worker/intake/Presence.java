package io.parallax.worker.intake;

import io.parallax.contract.message.Report;
import io.parallax.worker.config.WorkerConfig;
import io.parallax.worker.report.Reports;
import io.parallax.worker.work.RunningWork;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Says that this worker is there, and how much it does at a time, so that as much as it can take is on its way to it. */
@ApplicationScoped
class Presence {
    private static final Logger LOG = Logger.getLogger(Presence.class);

    private static final long FIRST_PAUSE_MILLIS = 200;

    private final Reports reports;
    private final RunningWork running;
    private final Membership membership;
    private final JobIntake jobs;
    private final TaskIntake tasks;
    private final Duration interval;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "parallax-presence");
        thread.setDaemon(true);
        return thread;
    });

    Presence(
            Reports reports,
            RunningWork running,
            Membership membership,
            JobIntake jobs,
            TaskIntake tasks,
            WorkerConfig config) {
        this.reports = reports;
        this.running = running;
        this.membership = membership;
        this.jobs = jobs;
        this.tasks = tasks;
        this.interval = config.presenceInterval();
    }

    void start(@Observes StartupEvent event) {
        begin();
    }

    /** As soon as there is somewhere to tell it. */
    private void begin() {
        if (membership.topicsAreThere()) {
            timer.scheduleAtFixedRate(this::tell, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
        } else {
            timer.schedule(this::begin, FIRST_PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    /** Thrown on, anything would end all further signs. */
    void tell() {
        if (!membership.topicsAreThere()) {
            return;
        }
        try {
            reports.present(new Report.Slots(tasks.count(), jobs.count()), running.closing())
                    .subscribe()
                    .with(done -> {}, failure -> LOG.warnf("nobody hears that this worker is there: %s", failure));
        } catch (RuntimeException | Error e) {
            LOG.error("nobody hears that this worker is there", e);
        }
    }

    @PreDestroy
    void stop() {
        timer.shutdownNow();
    }
}
