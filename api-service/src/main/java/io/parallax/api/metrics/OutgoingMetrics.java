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
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.ToDoubleFunction;
import org.jboss.logging.Logger;

/** What others are still to be told, from the store; the same of every replica, so take the maximum. */
@ApplicationScoped
public class OutgoingMetrics {
    private static final Logger LOG = Logger.getLogger(OutgoingMetrics.class);
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private static final String WAITING =
            """
            select e.waiting as events, e.seconds as event_seconds, d.waiting as webhooks, d.seconds as webhook_seconds
            from (select count(*) as waiting, coalesce(extract(epoch from now() - min(at)), 0)::float8 as seconds
                  from event where sent_at is null) e,
                 (select count(*) as waiting, coalesce(extract(epoch from now() - min(e.at)), 0)::float8 as seconds
                  from delivery d join event e on e.id = d.event
                  where d.delivered_at is null and d.gave_up_at is null) d""";

    private final Pool store;
    private final AtomicReference<Waiting> waiting = new AtomicReference<>(new Waiting(0, 0, 0, 0));

    private record Waiting(double events, double eventSeconds, double webhooks, double webhookSeconds) {
        static final Waiting UNKNOWN = new Waiting(Double.NaN, Double.NaN, Double.NaN, Double.NaN);

        static Waiting of(Row row) {
            return new Waiting(
                    row.getLong("events"),
                    row.getDouble("event_seconds"),
                    row.getLong("webhooks"),
                    row.getDouble("webhook_seconds"));
        }
    }

    OutgoingMetrics(Pool store, MeterRegistry registry) {
        this.store = store;
        gauge(registry, "parallax.events.waiting", Waiting::events, "Events that Kafka does not have yet");
        gauge(registry, "parallax.events.waiting.seconds", Waiting::eventSeconds, "Age of the oldest of these events");
        gauge(
                registry,
                "parallax.webhooks.waiting",
                Waiting::webhooks,
                "Events that a receiver of webhooks does not have yet, once for each receiver");
        gauge(
                registry,
                "parallax.webhooks.waiting.seconds",
                Waiting::webhookSeconds,
                "Age of the oldest of the events that a receiver of webhooks does not have yet");
    }

    private void gauge(MeterRegistry registry, String name, ToDoubleFunction<Waiting> figure, String description) {
        Gauge.builder(name, waiting, current -> figure.applyAsDouble(current.get()))
                .description(description)
                .register(registry);
    }

    @Scheduled(
            identity = "api-outgoing-metrics",
            every = "{parallax.metrics.every:15s}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    Uni<Void> look() {
        return store.query(WAITING)
                .execute()
                .invoke(rows -> waiting.set(Waiting.of(rows.iterator().next())))
                .replaceWithVoid()
                .ifNoItem()
                .after(PATIENCE)
                .fail()
                .onFailure()
                .invoke(failure -> {
                    waiting.set(Waiting.UNKNOWN);
                    OutageLog.warn(LOG, "No new figures", failure);
                })
                .onFailure()
                .recoverWithNull();
    }
}
