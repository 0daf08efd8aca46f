package io.parallax.api.ledger.change;

import io.parallax.api.ledger.DiffLock;
import io.parallax.api.ledger.issue.Dispatcher;
import io.parallax.api.ledger.issue.PendingMessages;
import io.parallax.api.messaging.Underway;
import io.parallax.api.problems.OutageLog;
import io.parallax.api.store.Transactions;
import io.parallax.contract.ErrorType;
import io.parallax.contract.Failure;
import io.parallax.contract.message.TaskAddress;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Function;
import org.jboss.logging.Logger;

/** Changes of the ledger: each is one transaction; what it asks for goes out after the commit. */
@ApplicationScoped
public class Changes {
    private static final Logger LOG = Logger.getLogger(Changes.class);

    private final Pool store;
    private final Dispatcher dispatcher;
    private final Endings endings;
    private final Underway underway;

    Changes(Pool store, Dispatcher dispatcher, Endings endings, Underway underway) {
        this.store = store;
        this.dispatcher = dispatcher;
        this.endings = endings;
        this.underway = underway;
    }

    /** A decision about a live diff on this plan, and nothing about any other. */
    public Uni<Void> onPlan(TaskAddress address, Decision decision) {
        return onLive(
                address.diff(),
                (tx, diff) -> diff.plan() == address.plan()
                        ? decision.on(tx, diff)
                        : Uni.createFrom().item(PendingMessages.NONE));
    }

    /** A decision about a diff that is not over. */
    public Uni<Void> onLive(long id, Decision decision) {
        return within(tx -> DiffLock.of(tx, id)
                .flatMap(diff ->
                        diff.isLive() ? decision.on(tx, diff) : Uni.createFrom().item(PendingMessages.NONE)));
    }

    /** One transaction; its orders go out after the commit, and nobody waits for them. */
    public Uni<Void> within(Function<SqlConnection, Uni<PendingMessages>> change) {
        return underway.counted(Transactions.within(store, change)
                .invoke(pending -> send(pending).subscribe().with(sent -> {}))
                .replaceWithVoid());
    }

    /** Carries out what is committed; completes, without a failure, when Kafka has it or never will. */
    public Uni<Void> send(PendingMessages pending) {
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

    /** Fails a live diff; does nothing to one that is over. */
    public Uni<Void> fail(long diff, Failure failure) {
        return onLive(diff, (tx, live) -> endings.fail(tx, live, failure));
    }

    /** Cancels a live diff; does nothing to one that is over. */
    public Uni<Void> cancel(long diff) {
        return onLive(diff, endings::cancel);
    }
}
