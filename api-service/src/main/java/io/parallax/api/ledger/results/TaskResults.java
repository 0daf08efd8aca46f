package io.parallax.api.ledger.results;

import io.parallax.api.requests.OffTheLoop;
import io.parallax.api.store.StoredJson;
import io.parallax.contract.Codec;
import io.parallax.contract.message.Report;
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

    /** That of a task, as {@link ResultsSql#RECORD_RESULT} wants it. */
    static Uni<Tuple> of(Report.TaskDone report) {
        return result(
                report.address(),
                report.attempt(),
                report.worker(),
                report.tally(),
                report.effort(),
                report.residue(),
                report.timeline(),
                report.batch(),
                Notes.of(report.notes()));
    }

    private static Uni<Tuple> result(
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
                .addString(StoredJson.of(effort.reads()))
                .addString(StoredJson.of(residue))
                .addString(StoredJson.of(timeline))
                .addString(batch)
                .addString(notes.jsonOrNull()));
    }

    /** Whether it is the first one of its task. */
    static Uni<Boolean> insert(SqlConnection tx, Tuple result) {
        return tx.preparedQuery(ResultsSql.RECORD_RESULT).execute(result).map(rows -> rows.rowCount() == 1);
    }
}
