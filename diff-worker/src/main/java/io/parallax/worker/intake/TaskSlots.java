package io.parallax.worker.intake;

import com.sun.management.OperatingSystemMXBean;
import io.parallax.worker.config.WorkerConfig;
import io.parallax.worker.work.BoundedExecutor;
import io.parallax.worker.work.WorkMetrics;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.lang.management.ManagementFactory;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** The places for tasks: as many as make this worker fastest, see {@link Growth}. */
@ApplicationScoped
class TaskSlots {
    private static final Logger LOG = Logger.getLogger(TaskSlots.class);

    /** Of the heap, that a task may need. */
    private static final long BYTES_OF_A_TASK = 96L << 20;

    private final BoundedExecutor executor;
    private final int least;
    private final int most;
    private final Growth growth;
    private final WorkMetrics metrics;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "parallax-task-slots");
        thread.setDaemon(true);
        return thread;
    });
    private long done;
    private long refused;

    TaskSlots(WorkerConfig config, WorkMetrics metrics) {
        this.metrics = metrics;
        this.least = config.taskSlots();
        this.most = most(config, Runtime.getRuntime().maxMemory());
        this.executor = new BoundedExecutor("parallax-task", least, config.spareSlots());
        this.growth = new Growth(least, most);
        metrics.slots("task", executor::count, executor::inUse);
    }

    static int most(WorkerConfig config, long heap) {
        return (int) Math.max(config.taskSlots(), Math.min(config.maxTaskSlots(), heap / BYTES_OF_A_TASK));
    }

    BoundedExecutor slots() {
        return executor;
    }

    void start(@Observes StartupEvent event) {
        if (most > least) {
            timer.scheduleAtFixedRate(this::look, 1, 1, TimeUnit.SECONDS);
        }
    }

    /** Thrown on, anything would end all further looks. */
    private void look() {
        try {
            int before = executor.count();
            int now = growth.after(second());
            if (now != before) {
                LOG.infof("%d tasks at a time from now on, not %d", now, before);
                executor.resize(now);
            }
        } catch (RuntimeException | Error e) {
            LOG.error("the number of slots stays as it is", e);
        }
    }

    private Growth.Second second() {
        long doneBefore = done;
        long refusedBefore = refused;
        done = metrics.tasksEnded();
        refused = metrics.refusals();
        return new Growth.Second(done - doneBefore, refused > refusedBefore, executor.pressed(), cpu());
    }

    /** Unknown counts as none. */
    private static double cpu() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
                ? Math.max(0, system.getProcessCpuLoad())
                : 0;
    }

    @PreDestroy
    void close() {
        timer.shutdownNow();
        executor.close();
    }
}
