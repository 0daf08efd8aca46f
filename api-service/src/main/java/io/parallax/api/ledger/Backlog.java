package io.parallax.api.ledger;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * New diffs beyond those that workers can soon take up. They wait in the store and not in Kafka, and go there in the order
 * of their ids as workers take up others: thousands that wait cost next to nothing, and are cancelled without a trace.
 */
@ApplicationScoped
class Backlog {
    /** How long a look at the store is good for, less what has been issued since. */
    private static final Duration FRESH = Duration.ofMillis(100);

    private final LedgerSettings settings;
    private final Dispatcher dispatcher;
    private final AtomicLong room = new AtomicLong();
    private volatile long looked = System.nanoTime() - FRESH.toNanos();
    private volatile boolean mayBeThere = true;

    Backlog(LedgerSettings settings, Dispatcher dispatcher) {
        this.settings = settings;
        this.dispatcher = dispatcher;
    }

    /** For how many new diffs there is room; 0 or less for none. */
    Uni<Long> room(SqlConnection tx) {
        if (System.nanoTime() - looked < FRESH.toNanos()) {
            return Uni.createFrom().item(room.get());
        }
        return tx.preparedQuery(LedgerSql.ROOM)
                .execute(Tuple.of((long) settings.queue()))
                .map(rows -> rows.iterator().next().getLong("room") - dispatcher.planningOnTheWay())
                .invoke(left -> {
                    room.set(left);
                    looked = System.nanoTime();
                });
    }

    /** Takes note of what is going to be issued, and what is not. */
    void note(Ledger.Newcomers diffs) {
        room.addAndGet(-diffs.free().size());
        mayBeThere |= diffs.deferred() > 0;
    }

    /** False when a look a moment ago has found none, and there have been only those of other replicas since. */
    boolean mayBeThere() {
        return mayBeThere;
    }

    /** Lets in as many as there is room for; locks them, and gives their ids. */
    Uni<List<Long>> admit(SqlConnection tx) {
        return tx.preparedQuery(LedgerSql.ADMIT)
                .execute(Tuple.of((long) settings.queue(), (long) dispatcher.planningOnTheWay()))
                .map(Ledger::ids);
    }

    /** Looks whether there are any. */
    Uni<Void> look(SqlConnection tx) {
        return tx.query(LedgerSql.ANY_DEFERRED)
                .execute()
                .invoke(rows -> mayBeThere = rows.iterator().next().getBoolean("deferred"))
                .replaceWithVoid();
    }
}
