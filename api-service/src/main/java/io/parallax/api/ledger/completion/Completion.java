package io.parallax.api.ledger.completion;

import io.parallax.api.events.EventType;
import io.parallax.api.events.Events;
import io.parallax.api.ledger.LockedDiff;
import io.parallax.api.ledger.change.Endings;
import io.parallax.api.ledger.change.NewPlans;
import io.parallax.api.ledger.issue.Issuer;
import io.parallax.api.ledger.issue.PendingMessages;
import io.parallax.api.ledger.recheck.Rechecks;
import io.parallax.api.ledger.rows.FoundRows;
import io.parallax.api.ledger.workspace.Workspaces;
import io.parallax.api.store.StoredJson;
import io.parallax.contract.Codec;
import io.parallax.contract.ErrorType;
import io.parallax.contract.Failure;
import io.parallax.outcome.PartialCoverage;
import io.parallax.outcome.next.NextStep;
import io.parallax.outcome.next.Undone;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Carries out what comes next for a diff, within a transaction that holds its row; {@link NextStep} says what that is. */
@ApplicationScoped
public class Completion {
    private final FoundRows foundRows;
    private final NewPlans newPlans;
    private final Endings endings;
    private final Issuer issuer;

    Completion(FoundRows foundRows, NewPlans newPlans, Endings endings, Issuer issuer) {
        this.foundRows = foundRows;
        this.newPlans = newPlans;
        this.endings = endings;
        this.issuer = issuer;
    }

    /** After a job has made tasks. */
    public Uni<PendingMessages> afterJob(SqlConnection tx, LockedDiff diff) {
        return Progress.undone(tx, diff.id(), diff.plan())
                .flatMap(left -> carryOut(tx, diff, NextStep.of(diff.course(), left, null)));
    }

    /** After a task has counted something, with so much left. */
    public Uni<PendingMessages> afterTask(SqlConnection tx, LockedDiff diff, Undone left) {
        return Progress.counted(tx, diff).flatMap(soFar -> carryOut(tx, diff, NextStep.of(diff.course(), left, soFar)));
    }

    private Uni<PendingMessages> carryOut(SqlConnection tx, LockedDiff diff, NextStep next) {
        if (next instanceof NextStep.GoOn some) {
            return note(tx, diff, some.tenths()).chain(() -> issuer.next(tx, diff));
        }
        if (next instanceof NextStep.LookDeeper deeper) {
            return Residues.sum(tx, diff, deeper.stage())
                    .flatMap(sum -> NewTasks.addStage(tx, diff, deeper.stage() + 1, List.of(sum)))
                    .chain(() -> afterJob(tx, diff));
        }
        if (next instanceof NextStep.CountValues) {
            return goOnWithValues(tx, diff);
        }
        if (next instanceof NextStep.Publish) {
            return Workspaces.publish(tx, diff).chain(() -> issuer.next(tx, diff));
        }
        if (next instanceof NextStep.ReadAgain) {
            return recheckOrFinish(tx, diff);
        }
        return next instanceof NextStep.StopEarly stop
                ? finish(tx, diff, stop.coverage()).map(PendingMessages.stopped(diff)::and)
                : finish(tx, diff, null);
    }

    private static Uni<Void> note(SqlConnection tx, LockedDiff diff, int tenths) {
        return tenths > 0
                ? Events.progress(tx, diff.id(), tenths)
                : Uni.createFrom().voidItem();
    }

    /** The keys are counted; the next plan counts values, and is told. Rows found so far are its own from now on. */
    private Uni<PendingMessages> goOnWithValues(SqlConnection tx, LockedDiff diff) {
        return Tallies.sum(tx, diff, CompletionSql.TALLIES).chain(keys -> foundRows
                .handOver(tx, diff)
                .chain(() -> tx.preparedQuery(CompletionSql.KEEP_KEY).execute(Tuple.of(diff.id())))
                .chain(() -> newPlans.begin(
                        tx,
                        diff,
                        new NewPlans.Handed(
                                Codec.text(keys.tally()),
                                StoredJson.of(keys.reads()),
                                diff.known().notes().or(keys.notes()).jsonOrNull()))));
    }

    private Uni<PendingMessages> recheckOrFinish(SqlConnection tx, LockedDiff diff) {
        return foundRows
                .choose(tx, diff)
                .chain(() -> Rechecks.begin(tx, diff))
                .flatMap(tasks -> tasks == 0
                        ? finish(tx, diff, null)
                        : Rechecks.letGo(tx, diff)
                                .flatMap(letGo -> issuer.next(tx, diff).map(letGo::and)));
    }

    /** {@code coverage}: how far it has come; null when all is compared. */
    private Uni<PendingMessages> finish(SqlConnection tx, LockedDiff diff, @Nullable PartialCoverage coverage) {
        return Timelines.sum(tx, diff).flatMap(timeline -> {
            String refusal = timeline.refusal();
            return refusal == null
                    ? Tallies.sum(tx, diff, CompletionSql.TALLIES)
                            // What was counted of the keys before is in the sum already.
                            .map(sum -> sum.readAs(diff.known().keysReads()))
                            .flatMap(sum -> finish(tx, diff, coverage, sum, timeline.json()))
                    : endings.fail(tx, diff, new Failure(ErrorType.UNSUPPORTED, refusal));
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
                .map(kept -> kept && !diff.course().phase().sampled())
                .flatMap(complete -> Rechecks.outcome(tx, diff, sum.tally(), complete)
                        .flatMap(recheck -> tx.preparedQuery(CompletionSql.FINISH)
                                .execute(Tuple.of(
                                                diff.id(),
                                                Codec.text(sum.tally()),
                                                StoredJson.of(sum.reads()),
                                                complete && coverage == null,
                                                StoredJson.of(recheck),
                                                timeline)
                                        .addString(StoredJson.of(coverage))
                                        .addString(diff.known()
                                                .notes()
                                                .or(sum.notes())
                                                .jsonOrNull()))))
                .map(rows -> rows.iterator().next().getBoolean("held")
                        ? PendingMessages.stopped(diff)
                        : PendingMessages.NONE)
                .call(() -> Workspaces.tidy(tx, diff))
                .call(() -> Events.note(tx, diff.id(), EventType.FINISHED))
                .flatMap(letGo -> issuer.others(tx, diff).map(letGo::and));
    }
}
