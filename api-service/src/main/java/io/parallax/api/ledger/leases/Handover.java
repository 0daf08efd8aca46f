package io.parallax.api.ledger.leases;

import com.fasterxml.jackson.databind.JsonNode;
import io.parallax.api.ledger.LedgerSettings;
import io.parallax.api.ledger.change.Changes;
import io.parallax.api.ledger.issue.PendingMessages;
import io.parallax.api.messaging.WorkerMessages;
import io.parallax.api.requests.OffTheLoop;
import io.parallax.api.store.LiveDiffs;
import io.parallax.api.store.StoredJson;
import io.parallax.contract.message.Job;
import io.parallax.contract.message.Report;
import io.parallax.contract.message.SealedSource;
import io.parallax.contract.message.TaskAddress;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * What a worker keeps for a plan, and another one is to keep when it leaves. It says that it leaves with each sign of life; somebody
 * else is asked to take over, and asked again after a while. Tasks that were issued until then know it by the old name: while one of them
 * is in flight the old worker is not told that it may go, and one that comes too late all the same is issued again.
 */
@ApplicationScoped
public class Handover {
    private static final Logger LOG = Logger.getLogger(Handover.class);

    /** Before somebody else is asked. */
    private static final Duration PAUSE = Duration.ofSeconds(10);

    /** $1 diff, $2 worker, $3 pause in milliseconds: what this worker keeps for the diff's plan, unless somebody was asked just now. */
    private static final String ASK =
            """
            update ledger_task t set not_before = now() + $3::bigint * interval '1 millisecond'
            from diff d, data_source a, data_source b, ledger_plan p
            where d.id = $1 and d.%s and t.diff = d.id and t.plan = d.plan and t.holds and t.worker = $2
              and (t.not_before is null or t.not_before <= now())
              and a.id = d.data_source1_id and b.id = d.data_source2_id and p.diff = d.id and p.plan = d.plan
            returning t.plan, t.attempt, p.common, d.trace,
                      a.id as a, a.sealed as a_sealed, a.max_allowed_connections as a_allowed,
                      b.id as b, b.sealed as b_sealed, b.max_allowed_connections as b_allowed"""
                    .formatted(LiveDiffs.LIVE);

    /**
     * $1 diff, which is locked, $2 plan, $3 attempt, $4 worker, $5 lease in milliseconds, $6 what tasks share. The first to take over counts.
     * No task that is issued later, knowing the new name, has an earlier time: a transaction's time is that of its beginning.
     */
    private static final String TAKE =
            """
            with taken as (
                update ledger_task
                set worker = $4, attempt = $3, issued_at = clock_timestamp(), not_before = null,
                    lease_until = clock_timestamp() + $5::bigint * interval '1 millisecond'
                where diff = $1 and plan = $2 and holds and attempt = $3 - 1
                returning diff, plan)
            update ledger_plan p set common = $6 from taken t where p.diff = t.diff and p.plan = t.plan""";

    private final Pool store;
    private final Changes changes;
    private final WorkerMessages messages;
    private final LedgerSettings settings;

    Handover(Pool store, Changes changes, WorkerMessages messages, LedgerSettings settings) {
        this.store = store;
        this.changes = changes;
        this.messages = messages;
        this.settings = settings;
    }

    /** Has somebody else keep what this worker keeps, where it leaves. */
    public Uni<Void> askFor(Report.Alive report) {
        boolean isAsked = Boolean.TRUE.equals(report.leaving())
                && report.running().stream()
                        .anyMatch(running -> running.address().holds());
        return isAsked
                ? store.preparedQuery(ASK)
                        .execute(Tuple.of(report.diff(), report.worker(), PAUSE.toMillis()))
                        .invoke(rows -> rows.forEach(row -> ask(report.diff(), row)))
                        .replaceWithVoid()
                : Uni.createFrom().voidItem();
    }

    private void ask(long diff, Row row) {
        OffTheLoop.run(row.getString("common").length(), () -> StoredJson.tree(row.getString("common")))
                .chain(common -> messages.job(takeOver(diff, row, common), row.getString("trace")))
                .subscribe()
                .with(
                        sent -> {},
                        failure -> LOG.warnf(
                                "Nobody hears yet that diff %d is to be taken over: %s", diff, failure.getMessage()));
    }

    private static Job takeOver(long diff, Row row, JsonNode common) {
        return new Job.TakeOver(
                TaskAddress.holding(diff, row.getInteger("plan")),
                row.getInteger("attempt") + 1,
                common,
                new SealedSource(row.getLong("a"), row.getString("a_sealed"), row.getInteger("a_allowed")),
                new SealedSource(row.getLong("b"), row.getString("b_sealed"), row.getInteger("b_allowed")));
    }

    /** Has tasks from now on depend on what this worker keeps. */
    public Uni<Void> taken(Report.TakenOver report) {
        TaskAddress address = report.address();
        if (!address.holds()) {
            return Uni.createFrom().failure(new IllegalArgumentException("only what a plan keeps is taken over"));
        }
        return changes.onPlan(address, (tx, diff) -> OffTheLoop.run(report.common()::toString)
                .chain(common -> tx.preparedQuery(TAKE)
                        .execute(Tuple.of(diff.id(), diff.plan(), report.attempt(), report.worker())
                                .addLong(settings.lease().toMillis())
                                .addString(common)))
                .replaceWith(PendingMessages.NONE));
    }
}
