package io.parallax.api.ledger;

import io.parallax.api.requests.OffTheLoop;
import io.parallax.contract.Codec;
import io.parallax.contract.message.TaskAddress;
import io.parallax.contract.tally.Effort;
import io.parallax.contract.tally.Residue;
import io.parallax.contract.tally.Tally;
import io.parallax.contract.tally.Timeline;
import io.parallax.outcome.Notes;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import org.jspecify.annotations.Nullable;

/** The results of tasks, one each, and how many of them are missing. */
final class TaskResults {
    private static final long BYTES_OF_A_BUCKET = 50;

    private TaskResults() {}

    /** Keeps a result; whether it is the first one of its task. */
    static Uni<Boolean> record(
            SqlConnection tx,
            TaskAddress address,
            int attempt,
            String worker,
            Tally tally,
            Effort effort,
            @Nullable Timeline timeline,
            Notes notes) {
        return result(address, attempt, worker, tally, effort, null, timeline, null, notes)
                .flatMap(result -> insert(tx, result));
    }

    /** As {@link LedgerSql#RECORD_RESULT} wants it. */
    static Uni<Tuple> result(
            TaskAddress address,
            int attempt,
            String worker,
            Tally tally,
            Effort effort,
            @Nullable Residue residue,
            @Nullable Timeline timeline,
            @Nullable String batch,
            Notes notes) {
        long size = (residue == null ? 0 : residue.buckets())
                + (timeline == null ? 0 : timeline.buckets().size());
        return OffTheLoop.run(BYTES_OF_A_BUCKET * size, () -> Tuple.of(
                        address.diff(), address.plan(), address.stage(), address.task())
                .addInteger(attempt)
                .addString(worker)
                .addString(Codec.text(tally))
                .addLong(effort.buckets())
                .addLong(effort.dirtyBuckets())
                .addLong(effort.rowsFetched())
                .addLong(effort.milliseconds())
                .addString(Tallies.jsonOrNull(effort.reads()))
                .addString(Tallies.jsonOrNull(residue))
                .addString(Tallies.jsonOrNull(timeline))
                .addString(batch)
                .addString(notes.jsonOrNull()));
    }

    /** Whether it is the first one of its task. */
    static Uni<Boolean> insert(SqlConnection tx, Tuple result) {
        return tx.preparedQuery(LedgerSql.RECORD_RESULT).execute(result).map(rows -> rows.rowCount() == 1);
    }

    /**
     * What is left of a plan.
     *
     * @param unsettledStage when no task is, the one whose residue nobody has looked into; null for none
     */
    record Undone(long tasks, @Nullable Integer unsettledStage) {}

    static Uni<Undone> undone(SqlConnection tx, long diff, int plan) {
        return tx.preparedQuery(LedgerSql.UNDONE)
                .execute(Tuple.of(diff, plan))
                .map(rows -> rows.iterator().next())
                .map(row -> new Undone(row.getLong("n"), row.getInteger("unsettled_stage")));
    }
}
