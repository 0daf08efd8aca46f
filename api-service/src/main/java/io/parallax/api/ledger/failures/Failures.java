package io.parallax.api.ledger.failures;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.parallax.api.ledger.LedgerSettings;
import io.parallax.api.ledger.LockedDiff;
import io.parallax.api.ledger.change.Changes;
import io.parallax.api.ledger.change.Endings;
import io.parallax.api.ledger.change.NewPlans;
import io.parallax.api.ledger.issue.Issuer;
import io.parallax.api.ledger.issue.PendingMessages;
import io.parallax.contract.Failure;
import io.parallax.contract.message.Report;
import io.parallax.contract.message.TaskAddress;
import io.parallax.outcome.next.Patience;
import io.parallax.outcome.next.TaskState;
import io.parallax.outcome.next.Verdict;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import org.jboss.logging.Logger;

/** Tries a failed task again, starts over with a new plan, or fails the diff; {@link Verdict} says which. */
@ApplicationScoped
public class Failures {
    private static final Logger LOG = Logger.getLogger(Failures.class);

    private final Changes changes;
    private final Endings endings;
    private final NewPlans newPlans;
    private final Issuer issuer;
    private final LedgerSettings settings;
    private final Counter handedBack;

    Failures(
            Changes changes,
            Endings endings,
            NewPlans newPlans,
            Issuer issuer,
            LedgerSettings settings,
            MeterRegistry meters) {
        this.changes = changes;
        this.endings = endings;
        this.newPlans = newPlans;
        this.issuer = issuer;
        this.settings = settings;
        this.handedBack = Counter.builder("parallax.tasks.handed.back")
                .description("Tasks and plans that a worker gave back, as it cannot do what is asked of it")
                .register(meters);
    }

    /** So that the counter is there before the first one. */
    void beginWithZero(@Observes StartupEvent event) {}

    /** Takes in that a task has failed. */
    public Uni<Void> taskFailed(Report.TaskFailed report) {
        return changes.onPlan(report.address(), (tx, diff) -> tx.preparedQuery(FailuresSql.ATTEMPT)
                .execute(tuple(report.address()))
                .flatMap(rows -> carryOut(tx, diff, report, verdict(rows, report))));
    }

    private Verdict verdict(RowSet<Row> rows, Report.TaskFailed report) {
        for (Row row : rows) {
            return Verdict.on(report, state(row), patience());
        }
        return new Verdict.Ignore();
    }

    private static TaskState state(Row row) {
        return new TaskState(
                row.getInteger("attempt"),
                row.getString("worker"),
                row.getBoolean("done"),
                row.getBoolean("quick"),
                row.getBoolean("holds"),
                new TaskState.Held(row.getBoolean("held"), row.getBoolean("handed_over"), row.getBoolean("outdated")));
    }

    private Patience patience() {
        return new Patience(
                new Patience.Attempts(settings.attempts(), settings.planningAttempts(), settings.refusedAttempts()),
                new Patience.Pauses(settings.pause(), settings.silence()));
    }

    private Uni<PendingMessages> carryOut(
            SqlConnection tx, LockedDiff diff, Report.TaskFailed report, Verdict verdict) {
        if (verdict instanceof Verdict.TakeBack back) {
            return takeBack(tx, diff, report, back.pause());
        }
        if (verdict instanceof Verdict.GiveWay) {
            return giveWay(tx, diff, report.failure());
        }
        if (verdict instanceof Verdict.LosePlan) {
            return losePlan(tx, diff, report.failure());
        }
        if (verdict instanceof Verdict.TryAgain again) {
            return tryAgain(tx, diff, report.address(), again.pause());
        }
        return verdict instanceof Verdict.GiveUp over
                ? endings.fail(tx, diff, over.failure())
                : Uni.createFrom().item(PendingMessages.NONE);
    }

    private Uni<PendingMessages> tryAgain(SqlConnection tx, LockedDiff diff, TaskAddress address, Duration pause) {
        return tx.preparedQuery(FailuresSql.NEXT_ATTEMPT)
                .execute(tuple(address).addLong(pause.toMillis()))
                .chain(() -> issuer.next(tx, diff));
    }

    /** Another worker gets it, soon; whoever looks at the diff sees why it waits. */
    private Uni<PendingMessages> takeBack(SqlConnection tx, LockedDiff diff, Report.TaskFailed report, Duration pause) {
        handedBack.increment();
        String why = "A worker (" + report.worker() + ") has handed work of this diff back: "
                + report.failure().message();
        return tx.preparedQuery(FailuresSql.HAND_BACK)
                .execute(tuple(report.address()).addLong(pause.toMillis()).addString(why))
                .chain(() -> issuer.next(tx, diff));
    }

    /** Starts over with a new plan, as this one has lost what it depends on, or fails the diff. */
    public Uni<PendingMessages> losePlan(SqlConnection tx, LockedDiff diff, Failure failure) {
        return tx.preparedQuery(FailuresSql.GAVE_WAY)
                .execute(Tuple.of(diff.id()))
                .map(rows -> diff.plan() - rows.iterator().next().getInteger("gave_way"))
                .flatMap(lost -> Verdict.onLostPlan(failure, lost, settings.plans()) instanceof Verdict.GiveUp over
                        ? endings.fail(tx, diff, over.failure())
                        : startOver(tx, diff, failure));
    }

    /** The same where somebody waited for what it held: counted apart, as nothing was wrong with it. */
    private Uni<PendingMessages> giveWay(SqlConnection tx, LockedDiff diff, Failure failure) {
        return tx.preparedQuery(FailuresSql.GIVE_WAY)
                .execute(Tuple.of(diff.id(), settings.giveWays()))
                .flatMap(rows -> rows.rowCount() == 0 ? endings.fail(tx, diff, failure) : startOver(tx, diff, failure));
    }

    private Uni<PendingMessages> startOver(SqlConnection tx, LockedDiff diff, Failure failure) {
        LOG.infof("Diff %d lost its plan %d: %s", diff.id(), diff.plan(), failure.message());
        return newPlans.begin(tx, diff, NewPlans.Handed.NOTHING);
    }

    private static Tuple tuple(TaskAddress address) {
        return Tuple.of(address.diff(), address.plan(), address.stage(), address.task());
    }
}
