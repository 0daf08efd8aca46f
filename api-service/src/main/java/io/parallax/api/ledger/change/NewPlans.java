package io.parallax.api.ledger.change;

import io.parallax.api.ledger.LockedDiff;
import io.parallax.api.ledger.issue.Issuer;
import io.parallax.api.ledger.issue.PendingMessages;
import io.parallax.api.ledger.workspace.Workspaces;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

/** Has a diff go on with a new plan, as the one in force is done or lost, within a transaction that holds its row. */
@ApplicationScoped
public class NewPlans {
    private final Issuer issuer;

    NewPlans(Issuer issuer) {
        this.issuer = issuer;
    }

    /**
     * What the new plan is told of the one before; JSON, or null.
     *
     * @param keys the tally of the keys, where that plan has counted them
     * @param keysReads how it has read them
     * @param notes what it has noted
     */
    public record Handed(@Nullable String keys, @Nullable String keysReads, @Nullable String notes) {
        public static final Handed NOTHING = new Handed(null, null, null);
    }

    /** Gives the plan in force up for the next one, whose job is issued where there is room. */
    public Uni<PendingMessages> begin(SqlConnection tx, LockedDiff diff, Handed handed) {
        return tx.preparedQuery(ChangeSql.REPLAN)
                .execute(Tuple.of(diff.id(), handed.keys(), handed.keysReads(), handed.notes()))
                .chain(() -> Workspaces.tidyPlan(tx, diff))
                .chain(() -> issuer.next(tx, diff.replanned()))
                .map(PendingMessages.stopped(diff)::and);
    }
}
