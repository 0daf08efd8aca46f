package io.parallax.api.ledger.leases;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.parallax.api.ledger.LedgerSettings;
import io.parallax.api.ledger.LockedDiff;
import io.parallax.api.ledger.backlog.Backlog;
import io.parallax.api.ledger.change.Changes;
import io.parallax.api.ledger.change.Endings;
import io.parallax.api.ledger.failures.Failures;
import io.parallax.api.ledger.issue.Issuer;
import io.parallax.api.ledger.issue.PendingMessages;
import io.parallax.contract.ErrorType;
import io.parallax.contract.Failure;
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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/** Finds what was left undone: leases that ran out, messages that got lost, tasks that were never sent. */
@ApplicationScoped
public class Sweep {
    private static final int AT_ONCE = 200;
    private static final int PARTS = 10;

    /** Work that is handed back comes to another worker within seconds. */
    private static final Duration MEMORY = Duration.ofMinutes(1);

    private final Pool store;
    private final Changes changes;
    private final Endings endings;
    private final Failures failures;
    private final Issuer issuer;
    private final Backlog backlog;
    private final QuietPeriod quiet;
    private final LedgerSettings settings;
    private final Counter reissued;
    private final AtomicLong lastSeen = new AtomicLong();
    private volatile long lookedAtAll = System.nanoTime();

    Sweep(
            Pool store,
            Changes changes,
            Endings endings,
            Failures failures,
            Issuer issuer,
            Backlog backlog,
            QuietPeriod quiet,
            LedgerSettings settings,
            MeterRegistry meters) {
        this.store = store;
        this.changes = changes;
        this.endings = endings;
        this.failures = failures;
        this.issuer = issuer;
        this.backlog = backlog;
        this.quiet = quiet;
        this.settings = settings;
        this.reissued = Counter.builder("parallax.tasks.reissued")
                .description("Tasks and plans that were given to another worker, as theirs had fallen silent")
                .register(meters);
    }

    /** So that the counter is there before the first one. */
    void beginWithZero(@Observes StartupEvent event) {}

    /** A look at what may have changed, and at the rest when it is due. */
    public Uni<Void> next() {
        boolean all =
                System.nanoTime() - lookedAtAll > shortest().dividedBy(PARTS).toNanos();
        return all ? once() : part();
    }

    /** One look at everything. */
    public Uni<Void> once() {
        lookedAtAll = System.nanoTime();
        return release(SweepSql.RELEASE_UNCONFIRMED, settings.confirmation())
                .chain(this::failForsaken)
                .chain(() -> release(SweepSql.RELEASE_UNCLAIMED, settings.patience()))
                .chain(() -> release(SweepSql.FORGET_HANDED_BACK, MEMORY))
                .onFailure()
                .invoke(quiet::disturbed)
                .chain(this::part);
    }

    /** Of what somebody has patience with for so long, nothing need be known sooner than after a part of that. */
    private Duration shortest() {
        return Collections.min(List.of(settings.confirmation(), settings.longestWait(), settings.patience()));
    }

    private Uni<Void> part() {
        return reissueExpired()
                .chain(backlog::sweep)
                .chain(this::issueSome)
                .onFailure()
                .invoke(quiet::disturbed);
    }

    private Uni<Void> release(String sql, Duration after) {
        return store.preparedQuery(sql).execute(Tuple.of(after.toMillis())).replaceWithVoid();
    }

    private Uni<Void> reissueExpired() {
        if (!quiet.hasLasted(settings.calm())) {
            return Uni.createFrom().voidItem();
        }
        return forEach(
                tx -> tx.preparedQuery(SweepSql.LOCK_EXPIRED).execute(Tuple.of(AT_ONCE)),
                (tx, row) -> reissue(tx, live(row)));
    }

