package io.parallax.api.ledger.workspace;

import io.parallax.api.datasources.Room;
import io.parallax.api.messaging.WorkerMessages;
import io.parallax.contract.Failure;
import io.parallax.contract.message.Job;
import io.parallax.contract.message.Report;
import io.parallax.contract.message.SealedSource;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
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

    private static final String DUE =
            """
            with %s
            update tidying t
            set tries = tries + 1, sent_at = now(), due_at = now() + least(power(2, least(tries, 10)) * 5, 900) * interval '1 second'
            from data_source s
            where s.id = t.source and t.id in (
                select id from tidying where due_at <= now() order by due_at limit 50 for update skip locked)
              and (s.max_allowed_connections is null or t.id in (select id from roomy))
            returning t.id, t.source, t.sealed, t.schema_name, t.prefix, t.tries, s.max_allowed_connections as allowed"""
                    .formatted(Room.forTheFirstOf("tidying", "due_at <= now()"));

    /** $1 tidying: done for now; once more after the longest statement. */
    private static final String DROPPED =
            """
            with gone as (delete from tidying where id = $1 and last)
            update tidying set last = true, sent_at = null, tries = 0, due_at = now() + interval '65 minutes' where id = $1 and not last""";

    private final Pool store;
    private final WorkerMessages messages;

    TempTableCleanup(Pool store, WorkerMessages messages) {
        this.store = store;
        this.messages = messages;
    }

    /** Sends what is due. */
    public Uni<Void> sendDue() {
        return store.query(DUE)
                .execute()
                .onItem()
                .transformToMulti((RowSet<Row> rows) -> Multi.createFrom().iterable(rows))
                .onItem()
                .transformToUniAndMerge(this::send)
                .collect()
                .asList()
                .replaceWithVoid();
    }

    private Uni<Void> send(Row row) {
        long id = row.getLong("id");
        if (row.getInteger("tries") > MOST_TRIES) {
            LOG.errorf(
                    "Tables %s* in schema %s of data source %d cannot be dropped; drop them by hand.",
                    row.getString("prefix"), row.getString("schema_name"), row.getLong("source"));
            return forget(id);
        }
        Job job = new Job.DropTables(
                id,
                new SealedSource(row.getLong("source"), row.getString("sealed"), row.getInteger("allowed")),
                row.getString("schema_name"),
                row.getString("prefix"));
        return messages.job(job)
                .onFailure()
                .invoke(failure -> LOG.warnf("Tidying %d waits for Kafka: %s", id, failure.getMessage()))
                .onFailure()
                .recoverWithNull();
    }

    private Uni<Void> forget(long id) {
        return store.preparedQuery("delete from tidying where id = $1")
                .execute(Tuple.of(id))
                .replaceWithVoid();
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
