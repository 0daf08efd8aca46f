package io.parallax.api.ledger.backlog;

import io.parallax.api.ledger.LedgerSettings;
import io.parallax.api.ledger.change.Changes;
import io.parallax.api.ledger.issue.Dispatcher;
import io.parallax.api.ledger.issue.Issuer;
import io.parallax.api.ledger.issue.PendingMessages;
import io.parallax.api.messaging.Underway;
import io.parallax.api.problems.OutageLog;
import io.parallax.api.requests.Batcher;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/**
 * New diffs beyond those that workers can soon take up. They wait in the store and not in Kafka, and go there as workers take up
 * others: thousands that wait cost next to nothing, and are cancelled without a trace. Those of the same sources and the same API key go in
 * the order of their ids, and those of others by turns: however many wait for a slow source, nobody stands behind all of them.
 */
@ApplicationScoped
public class Backlog {
    private static final Logger LOG = Logger.getLogger(Backlog.class);

    /** How long a look at the store is good for, less what has been issued since. */
    private static final Duration FRESH = Duration.ofMillis(100);

    /** The same where it has found room for half of all there may be: the sweep looks as often, and nobody waits for that. */
    private static final Duration FRESH_AND_ROOMY = Duration.ofSeconds(2);

    /** All of them are sent to Kafka at once. */
    private static final int MOST_AT_ONCE = 100;

    /** Whose diffs a look at them takes into account; the next look goes on from there. */
    private static final int MOST_FLOWS = 200;

    /** More than Kafka is given; a connection to the store lost without a word must not hold up others for ever. */
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private final Pool store;
    private final Changes changes;
    private final Issuer issuer;
    private final Dispatcher dispatcher;
    private final Underway underway;
    private final LedgerSettings settings;
    private final Batcher<Long> issuing = new Batcher<>(MOST_AT_ONCE, this::issueFree);
    private final Batcher<Integer> admitting = new Batcher<>(MOST_AT_ONCE, deferred -> admitSoon());
    private final AtomicInteger toBeIssued = new AtomicInteger();
    private final AtomicLong room = new AtomicLong();
    private volatile Flow lastSeen = Flow.NONE;
    private volatile long looked = System.nanoTime() - FRESH.toNanos();
    /** False when a look a moment ago has found none, and there have been only those of other replicas since. */
    private volatile boolean mayBeThere = true;

    Backlog(
            Pool store,
            Changes changes,
            Issuer issuer,
            Dispatcher dispatcher,
            Underway underway,
            LedgerSettings settings) {
        this.store = store;
        this.changes = changes;
        this.issuer = issuer;
        this.dispatcher = dispatcher;
        this.underway = underway;
        this.settings = settings;
    }

    /** Stores new diffs and has them begun, which nobody waits for; the sweep finds those that are left. */
    public Uni<Void> begin(Storing storing) {
        return room().flatMap(storing::store)
                .invoke(this::note)
                .invoke(this::issueLater)
                .replaceWithVoid();
    }

    /** Stores new diffs, with their planning jobs but for those that are deferred. */
    @FunctionalInterface
    public interface Storing {
        /** {@code room}: for so many that are not limited; others are to be deferred. */
        Uni<Newcomers> store(long room);
    }

    /**
     * Diffs that are stored and not begun.
     *
     * @param free to be issued at once
     * @param limited to be issued as far as their sources allow
     * @param deferred how many more are not to be issued yet
     */
    public record Newcomers(List<Long> free, List<Long> limited, int deferred) {}

    /** Diffs that compare the same sources for the same API key. */
    private record Flow(long a, long b, long key) {
        public static final Flow NONE = new Flow(0, 0, 0);
    }

    private void issueLater(Newcomers fresh) {
        if (fresh.deferred() > 0) {
            // There may be room for them, and not for those in front of them.
            admitting.add(List.of(fresh.deferred()));
        }
        if (!fresh.free().isEmpty()) {
            toBeIssued.addAndGet(fresh.free().size());
            issuing.add(fresh.free());
        }
        Multi.createFrom()
                .iterable(fresh.limited())
                .onItem()
                .transformToUniAndConcatenate(diff -> changes.onLive(diff, issuer::next))
                .collect()
                .asList()
                .subscribe()
                .with(done -> {}, failure -> OutageLog.warn(LOG, "New diffs wait for the sweep", failure));
    }

