package io.parallax.api.ledger.workspace;

import io.parallax.api.datasources.JobQueue;
import io.parallax.contract.Failure;
import io.parallax.contract.message.Job;
import io.parallax.contract.message.Report;
import io.parallax.contract.message.SealedSource;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/**
 * Has the tables dropped that diffs have left in databases: as soon as they are over, again and again until it succeeds, and
 * once more after the longest time that a worker may have been away with a statement running.
 */
@ApplicationScoped
public class TempTableCleanup {
    private static final Logger LOG = Logger.getLogger(TempTableCleanup.class);

    /** About a week. */
    private static final int MOST_TRIES = 700;

    private static final String LATER = "now() + least(power(2, least(tries, 10)) * 5, 900) * interval '1 second'";

    private static final JobQueue.Kind JOBS = new JobQueue.Kind(
            "Tidying",
            "tidying",
            "due_at <= now()",
            "due_at",
            "tries = tries + 1, sent_at = now(), due_at = " + LATER,
            50);

    /** $1 tidying: done for now; once more after the longest statement. */
    private static final String DROPPED =
            """
            with gone as (delete from tidying where id = $1 and last)
            update tidying set last = true, sent_at = null, tries = 0, due_at = now() + interval '65 minutes' where id = $1 and not last""";

    /** $1 most tries: those that nobody could drop. */
    private static final String HOPELESS =
            "delete from tidying where due_at <= now() and tries >= $1 returning source, schema_name, prefix";

    private final Pool store;
    private final JobQueue queue;

    TempTableCleanup(Pool store, JobQueue queue) {
        this.store = store;
        this.queue = queue;
    }

    /** Sends what is due. */
    public Uni<Void> sendDue() {
        return store.preparedQuery(HOPELESS)
                .execute(Tuple.of(MOST_TRIES))
                .invoke(rows -> rows.forEach(row -> LOG.errorf(
                        "Tables %s* in schema %s of data source %d cannot be dropped; drop them by hand.",
                        row.getString("prefix"), row.getString("schema_name"), row.getLong("source"))))
                .chain(() -> queue.sendDue(JOBS, TempTableCleanup::job));
    }

    /** As it was sealed when the diff was over: the source may be another one by now. */
    private static Job job(Row row) {
        return new Job.DropTables(
                row.getLong("id"),
                new SealedSource(row.getLong("source"), row.getString("sealed"), row.getInteger("allowed")),
                row.getString("schema_name"),
                row.getString("prefix"));
    }

    /** Has the tables dropped, too, that were to stay of a diff. */
    public Uni<Void> purged(long diff) {
        return store.preparedQuery(Workspaces.TIDY)
                .execute(Tuple.of(diff, null))
                .replaceWithVoid();
    }

    /** Takes note of what a worker could drop, or could not. */
    public Uni<Void> dropped(Report.TablesDropped report) {
        Failure failure = report.failure();
        if (failure != null) {
            LOG.infof("Tidying %d will be tried again: %s", report.job(), failure.message());
            return store.preparedQuery("update tidying set sent_at = null where id = $1")
                    .execute(Tuple.of(report.job()))
                    .replaceWithVoid();
        }
        return store.preparedQuery(DROPPED).execute(Tuple.of(report.job())).replaceWithVoid();
    }
}
