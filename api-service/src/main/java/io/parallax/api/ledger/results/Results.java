package io.parallax.api.ledger.results;

import io.parallax.api.ledger.DiffLock;
import io.parallax.api.ledger.LedgerSettings;
import io.parallax.api.ledger.LockedDiff;
import io.parallax.api.ledger.change.Changes;
import io.parallax.api.ledger.change.Decision;
import io.parallax.api.ledger.completion.Completion;
import io.parallax.api.ledger.completion.NewTasks;
import io.parallax.api.ledger.completion.Progress;
import io.parallax.api.ledger.issue.Issuer;
import io.parallax.api.ledger.issue.PendingMessages;
import io.parallax.api.ledger.recheck.Rechecks;
import io.parallax.api.ledger.rows.FoundRows;
import io.parallax.api.ledger.workspace.Workspaces;
import io.parallax.api.requests.OffTheLoop;
import io.parallax.api.store.StoredJson;
import io.parallax.contract.Codec;
import io.parallax.contract.message.Plan;
import io.parallax.contract.message.Report;
import io.parallax.contract.message.TaskAddress;
import io.parallax.outcome.Notes;
import io.parallax.outcome.PlanSummary;
import io.parallax.outcome.next.Undone;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;

/** Takes in what workers have made of plans, stages and tasks: each once, the first that comes. */
@ApplicationScoped
public class Results {
    private static final long BYTES_OF_A_COLUMN = 1000;

    private final Changes changes;
    private final Issuer issuer;
    private final Completion completion;
    private final FoundRows foundRows;
    private final SettledPlans settledPlans;
    private final LedgerSettings settings;

    Results(
            Changes changes,
            Issuer issuer,
            Completion completion,
            FoundRows foundRows,
            SettledPlans settledPlans,
            LedgerSettings settings) {
        this.changes = changes;
        this.issuer = issuer;
        this.completion = completion;
        this.foundRows = foundRows;
        this.settledPlans = settledPlans;
        this.settings = settings;
    }

    /** Accepts a plan, once, when it is the one that was asked for. */
    public Uni<Void> planMade(Report.PlanMade report) {
        TaskAddress address = report.address();
        if (!address.plans()) {
            return refused("a plan is made by the planning job");
        }
        return settledPlans.finish(report).flatMap(fate -> switch (fate) {
            case LEFT -> planMadeOrLate(report);
            case FINISHED -> Uni.createFrom().voidItem();
                // Of what gets lost here, the sweep takes care.
            case FINISHED_FOR_OTHERS -> changes.within(tx -> issuer.others(tx, address.diff()));
        });
    }

    private Uni<Void> planMadeOrLate(Report.PlanMade report) {
        TaskAddress address = report.address();
        return onPlanOrLate(address, (tx, diff) -> TaskResults.record(
                        tx,
                        address,
                        report.attempt(),
                        report.worker(),
                        report.plan().settled(),
                        report.effort(),
                        report.plan().timeline(),
                        Notes.of(report.plan().notes()))
                .flatMap(first -> first
                        ? adopt(tx, diff, report.plan(), report.worker())
                        : Uni.createFrom().item(PendingMessages.NONE)));
    }

    /** Who comes too late with a plan has written tables for nobody. */
    private Uni<Void> onPlanOrLate(TaskAddress address, Decision decision) {
        return changes.within(tx -> DiffLock.of(tx, address.diff()).flatMap(diff -> {
            if (diff.isLive() && diff.plan() == address.plan()) {
                return decision.on(tx, diff);
            }
            return (diff.isLive() ? Workspaces.tidyPlan(tx, diff, address.plan()) : Workspaces.tidy(tx, diff))
                    .replaceWith(PendingMessages.NONE);
        }));
    }

    private Uni<PendingMessages> adopt(SqlConnection tx, LockedDiff diff, Plan plan, String worker) {
        return OffTheLoop.run(BYTES_OF_A_COLUMN * plan.comparedColumns().size(), () -> PlanTexts.of(plan))
                .flatMap(texts -> adopt(tx, diff, plan, texts, worker));
    }

    /** What of a plan is kept as JSON. */
    private record PlanTexts(String common, String comparison) {
        static PlanTexts of(Plan plan) {
            return new PlanTexts(plan.common().toString(), Codec.text(PlanSummary.of(plan)));
        }
    }

