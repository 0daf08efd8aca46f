package io.parallax.api.ledger;

import io.parallax.contract.Codec;
import io.parallax.contract.ErrorType;
import io.parallax.contract.Failure;
import io.parallax.contract.message.Control;
import io.parallax.contract.message.Plan;
import io.parallax.contract.message.Report;
import io.parallax.contract.message.TaskAddress;
import io.parallax.contract.tally.Effort;
import io.parallax.contract.tally.Tally;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * The record of which tasks of a diff are pending, issued, done. Every change is one transaction; what it asks for goes
 * out after the commit.
 */
@ApplicationScoped
public class Ledger {
    private static final Logger LOG = Logger.getLogger(Ledger.class);

    private final Pool store;
    private final Issuer issuer;
    private final Dispatcher dispatcher;
    private final FoundRows foundRows;
    private final LedgerSettings settings;

    Ledger(Pool store, Issuer issuer, Dispatcher dispatcher, FoundRows foundRows, LedgerSettings settings) {
        this.store = store;
        this.issuer = issuer;
        this.dispatcher = dispatcher;
        this.foundRows = foundRows;
        this.settings = settings;
    }

    /** Issues what there is room for, of this diff. */
    public Uni<Void> issue(long diff) {
        return onLive(diff, (tx, row) -> next(tx, row));
    }

    /** Accepts a plan, once, when it is the one that was asked for. */
    public Uni<Void> planMade(Report.PlanMade report) {
        TaskAddress address = report.address();
        if (address.stage() != TaskAddress.PLANNING) {
            return Uni.createFrom().failure(new IllegalArgumentException("a plan is made in stage 0"));
        }
        return onPlan(address, (tx, diff) -> record(
                        tx,
                        address,
                        report.attempt(),
                        report.worker(),
                        report.plan().settled(),
                        report.effort())
                .flatMap(first -> first
                        ? adopt(tx, diff, report.plan())
                        : Uni.createFrom().item(Orders.NONE)));
    }

    private Uni<Orders> adopt(SqlConnection tx, LiveDiff diff, Plan plan) {
        String comparison = Codec.toJson(Comparison.of(plan)).toString();
        return tx.preparedQuery(LedgerSql.ADD_PLAN)
                .execute(Tuple.of(diff.id(), diff.plan(), plan.common().toString()))
                .chain(() -> tx.preparedQuery(LedgerSql.ADD_TASKS)
                        .execute(Tuple.of(
                                diff.id(),
                                diff.plan(),
                                plan.tasks().stream().map(Object::toString).toArray(String[]::new))))
                .chain(() -> tx.preparedQuery(LedgerSql.PLANNED)
                        .execute(Tuple.of(diff.id(), plan.tasks().size(), comparison, plan.algorithm())))
                .chain(() -> foundRows.add(tx, TaskAddress.planning(diff.id(), diff.plan()), plan.rows()))
                .chain(() -> finishOrGoOn(tx, diff));
    }

    /** Keeps a task's result, the first one that comes, and finishes the diff with the last. */
    public Uni<Void> taskDone(Report.TaskDone report) {
        TaskAddress address = report.address();
        if (address.stage() == TaskAddress.PLANNING) {
            return Uni.createFrom().failure(new IllegalArgumentException("a planning job ends with a plan"));
        }
        // The insert comes before the lock, so that results of one diff wait for each other only to be counted.
        return changing(tx -> record(tx, address, report.attempt(), report.worker(), report.tally(), report.effort())
                .flatMap(first -> first ? counted(tx, report) : Uni.createFrom().item(Orders.NONE)));
    }

    private Uni<Orders> counted(SqlConnection tx, Report.TaskDone report) {
        TaskAddress address = report.address();
        return lock(tx, address.diff())
                .flatMap(diff -> diff.isLive() && diff.plan() == address.plan()
                        ? foundRows.add(tx, address, report.rows()).chain(() -> finishOrGoOn(tx, diff))
                        : Uni.createFrom().item(Orders.NONE));
    }

    /** Tries a failed task again, or fails its diff. */
    public Uni<Void> taskFailed(Report.TaskFailed report) {
        TaskAddress address = report.address();
        return onPlan(address, (tx, diff) -> tx.preparedQuery(LedgerSql.ATTEMPT)
                .execute(tuple(address))
                .flatMap(rows -> isCurrent(rows, report.attempt())
                        ? judge(tx, diff, report)
                        : Uni.createFrom().item(Orders.NONE)));
    }

    private static boolean isCurrent(RowSet<Row> rows, int attempt) {
        for (Row row : rows) {
            return row.getInteger("attempt") == attempt && !row.getBoolean("done");
        }
        return false;
    }

    private Uni<Orders> judge(SqlConnection tx, LiveDiff diff, Report.TaskFailed report) {
        TaskAddress address = report.address();
        int most = address.stage() == TaskAddress.PLANNING ? settings.planningAttempts() : settings.attempts();
        Verdict verdict = Verdict.on(report.failure(), report.attempt(), most, settings.pause());
        if (verdict instanceof Verdict.TryAgain again) {
            return tx.preparedQuery(LedgerSql.NEXT_ATTEMPT)
                    .execute(tuple(address).addLong(again.pause().toMillis()))
                    .chain(() -> next(tx, diff));
        }
        return fail(tx, diff, ((Verdict.GiveUp) verdict).failure());
    }

    /** Cancels a live diff; does nothing to one that is over. */
    public Uni<Void> cancel(long diff) {
        return onLive(diff, (tx, live) -> tx.preparedQuery(LedgerSql.CANCEL)
                .execute(Tuple.of(diff))
                .chain(() -> over(tx, live)));
    }

