package io.parallax.api.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.parallax.api.problems.OutageLog;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.function.ToDoubleFunction;
import org.jboss.logging.Logger;

/**
 * How much there is to do, and for how much of it there are workers: what their number follows. From the store and the same of every
 * replica, so take the maximum; the view pending_work tells what counts.
 */
@ApplicationScoped
public class WorkMetrics {
    private static final Logger LOG = Logger.getLogger(WorkMetrics.class);
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private static final String WORK =
            """
            select p.tasks, p.jobs, w.workers, w.task_slots, w.job_slots
            from pending_work p cross join (
                select count(*) as workers, coalesce(sum(task_slots), 0) as task_slots, coalesce(sum(job_slots), 0) as job_slots
                from live_worker) w""";

    private final Pool store;
    private volatile Work work = Work.UNKNOWN;

    private record Work(double tasks, double jobs, double workers, double taskSlots, double jobSlots) {
        /** Old figures would be no truth. */
        static final Work UNKNOWN = new Work(Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
    }

    WorkMetrics(Pool store, MeterRegistry registry) {
        this.store = store;
        gauge(registry, "parallax.work", "tasks", "Tasks to be done: waiting, on their way or in hand", Work::tasks);
        gauge(
                registry,
                "parallax.work",
                "jobs",
                "Plans, questions and the like to be done: waiting, on their way or in hand",
                Work::jobs);
        gauge(registry, "parallax.slots", "tasks", "Tasks that all live workers do at a time", Work::taskSlots);
        gauge(registry, "parallax.slots", "jobs", "Jobs that all live workers do at a time", Work::jobSlots);
        Gauge.builder("parallax.workers", this, metrics -> metrics.work.workers())
                .description("Workers that were heard of within half a minute")
                .register(registry);
    }

    private void gauge(
            MeterRegistry registry, String name, String kind, String description, ToDoubleFunction<Work> figure) {
        Gauge.builder(name, this, metrics -> figure.applyAsDouble(metrics.work))
                .tag("kind", kind)
                .description(description)
                .register(registry);
    }

    @Scheduled(
            identity = "api-work-metrics",
            every = "{parallax.work-metrics.every:5s}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    Uni<Void> look() {
        return store.query(WORK)
                .execute()
                .map(rows -> rows.iterator().next())
                .invoke(row -> work = of(row))
                .replaceWithVoid()
                .ifNoItem()
                .after(PATIENCE)
                .fail()
                .onFailure()
                .invoke(failure -> {
                    work = Work.UNKNOWN;
                    OutageLog.warn(LOG, "No new figures of work", failure);
                })
                .onFailure()
                .recoverWithNull();
    }

    private static Work of(Row row) {
        return new Work(
                row.getLong("tasks"),
                row.getLong("jobs"),
                row.getLong("workers"),
                row.getLong("task_slots"),
                row.getLong("job_slots"));
    }
}