    /** Completes when Kafka has them, so that others come together meanwhile: one by one they would cost much. */
    private Uni<Void> issueFree(List<Long> diffs) {
        return underway.counted(Uni.createFrom()
                        .deferred(() -> issuer.issueNew(store, diffs))
                        .onTermination()
                        .invoke(() -> toBeIssued.addAndGet(-diffs.size()))
                        .map(PendingMessages::issue)
                        .flatMap(changes::send))
                .ifNoItem()
                .after(PATIENCE)
                .fail()
                .onFailure()
                .invoke(failure -> OutageLog.warn(LOG, "New diffs wait for the sweep", failure));
    }

    /** Whether there is no new diff left that this replica is to issue. */
    public boolean idle() {
        return toBeIssued.get() == 0;
    }

    /** Issues diffs that were deferred, as far as there is room now; those that are left are the sweep's. */
    public Uni<Void> admit() {
        if (!mayBeThere) {
            return Uni.createFrom().voidItem();
        }
        return changes.within(this::admit)
                .onFailure()
                .invoke(failure -> OutageLog.warn(LOG, "Deferred diffs wait for the sweep", failure))
                .onFailure()
                .recoverWithNull();
    }

    /** The same soon, for all that ask for it meanwhile: one that is over makes room where a key has a share. */
    public void admitLater() {
        if (mayBeThere) {
            admitting.add(List.of(1));
        }
    }

    /** The same, whether or not any seem to be there, and a look whether there are more. */
    public Uni<Void> sweep() {
        return changes.within(tx -> admit(tx)
                .call(orders -> look(tx, orders.assignments().size()).invoke(deferred -> mayBeThere = deferred)));
    }

    /** For how many new diffs there is room; 0 or less for none. */
    private Uni<Long> room() {
        long known = room.get();
        Duration fresh = known > settings.queue() / 2 ? FRESH_AND_ROOMY : FRESH;
        return System.nanoTime() - looked < fresh.toNanos()
                ? Uni.createFrom().item(known)
                : look(store, 0).invoke(deferred -> mayBeThere |= deferred).replaceWith(room::get);
    }

    /**
     * Whether any are deferred.
     *
     * @param admitted how many have just been let in, of which the store does not say yet that they are queued
     */
    private Uni<Boolean> look(SqlClient client, int admitted) {
        return client.preparedQuery(BacklogSql.ROOM)
                .execute(Tuple.of((long) settings.queue()))
                .map(rows -> rows.iterator().next())
                .invoke(found -> {
                    room.set(found.getLong("room") - onTheWay() - admitted);
                    looked = System.nanoTime();
                })
                .map(found -> found.getBoolean("deferred"));
    }

    /** New diffs of this replica that count as issued before the store says so. */
    private int onTheWay() {
        return toBeIssued.get() + dispatcher.planningOnTheWay();
    }

    /** Takes note of what is going to be issued, and what is not. */
    private void note(Newcomers diffs) {
        room.addAndGet(-diffs.free().size());
        mayBeThere |= diffs.deferred() > 0;
    }

    /** Ends some time, whatever happens, and not too soon, as thousands may come. */
    private Uni<Void> admitSoon() {
        return admit().ifNoItem()
                .after(PATIENCE)
                .recoverWithUni(Uni.createFrom().voidItem())
                .onItem()
                .delayIt()
                .by(FRESH);
    }

    private Uni<PendingMessages> admit(SqlConnection tx) {
        Flow last = lastSeen;
        return tx.preparedQuery(BacklogSql.ADMIT)
                .execute(Tuple.of(
                        (long) settings.queue(), (long) onTheWay(), last.a(), last.b(), last.key(), MOST_FLOWS))
                .map(this::admitted)
                .flatMap(diffs -> issuer.issue(tx, diffs))
                .map(PendingMessages::issue);
    }

    private List<Long> admitted(RowSet<Row> rows) {
        List<Long> diffs = new ArrayList<>();
        for (Row row : rows) {
            lastSeen = isLast(row) ? Flow.NONE : new Flow(row.getLong("a"), row.getLong("b"), row.getLong("u"));
            if (row.getLong("id") != null) {
                diffs.add(row.getLong("id"));
            }
        }
        return diffs;
    }

    private static boolean isLast(Row row) {
        Integer flows = row.getInteger("flows");
        return flows == null || flows < MOST_FLOWS;
    }
}