    private Uni<PendingMessages> adopt(SqlConnection tx, LockedDiff diff, Plan plan, PlanTexts texts, String worker) {
        return tx.preparedQuery(ResultsSql.ADD_PLAN)
                .execute(Tuple.of(diff.id(), diff.plan(), texts.common()))
                .chain(() -> NewTasks.add(tx, diff, TaskAddress.PLANNING + 1, plan.tasks()))
                .chain(() -> Boolean.TRUE.equals(plan.holds())
                        ? addHold(tx, diff, worker)
                        : Uni.createFrom().voidItem())
                .chain(() -> tx.preparedQuery(ResultsSql.PLANNED)
                        .execute(Tuple.of(diff.id(), plan.tasks().size(), texts.comparison(), plan.algorithm())
                                .addBoolean(Boolean.TRUE.equals(plan.keysOnly()))
                                .addString(StoredJson.of(plan.sample()))
                                .addString(diff.known()
                                        .notes()
                                        .or(Notes.of(plan.notes()))
                                        .jsonOrNull())))
                .chain(() -> foundRows.add(tx, TaskAddress.planning(diff.id(), diff.plan()), plan.rows()))
                .chain(() -> completion.afterJob(
                        tx, diff.planned(Boolean.TRUE.equals(plan.keysOnly()), plan.sample() != null)));
    }

    private Uni<Void> addHold(SqlConnection tx, LockedDiff diff, String worker) {
        TaskAddress hold = TaskAddress.holding(diff.id(), diff.plan());
        return tx.preparedQuery(ResultsSql.ADD_HOLD)
                .execute(Tuple.of(hold.diff(), hold.plan(), hold.stage(), hold.task())
                        .addString(worker)
                        .addLong(settings.lease().toMillis()))
                .replaceWithVoid();
    }

    /** Accepts what a job made of a stage's residue, once. */
    public Uni<Void> stageMade(Report.StageMade report) {
        TaskAddress address = report.address();
        if (!address.makesTasks() || address.stage() == TaskAddress.PLANNING) {
            return refused("a stage is made by a job of its own");
        }
        return changes.onPlan(address, (tx, diff) -> TaskResults.record(
                        tx,
                        address,
                        report.attempt(),
                        report.worker(),
                        report.settled(),
                        report.effort(),
                        null,
                        Notes.NONE)
                .flatMap(first -> first
                        ? NewTasks.addStage(tx, diff, address.stage() + 1, report.tasks())
                                .chain(() -> completion.afterJob(tx, diff))
                        : Uni.createFrom().item(PendingMessages.NONE)));
    }

    /** Keeps a task's result, the first one that comes, and finishes the diff with the last. */
    public Uni<Void> taskDone(Report.TaskDone report) {
        TaskAddress address = report.address();
        if (address.makesTasks()) {
            return refused("a job ends with tasks, not with a tally");
        }
        // The insert comes before the lock, so that results of one diff wait for each other only to be counted; the
        // count comes after it.
        return changes.within(tx -> TaskResults.of(report)
                .flatMap(result -> Uni.combine()
                        .all()
                        .unis(
                                TaskResults.insert(tx, result),
                                DiffLock.of(tx, address.diff()),
                                Progress.undone(tx, address.diff(), address.plan()))
                        .asTuple())
                .flatMap(known -> known.getItem1()
                        ? counted(tx, known.getItem2(), report, known.getItem3())
                        : Uni.createFrom().item(PendingMessages.NONE))
                .map(pending -> pending.firstTo(report.partition())));
    }

    private Uni<PendingMessages> counted(SqlConnection tx, LockedDiff diff, Report.TaskDone report, Undone left) {
        TaskAddress address = report.address();
        return diff.isLive() && diff.plan() == address.plan()
                ? foundRows
                        .add(tx, address, report.rows())
                        .chain(() -> Rechecks.mark(tx, address, report.rechecked()))
                        .chain(() -> completion.afterTask(tx, diff, left))
                : Uni.createFrom().item(PendingMessages.NONE);
    }

    private static Uni<Void> refused(String why) {
        return Uni.createFrom().failure(new IllegalArgumentException(why));
    }
}
