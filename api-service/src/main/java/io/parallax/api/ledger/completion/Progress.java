package io.parallax.api.ledger.completion;

import io.parallax.api.ledger.LockedDiff;
import io.parallax.outcome.next.CountedSoFar;
import io.parallax.outcome.next.Undone;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import org.jspecify.annotations.Nullable;

/** How far the plan of a diff has come, as the store counts it. */
public final class Progress {
    private Progress() {}

    public static Uni<Undone> undone(SqlConnection tx, long diff, int plan) {
        return tx.preparedQuery(CompletionSql.UNDONE)
                .execute(Tuple.of(diff, plan))
                .map(rows -> rows.iterator().next())
                .map(row -> new Undone(row.getLong("n"), row.getInteger("unsettled_stage")));
    }

    /** What is counted; null where no limit of the request has to be looked at. */
    static Uni<@Nullable CountedSoFar> counted(SqlConnection tx, LockedDiff diff) {
        if (diff.course().asked().limits() == null) {
            return Uni.createFrom().nullItem();
        }
        return Tallies.sum(tx, diff, CompletionSql.TALLIES_SO_FAR)
                .flatMap(sum -> tx.preparedQuery(CompletionSql.PROGRESS)
                        .execute(Tuple.of(diff.id(), diff.plan()))
                        .map(rows -> rows.iterator().next())
                        .map(row -> new CountedSoFar(
                                sum.tally(), row.getLong("fetched"), row.getLong("done"), row.getLong("tasks"))));
    }
}
