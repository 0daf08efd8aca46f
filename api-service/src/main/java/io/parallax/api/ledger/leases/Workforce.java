package io.parallax.api.ledger.leases;

import io.parallax.contract.message.Report;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;

/** Who there is to do the work: workers say so every few seconds, and when they leave. */
@ApplicationScoped
public class Workforce {
    /** $1 name, $2 task slots, $3 job slots. */
    private static final String SEEN =
            """
            insert into worker (name, task_slots, job_slots, seen_at) values ($1, $2, $3, now())
            on conflict (name) do update
            set task_slots = excluded.task_slots, job_slots = excluded.job_slots, seen_at = excluded.seen_at""";

    private final Pool store;

    Workforce(Pool store) {
        this.store = store;
    }

    /** Takes note of a sign of life of a worker itself; does nothing about those of its work. */
    public Uni<Void> note(Report.Alive report) {
        Report.Slots slots = report.slots();
        if (slots == null) {
            return Uni.createFrom().voidItem();
        }
        return Boolean.TRUE.equals(report.leaving())
                ? store.preparedQuery("delete from worker where name = $1")
                        .execute(Tuple.of(report.worker()))
                        .replaceWithVoid()
                : store.preparedQuery(SEEN)
                        .execute(Tuple.of(report.worker(), slots.tasks(), slots.jobs()))
                        .replaceWithVoid();
    }

    /** Forgets those that were not heard of for an hour. */
    public Uni<Void> forget() {
        return store.query("delete from worker where seen_at < now() - interval '1 hour'")
                .execute()
                .replaceWithVoid();
    }
}
