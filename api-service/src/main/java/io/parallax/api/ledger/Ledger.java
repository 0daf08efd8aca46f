package io.parallax.api.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.parallax.api.events.EventType;
import io.parallax.api.events.Events;
import io.parallax.api.messaging.Underway;
import io.parallax.api.problems.OutageLog;
import io.parallax.api.requests.OffTheLoop;
import io.parallax.contract.Codec;
import io.parallax.contract.ErrorType;
import io.parallax.contract.Failure;
import io.parallax.contract.message.Control;
import io.parallax.contract.message.Plan;
import io.parallax.contract.message.Report;
import io.parallax.contract.message.TaskAddress;
import io.parallax.outcome.Notes;
import io.parallax.outcome.PartialCoverage;
import io.parallax.outcome.PlanSummary;
import io.parallax.outcome.next.EarlyStopLimits;
import io.parallax.outcome.next.Verdict;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The record of which tasks of a diff are pending, issued, done. Every change is one transaction; what it asks for goes
 * out after the commit.
 */
@ApplicationScoped
public class Ledger {
    private static final Logger LOG = Logger.getLogger(Ledger.class);

    /** The number of a new diff's plan. */
    public static final int FIRST_PLAN = 1;

    /** As long as a worker takes the silence of a source for granted that somebody else has met, and a second. */
    private static final Duration SHARED_SILENCE = Duration.ofSeconds(6);

    private static final long TENTHS = 10;

    /** It may come to one who cannot again, and nobody is to be busy with that. */
    private static final long HAND_BACK_PAUSES = 2;

    private static final long BYTES_OF_A_COLUMN = 1000;

    private final Pool store;
    private final Issuer issuer;
    private final Dispatcher dispatcher;
    private final FoundRows foundRows;
    private final Underway underway;
    private final SettledPlans settledPlans;
    private final LedgerSettings settings;
    private final Counter handedBack;

    Ledger(
            Pool store,
            Issuer issuer,
            Dispatcher dispatcher,
            FoundRows foundRows,
            Underway underway,
            SettledPlans settledPlans,
            LedgerSettings settings,
            MeterRegistry meters) {
        this.store = store;
        this.issuer = issuer;
        this.dispatcher = dispatcher;
        this.foundRows = foundRows;
        this.underway = underway;
        this.settledPlans = settledPlans;
        this.settings = settings;
        this.handedBack = Counter.builder("parallax.tasks.handed.back")
                .description("Tasks and plans that a worker gave back, as it cannot do what is asked of it")
                .register(meters);
    }

    /** So that the counter is there before the first one. */
    void beginWithZero(@Observes StartupEvent event) {}

    /** Issues what there is room for, of this diff. */
    public Uni<Void> issue(long diff) {
        return onLive(diff, (tx, row) -> next(tx, row));
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
            case FINISHED_FOR_OTHERS -> changing(tx -> neighbours(tx, address.diff())
                    .flatMap(others -> issuer.issue(tx, others))
                    .map(PendingMessages::issue));
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
        return tx.preparedQuery(LedgerSql.ADD_PLAN)
                .execute(Tuple.of(diff.id(), diff.plan(), texts.common()))
                .chain(() -> addTasks(tx, diff, TaskAddress.PLANNING + 1, plan.tasks()))
                .chain(() -> Boolean.TRUE.equals(plan.holds())
                        ? addHold(tx, diff, worker)
                        : Uni.createFrom().voidItem())
                .chain(() -> tx.preparedQuery(LedgerSql.PLANNED)
                        .execute(Tuple.of(diff.id(), plan.tasks().size(), texts.comparison(), plan.algorithm())
                                .addBoolean(Boolean.TRUE.equals(plan.keysOnly()))
                                .addString(Tallies.jsonOrNull(plan.sample()))
                                .addString(
                                        diff.notes().or(Notes.of(plan.notes())).jsonOrNull())))
                .chain(() -> foundRows.add(tx, TaskAddress.planning(diff.id(), diff.plan()), plan.rows()))
                .chain(() ->
                        finishOrGoOn(tx, diff.planned(Boolean.TRUE.equals(plan.keysOnly()), plan.sample() != null)));
    }

