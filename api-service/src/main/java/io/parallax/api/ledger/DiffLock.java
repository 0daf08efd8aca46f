package io.parallax.api.ledger;

import io.parallax.api.store.LiveDiffs;
import io.parallax.api.store.StoredJson;
import io.parallax.outcome.next.Course;
import io.parallax.outcome.next.EarlyStopLimits;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;

/** Locks the row of a diff: who changes it, or decides on it, holds that until the end of the transaction. */
public final class DiffLock {
    /** $1 diff. */
    private static final String LOCK =
            """
            select d.id, d.plan, d.%s as live, d.recheck_after, d.rechecking, d.keys_only, d.sample is not null as sampled, d.keys_reads, d.notes, d.stops,
                   d.tasks, d.writes, d.destination_id is not null as publishes, d.publishing,
                   exists (select from data_source s
                           where s.id in (d.data_source1_id, d.data_source2_id, d.destination_id)
                             and s.max_allowed_connections is not null) as limited
            from diff d where d.id = $1 for no key update of d"""
                    .formatted(LiveDiffs.LIVE);

    private DiffLock() {}

    public static Uni<LockedDiff> of(SqlConnection tx, long id) {
        return tx.preparedQuery(LOCK).execute(Tuple.of(id)).map(rows -> {
            for (Row row : rows) {
                return locked(id, row);
            }
            return LockedDiff.missing(id);
        });
    }

    private static LockedDiff locked(long id, Row row) {
        return new LockedDiff(
                id,
                row.getInteger("plan"),
                row.getBoolean("live"),
                new LockedDiff.Sources(row.getBoolean("limited"), row.getBoolean("writes")),
                course(row),
                new LockedDiff.Known(row.getString("keys_reads"), StoredJson.notes(row.getString("notes"))));
    }

    private static Course course(Row row) {
        return new Course(
                new Course.Asked(
                        row.getInteger("recheck_after"),
                        row.getBoolean("publishes"),
                        StoredJson.readOrNull(row.getString("stops"), EarlyStopLimits.class)),
                new Course.Phase(
                        row.getInteger("tasks"),
                        row.getBoolean("keys_only"),
                        row.getBoolean("sampled"),
                        row.getBoolean("publishing"),
                        row.getBoolean("rechecking")));
    }
}