    /** Fails a live diff; does nothing to one that is over. */
    public Uni<Void> fail(long diff, Failure failure) {
        return onLive(diff, (tx, live) -> fail(tx, live, failure));
    }

    Uni<Orders> fail(SqlConnection tx, LiveDiff diff, Failure failure) {
        LOG.infof("Diff %d failed: %s", diff.id(), failure.type().publicName());
        return tx.preparedQuery(LedgerSql.FAIL)
                .execute(Tuple.of(diff.id(), failure.type().publicName(), failure.message()))
                .chain(() -> over(tx, diff));
    }

    private Uni<Orders> over(SqlConnection tx, LiveDiff diff) {
        return foundRows
                .forget(tx, diff.id())
                .chain(() -> neighbours(tx, diff))
                .flatMap(others -> issuer.issue(tx, others))
                .map(Orders::issue)
                .map(Orders.stop(diff.id(), new Control.StopDiff(diff.id(), diff.plan()))::and);
    }

    private Uni<Orders> finishOrGoOn(SqlConnection tx, LiveDiff diff) {
        return tx.preparedQuery(LedgerSql.UNDONE)
                .execute(Tuple.of(diff.id(), diff.plan()))
                .flatMap(rows -> rows.iterator().next().getLong("n") == 0 ? finish(tx, diff) : next(tx, diff));
    }

    private Uni<Orders> finish(SqlConnection tx, LiveDiff diff) {
        return tx.preparedQuery(LedgerSql.TALLIES)
                .execute(Tuple.of(diff.id(), diff.plan()))
                .map(Tallies::sum)
                .flatMap(tally -> foundRows.settle(tx, diff, tally).flatMap(complete -> tx.preparedQuery(
                                LedgerSql.FINISH)
                        .execute(Tuple.of(diff.id(), Codec.toJson(tally).toString(), complete))))
                .chain(() -> neighbours(tx, diff))
                .flatMap(others -> issuer.issue(tx, others))
                .map(Orders::issue);
    }

    private Uni<Orders> next(SqlConnection tx, LiveDiff diff) {
        return neighbours(tx, diff)
                .map(others -> {
                    List<Long> all = new ArrayList<>(others);
                    all.add(diff.id());
                    return all;
                })
                .flatMap(all -> issuer.issue(tx, all))
                .map(Orders::issue);
    }

    /** Who else may start when this diff lets go of a limited source. */
    private static Uni<List<Long>> neighbours(SqlConnection tx, LiveDiff diff) {
        if (!diff.limited()) {
            return Uni.createFrom().item(List.of());
        }
        return tx.preparedQuery(LedgerSql.LOCK_NEIGHBOURS)
                .execute(Tuple.of(diff.id()))
                .map(Ledger::ids);
    }

    static List<Long> ids(RowSet<Row> rows) {
        List<Long> ids = new ArrayList<>();
        rows.forEach(row -> ids.add(row.getLong("id")));
        return ids;
    }

    private static Uni<Boolean> record(
            SqlConnection tx, TaskAddress address, int attempt, String worker, Tally tally, Effort effort) {
        return tx.preparedQuery(LedgerSql.RECORD_RESULT)
                .execute(tuple(address)
                        .addInteger(attempt)
                        .addString(worker)
                        .addString(Codec.toJson(tally).toString())
                        .addLong(effort.buckets())
                        .addLong(effort.dirtyBuckets())
                        .addLong(effort.rowsFetched())
                        .addLong(effort.milliseconds()))
                .map(rows -> rows.rowCount() == 1);
    }

    private static Tuple tuple(TaskAddress address) {
        return Tuple.of(address.diff(), address.plan(), address.stage(), address.task());
    }

    private Uni<Void> onPlan(TaskAddress address, Step step) {
        return onLive(
                address.diff(),
                (tx, diff) -> diff.plan() == address.plan()
                        ? step.on(tx, diff)
                        : Uni.createFrom().item(Orders.NONE));
    }

    private Uni<Void> onLive(long id, Step step) {
        return changing(tx -> lock(tx, id)
                .flatMap(diff ->
                        diff.isLive() ? step.on(tx, diff) : Uni.createFrom().item(Orders.NONE)));
    }

    private static Uni<LiveDiff> lock(SqlConnection tx, long id) {
        return tx.preparedQuery(LedgerSql.LOCK_DIFF).execute(Tuple.of(id)).map(rows -> {
            for (Row row : rows) {
                return new LiveDiff(id, row.getInteger("plan"), row.getBoolean("live"), row.getBoolean("limited"));
            }
            return LiveDiff.missing(id);
        });
    }

    /** One transaction; its orders go out after the commit, and nobody waits for them. */
    Uni<Void> changing(Function<SqlConnection, Uni<Orders>> change) {
        return store.withTransaction(change).invoke(this::send).replaceWithVoid();
    }

    private void send(Orders orders) {
        dispatcher
                .carryOut(orders)
                .onItem()
                .transformToMulti(hopeless -> Multi.createFrom().iterable(hopeless))
                .onItem()
                .transformToUniAndConcatenate(diff -> fail(
                        diff,
                        new Failure(ErrorType.INTERNAL, "A task of this diff is too large to be sent to a worker.")))
                .collect()
                .asList()
                .subscribe()
                .with(done -> {}, failure -> LOG.warnf("Orders wait for the sweep: %s", failure.getMessage()));
    }

    /** One decision about a diff whose row is locked. */
    private interface Step {
        Uni<Orders> on(SqlConnection tx, LiveDiff diff);
    }
}