    private Uni<PendingMessages> reissue(SqlConnection tx, LockedDiff diff) {
        return tx.preparedQuery(SweepSql.EXPIRED)
                .execute(Tuple.of(diff.id(), diff.plan(), settings.attempts()))
                .map(rows -> rows.iterator().next())
                .flatMap(expired -> expired.getBoolean("exhausted")
                        ? endings.fail(
                                tx,
                                diff,
                                lost("The workers on a task of this diff fell silent, " + settings.attempts()
                                        + " times."))
                        : expired.getBoolean("unheld") ? replan(tx, diff) : reissueTasks(tx, diff));
    }

    private Uni<PendingMessages> replan(SqlConnection tx, LockedDiff diff) {
        return failures.losePlan(
                tx, diff, lost("The worker that kept a snapshot for this diff fell silent, again and again."));
    }

    private Uni<PendingMessages> reissueTasks(SqlConnection tx, LockedDiff diff) {
        return tx.preparedQuery(SweepSql.REISSUE_EXPIRED)
                .execute(Tuple.of(diff.id(), diff.plan()))
                .invoke(lost -> reissued.increment(lost.rowCount()))
                .chain(() -> issuer.issue(tx, List.of(diff.id())))
                .map(PendingMessages::issue);
    }

    /** Where nobody has come for those in front, nobody will come soon for those behind them. */
    private Uni<Void> failForsaken() {
        return failLongDeferred().chain(() -> failAll(SweepSql.LOCK_FORSAKEN)).replaceWithVoid();
    }

    private Uni<Void> failLongDeferred() {
        return failAll(SweepSql.LOCK_LONG_DEFERRED)
                .chain(found -> found < AT_ONCE ? Uni.createFrom().voidItem() : failLongDeferred());
    }

    /** How many there were. */
    private Uni<Integer> failAll(String sql) {
        AtomicInteger found = new AtomicInteger();
        return forEach(
                        tx -> tx.preparedQuery(sql)
                                .execute(Tuple.of(settings.longestWait().toMillis(), AT_ONCE))
                                .invoke(rows -> found.set(rows.size())),
                        (tx, row) -> endings.fail(tx, live(row), lost(forsaken(row))))
                .map(done -> found.get());
    }

    private String forsaken(Row row) {
        String handedBack = row.getColumnIndex("handed_back") < 0 ? null : row.getString("handed_back");
        return "No worker took up a task of this diff within "
                + settings.longestWait().toMinutes() + " minutes. "
                + (handedBack == null ? "Is one running?" : handedBack);
    }

    private static LockedDiff live(Row row) {
        return LockedDiff.of(row.getLong("id"), row.getInteger("plan"));
    }

    private static Failure lost(String sentence) {
        return new Failure(ErrorType.WORKER_LOST, sentence);
    }

    private Uni<Void> issueSome() {
        return changes.within(tx -> tx.preparedQuery(SweepSql.LOCK_NEXT_ACTIVE)
                .execute(Tuple.of(lastSeen.get(), AT_ONCE))
                .map(Sweep::ids)
                .invoke(this::turnPage)
                .flatMap(diffs -> issuer.issue(tx, diffs))
                .map(PendingMessages::issue));
    }

    private static List<Long> ids(RowSet<Row> rows) {
        List<Long> ids = new ArrayList<>();
        rows.forEach(row -> ids.add(row.getLong("id")));
        return ids;
    }

    private void turnPage(List<Long> diffs) {
        lastSeen.set(diffs.size() < AT_ONCE ? 0 : diffs.get(diffs.size() - 1));
    }

    private Uni<Void> forEach(Function<SqlConnection, Uni<RowSet<Row>>> lock, Step step) {
        return changes.within(tx -> lock.apply(tx)
                .onItem()
                .transformToMulti(rows -> Multi.createFrom().iterable(rows))
                .onItem()
                .transformToUniAndConcatenate(row -> step.on(tx, row))
                .collect()
                .asList()
                .map(all -> all.stream().reduce(PendingMessages.NONE, PendingMessages::and)));
    }

    private interface Step {
        Uni<PendingMessages> on(SqlConnection tx, Row diff);
    }
}
