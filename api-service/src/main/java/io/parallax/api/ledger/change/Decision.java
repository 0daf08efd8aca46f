package io.parallax.api.ledger.change;

import io.parallax.api.ledger.LockedDiff;
import io.parallax.api.ledger.issue.PendingMessages;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;

/** One decision about a diff whose row is locked. */
@FunctionalInterface
public interface Decision {
    Uni<PendingMessages> on(SqlConnection tx, LockedDiff diff);
}