    private Uni<Void> addHold(SqlConnection tx, LockedDiff diff, String worker) {
        return tx.preparedQuery(LedgerSql.ADD_HOLD)
                .execute(tuple(TaskAddress.holding(diff.id(), diff.plan()))
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
        return onPlan(address, (tx, diff) -> TaskResults.record(
                        tx,
                        address,
                        report.attempt(),
                        report.worker(),
                        report.settled(),
                        report.effort(),
                        null,
                        Notes.NONE)
                .flatMap(first -> first
                        ? addStage(tx, diff, address.stage() + 1, report.tasks())
                        : Uni.createFrom().item(PendingMessages.NONE)));
    }

    private Uni<PendingMessages> addStage(SqlConnection tx, LockedDiff diff, int stage, List<JsonNode> bodies) {
        return addTasks(tx, diff, stage, bodies)
                .chain(() -> tx.preparedQuery(LedgerSql.MORE_TASKS).execute(Tuple.of(diff.id(), bodies.size())))
                .chain(() -> finishOrGoOn(tx, diff));
    }

    private static Uni<Void> addTasks(SqlConnection tx, LockedDiff diff, int stage, List<JsonNode> bodies) {
        return texts(bodies)
                .flatMap(texts ->
                        tx.preparedQuery(LedgerSql.ADD_TASKS).execute(Tuple.of(diff.id(), diff.plan(), stage, texts)))
                .replaceWithVoid();
    }

    private static Uni<String[]> texts(List<JsonNode> bodies) {
        return bodies.isEmpty()
                ? Uni.createFrom().item(new String[0])
                : OffTheLoop.run(() -> bodies.stream().map(Object::toString).toArray(String[]::new));
    }

    /** Keeps a task's result, the first one that comes, and finishes the diff with the last. */
    public Uni<Void> taskDone(Report.TaskDone report) {
        TaskAddress address = report.address();
        if (address.makesTasks()) {
            return refused("a job ends with tasks, not with a tally");
        }
        // The insert comes before the lock, so that results of one diff wait for each other only to be counted; the
        // count comes after it.
        return changing(tx -> TaskResults.result(
                        address,
                        report.attempt(),
                        report.worker(),
                        report.tally(),
                        report.effort(),
                        report.residue(),
                        report.timeline(),
                        report.batch(),
                        Notes.of(report.notes()))
                .flatMap(result -> Uni.combine()
                        .all()
                        .unis(
                                TaskResults.insert(tx, result),
                                lock(tx, address.diff()),
                                TaskResults.undone(tx, address.diff(), address.plan()))
                        .asTuple())
                .flatMap(known -> known.getItem1()
                        ? counted(tx, known.getItem2(), report, known.getItem3())
                        : Uni.createFrom().item(PendingMessages.NONE))
                .map(pending -> pending.firstTo(report.partition())));
    }

    private Uni<PendingMessages> counted(
            SqlConnection tx, LockedDiff diff, Report.TaskDone report, TaskResults.Undone left) {
        TaskAddress address = report.address();
        return diff.isLive() && diff.plan() == address.plan()
                ? foundRows
                        .add(tx, address, report.rows())
                        .chain(() -> Rechecks.mark(tx, address, report.rechecked()))
                        .chain(() -> stopOrGoOn(tx, diff, left))
                : Uni.createFrom().item(PendingMessages.NONE);
    }

    /** Tries a failed task again, starts over with a new plan, or fails the diff. */
    public Uni<Void> taskFailed(Report.TaskFailed report) {
        TaskAddress address = report.address();
        return onPlan(address, (tx, diff) -> tx.preparedQuery(LedgerSql.ATTEMPT)
                .execute(tuple(address))
                .flatMap(rows -> counts(rows, report)
                        ? judge(tx, diff, report, rows.iterator().next())
                        : Uni.createFrom().item(PendingMessages.NONE)));
    }

    private static boolean counts(RowSet<Row> rows, Report.TaskFailed report) {
        for (Row row : rows) {
            if (row.getBoolean("holds")) {
                return report.worker().equals(row.getString("worker"));
            }
            return losesPlan(report) && row.getBoolean("held") && !row.getBoolean("handed_over")
                    || row.getInteger("attempt") == report.attempt()
                            && !row.getBoolean("done")
                            && !isOthers(row, report);
        }
        return false;
    }

    /** What a worker hands back, or what comes twice, is no attempt: it may be in another one's hands by now. */
    private static boolean isOthers(Row task, Report.TaskFailed report) {
        String worker = task.getString("worker");
        return Boolean.TRUE.equals(report.handedBack()) && worker != null && !worker.equals(report.worker());
    }

    /** Then it says something about the plan as a whole, whichever attempt it comes from. */
    private static boolean losesPlan(Report.TaskFailed report) {
        return report.address().holds() || Boolean.TRUE.equals(report.replan());
    }

    private Uni<PendingMessages> judge(SqlConnection tx, LockedDiff diff, Report.TaskFailed report, Row task) {
        if (Boolean.TRUE.equals(report.handedBack())) {
            return takeBack(tx, diff, report);
        }
        if (Boolean.TRUE.equals(report.gaveWay())) {
            return giveWay(tx, diff, report.failure());
        }
        if (losesPlan(report)) {
            // It may have looked for what somebody else keeps by now, under another name.
            return task.getBoolean("outdated")
                    ? tryAgain(tx, diff, report.address(), Duration.ZERO)
                    : losePlan(tx, diff, report.failure());
        }
        Verdict verdict =
                Verdict.on(report.failure(), report.attempt(), most(report, task.getBoolean("quick")), pause(report));
        return verdict instanceof Verdict.TryAgain again
                ? tryAgain(tx, diff, report.address(), again.pause())
                : fail(tx, diff, ((Verdict.GiveUp) verdict).failure());
    }

    private Uni<PendingMessages> tryAgain(SqlConnection tx, LockedDiff diff, TaskAddress address, Duration pause) {
        return tx.preparedQuery(LedgerSql.NEXT_ATTEMPT)
                .execute(tuple(address).addLong(pause.toMillis()))
                .chain(() -> next(tx, diff));
    }

    /** Another worker gets it, soon; whoever looks at the diff sees why it waits. */
    private Uni<PendingMessages> takeBack(SqlConnection tx, LockedDiff diff, Report.TaskFailed report) {
        handedBack.increment();
        String why = "A worker (" + report.worker() + ") has handed work of this diff back: "
                + report.failure().message();
        return tx.preparedQuery(LedgerSql.HAND_BACK)
                .execute(tuple(report.address())
                        .addLong(HAND_BACK_PAUSES * settings.pause().toMillis())
                        .addString(why))
                .chain(() -> next(tx, diff));
    }

    /** A diff that has come further than its first plan has more to lose; to be refused at once costs little. */
    private int most(Report.TaskFailed report, boolean quick) {
        if (quick && report.failure().type() == ErrorType.SOURCE_UNREACHABLE && !isSilent(report)) {
            return settings.refusedAttempts();
        }
        return isNew(report) ? settings.planningAttempts() : settings.attempts();
    }

    /** Whoever hears that a source is silent has not waited for it: what is worth a wait of its own is tried after one. */
    private Duration pause(Report.TaskFailed report) {
        if (!isSilent(report)) {
            return settings.pause();
        }
        return Collections.max(List.of(
                settings.pause(),
                isNew(report) ? Collections.min(List.of(SHARED_SILENCE, settings.silence())) : settings.silence()));
    }

    private static boolean isNew(Report.TaskFailed report) {
        return report.address().plans() && report.address().plan() == FIRST_PLAN;
    }

    private static boolean isSilent(Report.TaskFailed report) {
        return Boolean.TRUE.equals(report.silent());
    }

    /** Starts over with a new plan, as this one has lost what it depends on, or fails the diff. */
    Uni<PendingMessages> losePlan(SqlConnection tx, LockedDiff diff, Failure failure) {
        return tx.preparedQuery(LedgerSql.GAVE_WAY)
                .execute(Tuple.of(diff.id()))
                .map(rows -> diff.plan() - rows.iterator().next().getInteger("gave_way"))
                .flatMap(lost -> Verdict.onLostPlan(failure, lost, settings.plans()) instanceof Verdict.GiveUp over
                        ? fail(tx, diff, over.failure())
                        : startOver(tx, diff, failure));
    }

    /** The same where somebody waited for what it held: counted apart, as nothing was wrong with it. */
    private Uni<PendingMessages> giveWay(SqlConnection tx, LockedDiff diff, Failure failure) {
        return tx.preparedQuery(LedgerSql.GIVE_WAY)
                .execute(Tuple.of(diff.id(), settings.giveWays()))
                .flatMap(rows -> rows.rowCount() == 0 ? fail(tx, diff, failure) : startOver(tx, diff, failure));
    }

    private Uni<PendingMessages> startOver(SqlConnection tx, LockedDiff diff, Failure failure) {
        LOG.infof("Diff %d lost its plan %d: %s", diff.id(), diff.plan(), failure.message());
        return tx.preparedQuery(LedgerSql.REPLAN)
                .execute(Tuple.of(diff.id(), null, null, null))
                .chain(() -> Workspaces.tidyPlan(tx, diff))
                .chain(() -> next(tx, diff.replanned()))
                .map(stopped(diff)::and);
    }

    /** Cancels a live diff; does nothing to one that is over. */
    public Uni<Void> cancel(long diff) {
        return onLive(diff, (tx, live) -> tx.preparedQuery(LedgerSql.CANCEL)
                .execute(Tuple.of(diff))
                .chain(() -> Events.note(tx, diff, EventType.CANCELLED))
                .chain(() -> over(tx, live)));
    }

    /** Fails a live diff; does nothing to one that is over. */
    public Uni<Void> fail(long diff, Failure failure) {
        return onLive(diff, (tx, live) -> fail(tx, live, failure));
    }

    Uni<PendingMessages> fail(SqlConnection tx, LockedDiff diff, Failure failure) {
        LOG.infof("Diff %d failed: %s", diff.id(), failure.type().publicName());
        return tx.preparedQuery(LedgerSql.FAIL)
                .execute(Tuple.of(diff.id(), failure.type().publicName(), failure.message()))
                .chain(() -> Events.note(tx, diff.id(), EventType.FAILED))
                .chain(() -> over(tx, diff));
    }

    private Uni<PendingMessages> over(SqlConnection tx, LockedDiff diff) {
        return foundRows
                .forget(tx, diff.id())
                .chain(() -> Workspaces.tidy(tx, diff))
                .chain(() -> neighbours(tx, diff))
                .flatMap(others -> issuer.issue(tx, others))
                .map(PendingMessages::issue)
                .map(stopped(diff)::and);
    }

    private static PendingMessages stopped(LockedDiff diff) {
        return PendingMessages.stop(diff.id(), new Control.StopDiff(diff.id(), diff.plan()));
    }

    /** Ends a diff that has found as much as its client wants to know. */
    private Uni<PendingMessages> stopOrGoOn(SqlConnection tx, LockedDiff diff, TaskResults.Undone left) {
        if (diff.stops() == null) {
            return finishOrGoOn(tx, diff, left);
        }
        EarlyStopLimits limits = Tallies.read(diff.stops(), EarlyStopLimits.class);
        return Uni.combine()
                .all()
                .unis(
                        Tallies.sum(tx, diff, LedgerSql.TALLIES_SO_FAR),
                        tx.preparedQuery(LedgerSql.PROGRESS)
                                .execute(Tuple.of(diff.id(), diff.plan()))
                                .map(rows -> rows.iterator().next()))
                .usingConcurrencyOf(1)
                .asTuple()
                .flatMap(known -> {
                    Row progress = known.getItem2();
                    String reason = limits.reached(known.getItem1().tally(), progress.getLong("fetched"));
                    long done = progress.getLong("done");
                    long tasks = progress.getLong("tasks");
                    return reason == null || done == tasks
                            ? finishOrGoOn(tx, diff, left)
                            : finish(tx, diff, new PartialCoverage(reason, done, tasks))
                                    .map(stopped(diff)::and);
                });
    }

    private Uni<PendingMessages> finishOrGoOn(SqlConnection tx, LockedDiff diff) {
        return TaskResults.undone(tx, diff.id(), diff.plan()).flatMap(left -> finishOrGoOn(tx, diff, left));
    }

    private Uni<PendingMessages> finishOrGoOn(SqlConnection tx, LockedDiff diff, TaskResults.Undone left) {
        return left.tasks() == 0
                ? finishOrGoDeeper(tx, diff, left.unsettledStage())
                : progress(tx, diff, left.tasks()).chain(() -> next(tx, diff));
    }

    private static Uni<Void> progress(SqlConnection tx, LockedDiff diff, long left) {
        Integer tasks = diff.tasks();
        int tenths = tasks == null || tasks == 0 ? 0 : (int) (TENTHS * (tasks - left) / tasks);
        return tenths > 0 && tenths < TENTHS
                ? Events.progress(tx, diff.id(), tenths)
                : Uni.createFrom().voidItem();
    }

    private Uni<PendingMessages> finishOrGoDeeper(SqlConnection tx, LockedDiff diff, @Nullable Integer unsettled) {
        if (unsettled != null) {
            return Residues.sum(tx, diff, unsettled).flatMap(sum -> addStage(tx, diff, unsettled + 1, List.of(sum)));
        }
        if (diff.keysOnly()) {
            return goOnWithValues(tx, diff);
        }
        if (diff.awaitsPublication()) {
            return Workspaces.publish(tx, diff).chain(() -> next(tx, diff));
        }
        return diff.awaitsRecheck() ? recheckOrFinish(tx, diff) : finish(tx, diff);
    }

    /** The keys are counted; the next plan counts values, and is told. Rows found so far are its own from now on. */
    private Uni<PendingMessages> goOnWithValues(SqlConnection tx, LockedDiff diff) {
        return Tallies.sum(tx, diff, LedgerSql.TALLIES)
                .chain(keys -> foundRows
                        .handOver(tx, diff)
                        .chain(() -> tx.preparedQuery(LedgerSql.KEEP_KEY).execute(Tuple.of(diff.id())))
                        .chain(() -> tx.preparedQuery(LedgerSql.REPLAN)
                                .execute(Tuple.of(
                                        diff.id(),
                                        Codec.text(keys.tally()),
                                        Tallies.jsonOrNull(keys.reads()),
                                        diff.notes().or(keys.notes()).jsonOrNull()))))
                .chain(() -> Workspaces.tidyPlan(tx, diff))
                .chain(() -> next(tx, diff.replanned()))
                .map(stopped(diff)::and);
    }

    private Uni<PendingMessages> recheckOrFinish(SqlConnection tx, LockedDiff diff) {
        return foundRows
                .choose(tx, diff)
                .chain(() -> Rechecks.begin(tx, diff))
                .flatMap(tasks -> tasks == 0
                        ? finish(tx, diff)
                        : Rechecks.letGo(tx, diff)
                                .flatMap(letGo -> next(tx, diff).map(letGo::and)));
    }

    private Uni<PendingMessages> finish(SqlConnection tx, LockedDiff diff) {
        return finish(tx, diff, null);
    }

    /** {@code coverage}: how far it has come; null when all is compared. */
    private Uni<PendingMessages> finish(SqlConnection tx, LockedDiff diff, @Nullable PartialCoverage coverage) {
        return Timelines.sum(tx, diff).flatMap(timeline -> {
            String refusal = timeline.refusal();
            return refusal == null
                    ? Tallies.sum(tx, diff, LedgerSql.TALLIES)
                            // What was counted of the keys before is in the sum already.
                            .map(sum -> sum.readAs(diff.keysReads()))
                            .flatMap(sum -> finish(tx, diff, coverage, sum, timeline.json()))
                    : fail(tx, diff, new Failure(ErrorType.UNSUPPORTED, refusal));
        });
    }

    private Uni<PendingMessages> finish(
            SqlConnection tx,
            LockedDiff diff,
            @Nullable PartialCoverage coverage,
            Tallies.Sum sum,
            @Nullable String timeline) {
        return foundRows
                .settle(tx, diff, sum.tally())
                // Of a sample's other keys nobody knows whether they differ.
                .map(kept -> kept && !diff.sampled())
                .flatMap(complete -> Rechecks.outcome(tx, diff, sum.tally(), complete)
                        .flatMap(recheck -> tx.preparedQuery(LedgerSql.FINISH)
                                .execute(Tuple.of(
                                                diff.id(),
                                                Codec.text(sum.tally()),
                                                Tallies.jsonOrNull(sum.reads()),
                                                complete && coverage == null,
                                                Tallies.jsonOrNull(recheck),
                                                timeline)
                                        .addString(Tallies.jsonOrNull(coverage))
                                        .addString(diff.notes().or(sum.notes()).jsonOrNull()))))
                .map(rows -> rows.iterator().next().getBoolean("held") ? stopped(diff) : PendingMessages.NONE)
                .call(() -> Workspaces.tidy(tx, diff))
                .call(() -> Events.note(tx, diff.id(), EventType.FINISHED))
                .flatMap(letGo -> neighbours(tx, diff)
                        .flatMap(others -> issuer.issue(tx, others))
                        .map(PendingMessages::issue)
                        .map(letGo::and));
    }

    private Uni<PendingMessages> next(SqlConnection tx, LockedDiff diff) {
        return neighbours(tx, diff)
                .map(others -> {
                    List<Long> all = new ArrayList<>(others);
                    all.add(diff.id());
                    return all;
                })
                .flatMap(all -> issuer.issue(tx, all))
                .map(PendingMessages::issue);
    }

    /** Who else may start when this diff lets go of a limited source. */
    private static Uni<List<Long>> neighbours(SqlConnection tx, LockedDiff diff) {
        if (!diff.limited()) {
            return Uni.createFrom().item(List.of());
        }
        return neighbours(tx, diff.id());
    }

    private static Uni<List<Long>> neighbours(SqlConnection tx, long diff) {
        return tx.preparedQuery(LedgerSql.LOCK_NEIGHBOURS)
                .execute(Tuple.of(diff))
                .map(Ledger::ids);
    }

    static List<Long> ids(RowSet<Row> rows) {
        List<Long> ids = new ArrayList<>();
        rows.forEach(row -> ids.add(row.getLong("id")));
        return ids;
    }

    private static Uni<Void> refused(String why) {
        return Uni.createFrom().failure(new IllegalArgumentException(why));
    }

    private static Tuple tuple(TaskAddress address) {
        return Tuple.of(address.diff(), address.plan(), address.stage(), address.task());
    }

    /** A decision about a live diff on this plan, and nothing about any other. */
    Uni<Void> onPlan(TaskAddress address, Step step) {
        return onLive(
                address.diff(),
                (tx, diff) -> diff.plan() == address.plan()
                        ? step.on(tx, diff)
                        : Uni.createFrom().item(PendingMessages.NONE));
    }

    /** Who comes too late with a plan has written tables for nobody. */
    private Uni<Void> onPlanOrLate(TaskAddress address, Step step) {
        return changing(tx -> lock(tx, address.diff()).flatMap(diff -> {
            if (diff.isLive() && diff.plan() == address.plan()) {
                return step.on(tx, diff);
            }
            return (diff.isLive() ? Workspaces.tidyPlan(tx, diff, address.plan()) : Workspaces.tidy(tx, diff))
                    .replaceWith(PendingMessages.NONE);
        }));
    }

    private Uni<Void> onLive(long id, Step step) {
        return changing(tx -> lock(tx, id)
                .flatMap(diff ->
                        diff.isLive() ? step.on(tx, diff) : Uni.createFrom().item(PendingMessages.NONE)));
    }

    private static Uni<LockedDiff> lock(SqlConnection tx, long id) {
        return tx.preparedQuery(LedgerSql.LOCK_DIFF).execute(Tuple.of(id)).map(rows -> {
            for (Row row : rows) {
                return new LockedDiff(
                        id,
                        row.getInteger("plan"),
                        row.getBoolean("live"),
                        row.getBoolean("limited"),
                        row.getInteger("recheck_after"),
                        row.getBoolean("rechecking"),
                        row.getBoolean("keys_only"),
                        row.getBoolean("sampled"),
                        row.getString("stops"),
                        row.getInteger("tasks"),
                        row.getBoolean("writes"),
                        row.getBoolean("publishes"),
                        row.getBoolean("publishing"),
                        row.getString("keys_reads"),
                        Tallies.notes(row.getString("notes")));
            }
            return LockedDiff.missing(id);
        });
    }

    /** One transaction; its orders go out after the commit, and nobody waits for them. */
    Uni<Void> changing(Function<SqlConnection, Uni<PendingMessages>> change) {
        return underway.counted(Transactions.within(store, change)
                .invoke(pending -> send(pending).subscribe().with(sent -> {}))
                .replaceWithVoid());
    }

    /** Carries out what is committed; completes, without a failure, when Kafka has it or never will. */
    Uni<Void> send(PendingMessages pending) {
        return underway.counted(dispatcher.carryOut(pending))
                .onItem()
                .transformToMulti(hopeless -> Multi.createFrom().iterable(hopeless))
                .onItem()
                .transformToUniAndConcatenate(diff -> fail(
                        diff,
                        new Failure(ErrorType.INTERNAL, "A task of this diff is too large to be sent to a worker.")))
                .collect()
                .asList()
                .replaceWithVoid()
                .onFailure()
                .invoke(failure -> OutageLog.warn(LOG, "Orders wait for the sweep", failure))
                .onFailure()
                .recoverWithNull();
    }

    /** One decision about a diff whose row is locked. */
    interface Step {
        Uni<PendingMessages> on(SqlConnection tx, LockedDiff diff);
    }
}
