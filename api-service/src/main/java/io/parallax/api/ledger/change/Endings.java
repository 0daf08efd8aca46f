package io.parallax.api.ledger.change;

import io.parallax.api.events.EventType;
import io.parallax.api.events.Events;
import io.parallax.api.ledger.LockedDiff;
import io.parallax.api.ledger.issue.Issuer;
import io.parallax.api.ledger.issue.PendingMessages;
import io.parallax.api.ledger.rows.FoundRows;
import io.parallax.api.ledger.workspace.Workspaces;
import io.parallax.contract.Failure;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/** Ends a diff without a result, within a transaction that holds its row. */
@ApplicationScoped
public class Endings {
    private static final Logger LOG = Logger.getLogger(Endings.class);

    private final FoundRows foundRows;
    private final Issuer issuer;

    Endings(FoundRows foundRows, Issuer issuer) {
        this.foundRows = foundRows;
        this.issuer = issuer;
    }

    Uni<PendingMessages> cancel(SqlConnection tx, LockedDiff diff) {
        return tx.preparedQuery(ChangeSql.CANCEL)
                .execute(Tuple.of(diff.id()))
                .chain(() -> Events.note(tx, diff.id(), EventType.CANCELLED))
                .chain(() -> over(tx, diff));
    }

    public Uni<PendingMessages> fail(SqlConnection tx, LockedDiff diff, Failure failure) {
        LOG.infof("Diff %d failed: %s", diff.id(), failure.type().publicName());
        return tx.preparedQuery(ChangeSql.FAIL)
                .execute(Tuple.of(diff.id(), failure.type().publicName(), failure.message()))
                .chain(() -> Events.note(tx, diff.id(), EventType.FAILED))
                .chain(() -> over(tx, diff));
    }

    private Uni<PendingMessages> over(SqlConnection tx, LockedDiff diff) {
        return foundRows
                .forget(tx, diff.id())
                .chain(() -> Workspaces.tidy(tx, diff))
                .chain(() -> issuer.others(tx, diff))
                .map(PendingMessages.stopped(diff)::and);
    }
}
