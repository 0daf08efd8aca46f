package io.parallax.api.datasources;

import io.parallax.api.messaging.Underway;
import io.parallax.api.messaging.WorkerMessages;
import io.parallax.contract.message.Job;
import io.parallax.contract.message.SealedSource;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * Jobs for sources that wait in a table of the store until their source has room for them. Those that are due are claimed, each by one
 * replica, and sent; one that Kafka does not take is put back.
 */
@ApplicationScoped
public class JobQueue {
    private static final Logger LOG = Logger.getLogger(JobQueue.class);

    private static final String CLAIM =
            """
            with %1$s
            update %2$s q set %3$s
            from data_source s
            where s.id = q.source and q.id in (
                select id from %2$s where %4$s order by %5$s limit %6$d for update skip locked)
              and (s.max_allowed_connections is null or q.id in (select id from roomy))
            returning q.*, s.sealed as source_sealed, s.max_allowed_connections as allowed, s.temp_schema""";

    private final Pool store;
    private final WorkerMessages messages;
    private final Underway underway;

    JobQueue(Pool store, WorkerMessages messages, Underway underway) {
        this.store = store;
        this.messages = messages;
        this.underway = underway;
    }

    /**
     * A table of jobs, with columns id, source and sent_at.
     *
     * @param name what one of them is, for people
     * @param due the condition for one that is to be sent
     * @param order which go first
     * @param claim how one is marked that is being sent
     * @param most how many go at once
     */
    public record Kind(String name, String table, String due, String order, String claim, int most) {
        /** Of jobs that are sent once, unless they are handed back. */
        static Kind sentOnce(String name, String table, String open) {
            return new Kind(name, table, open + " and sent_at is null", "id", "sent_at = now()", 100);
        }

        private String sql() {
            return CLAIM.formatted(Room.forTheFirstOf(table, due), table, claim, due, order, most);
        }
    }

    /**
     * Sends what is due.
     *
     * @param job of a row, which has all columns of the table, and of its source source_sealed, allowed and temp_schema
     */
    public Uni<Void> sendDue(Kind kind, Function<Row, Job> job) {
        return underway.counted(store.query(kind.sql())
                .execute()
                .onItem()
                .transformToMulti((RowSet<Row> rows) -> Multi.createFrom().iterable(rows))
                .onItem()
                .transformToUniAndMerge(row -> send(kind, row, job))
                .collect()
                .asList()
                .replaceWithVoid());
    }

    private Uni<Void> send(Kind kind, Row row, Function<Row, Job> job) {
        long id = row.getLong("id");
        return messages.job(job.apply(row)).onFailure().recoverWithUni(failure -> {
            LOG.warnf("%s %d waits for Kafka: %s", kind.name(), id, failure.getMessage());
            return putBack(kind, id, "true");
        });
    }

    /** One is to be sent again, where {@code open} holds: nobody does it. */
    Uni<Void> putBack(Kind kind, long id, String open) {
        return store.preparedQuery("update " + kind.table() + " set sent_at = null where id = $1 and " + open)
                .execute(Tuple.of(id))
                .replaceWithVoid();
    }

    /** Its source, as workers are told of it. */
    static SealedSource source(Row row) {
        return new SealedSource(row.getLong("source"), row.getString("source_sealed"), row.getInteger("allowed"));
    }
}
