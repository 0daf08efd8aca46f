package io.parallax.api.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.parallax.api.problems.OutageLog;
import io.parallax.api.store.LiveDiffs;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.ToDoubleFunction;
import java.util.stream.StreamSupport;
import org.jboss.logging.Logger;

/** How much work there is, from the store; the same of every replica, so take the maximum. */
@ApplicationScoped
public class LedgerMetrics {
    private static final Logger LOG = Logger.getLogger(LedgerMetrics.class);
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String ACTIVE = "d." + LiveDiffs.LIVE + " and not d.deferred";

    private static final String TASKS =
            """
            select count(*) filter (where t.lease_until is null)
                       + (select count(*) from diff where deferred) as waiting,
                   count(*) filter (where t.lease_until is not null) as in_flight,
                   coalesce(extract(epoch from max(now() - coalesce(t.waiting_since, d.created_at))
                       filter (where t.lease_until is null)), 0)::float8 as longest,
                   coalesce((select extract(epoch from now() - created_at)::float8 from diff where deferred order by id limit 1), 0)
                       as deferred
            from diff d join ledger_task t on t.diff = d.id and t.plan = d.plan and not t.holds
            where %s and (t.not_before is null or t.not_before <= now())
              and not exists (select from ledger_result r
                              where (r.diff, r.plan, r.stage, r.task) = (t.diff, t.plan, t.stage, t.task) offset 0)"""
                    .formatted(ACTIVE);

    private static final String DIFFS =
            """
            select s.name, count(d.name)::float8 as value
            from (values %s) s(name) left join (
                select d.status as name from diff d where %s union all select status from diff where deferred) d
            using (name)
            group by 1"""
                    .formatted(LiveDiffs.ROWS, ACTIVE);

    private static final String SOURCES =
            """
            select s.id::text as name, coalesce(u.value, 0)::float8 as value
            from data_source s left join (
                select a.id, count(*) as value
                from diff d join ledger_task t on t.diff = d.id and t.plan = d.plan and t.lease_until is not null
                cross join lateral (values (d.data_source1_id), (d.data_source2_id)) a(id)
                where %s and not exists (select from ledger_result r
                                         where (r.diff, r.plan, r.stage, r.task) = (t.diff, t.plan, t.stage, t.task) offset 0)
                group by 1) u using (id)
            where s.deleted_at is null
            order by 2 desc limit 500"""
                    .formatted(ACTIVE);

    private final Pool store;
    private final AtomicReference<Tasks> tasks = new AtomicReference<>(new Tasks(true, 0, 0, 0));
    private final MultiGauge diffs;
    private final MultiGauge sources;

    private record Tasks(boolean known, double waiting, double inFlight, double longestWait) {
        /** Old figures would be no truth. */
        static final Tasks UNKNOWN = new Tasks(false, Double.NaN, Double.NaN, Double.NaN);
    }

    LedgerMetrics(Pool store, MeterRegistry registry) {
        this.store = store;
        gauge(registry, "parallax.tasks.waiting", Tasks::waiting, "Tasks and plans that no worker has");
        gauge(registry, "parallax.tasks.in.flight", Tasks::inFlight, "Tasks and plans that a worker has");
        gauge(
                registry,
                "parallax.tasks.waiting.seconds",
                Tasks::longestWait,
                "How long the task or plan that waits the longest has waited for a worker");
        gauge(
                registry,
                "parallax.store.reachable",
                current -> current.known() ? 1 : 0,
                "1 when the store answered this replica when it was last asked, else 0");
        this.diffs = MultiGauge.builder("parallax.diffs")
                .description("Diffs that are not over, by status")
                .register(registry);
        this.sources = MultiGauge.builder("parallax.source.connections")
                .description("Connections to a source that tasks under way have, one for each side")
                .register(registry);
    }

    private void gauge(MeterRegistry registry, String name, ToDoubleFunction<Tasks> figure, String description) {
        Gauge.builder(name, tasks, current -> figure.applyAsDouble(current.get()))
                .description(description)
                .register(registry);
    }

    @Scheduled(
            identity = "api-metrics",
            every = "{parallax.metrics.every:15s}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    Uni<Void> look() {
        return store.query(TASKS)
                .execute()
                .map(rows -> rows.iterator().next())
                .invoke(row -> tasks.set(new Tasks(
                        true,
                        row.getLong("waiting"),
                        row.getLong("in_flight"),
                        Math.max(row.getDouble("longest"), row.getDouble("deferred")))))
                .chain(() -> register(diffs, DIFFS, "status"))
                .chain(() -> register(sources, SOURCES, "source"))
                .ifNoItem()
                .after(PATIENCE)
                .fail()
                .onFailure()
                .invoke(failure -> {
                    tasks.set(Tasks.UNKNOWN);
                    OutageLog.warn(LOG, "No new figures", failure);
                })
                .onFailure()
                .recoverWithNull();
    }

    private Uni<Void> register(MultiGauge gauge, String sql, String tag) {
        return store.query(sql)
                .execute()
                .invoke(rows -> gauge.register(gauges(rows, tag), true))
                .replaceWithVoid();
    }

    private static List<MultiGauge.Row<?>> gauges(Iterable<Row> rows, String tag) {
        return StreamSupport.stream(rows.spliterator(), false)
                .<MultiGauge.Row<?>>map(
                        row -> MultiGauge.Row.of(Tags.of(tag, row.getString("name")), row.getDouble("value")))
                .toList();
    }
}
