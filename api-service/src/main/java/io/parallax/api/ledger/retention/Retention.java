package io.parallax.api.ledger.retention;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Deletes diffs that have been over for long, with all that hangs on them; one that has left tables to be dropped in a database once
 * they are. Those that were made for its caller stay. A few at a time, so that nobody waits.
 */
@ApplicationScoped
public class Retention {
    private static final Logger LOG = Logger.getLogger(Retention.class);
    private static final int AT_ONCE = 100;

    /** $1 seconds, $2 how many. */
    private static final String DELETE =
            """
            with old as (
                select id from diff d
                where finished_at < now() - $1 * interval '1 second'
                  and not exists (select from tidying where diff = d.id)
                order by finished_at limit $2 for update skip locked
            ), tasks as (
                delete from ledger_task where diff in (select id from old)
            ), events as (
                delete from event where diff in (select id from old)
            )
            delete from diff where id in (select id from old)""";

    private final Pool store;
    private final RetentionSettings settings;

    Retention(Pool store, RetentionSettings settings) {
        this.store = store;
        this.settings = settings;
    }

    /** All that is due. */
    public Uni<Void> once() {
        return settings.diffs().isZero()
                ? Uni.createFrom().voidItem()
                : repeat(this::delete)
                        .invoke(count -> {
                            if (count > 0) {
                                LOG.infof("%d diffs that ended over %s ago are deleted.", count, settings.diffs());
                            }
                        })
                        .replaceWithVoid();
    }

    private Uni<Integer> repeat(Function<SqlConnection, Uni<Integer>> step) {
        return Multi.createBy()
                .repeating()
                .uni(() -> store.withTransaction(step))
                .whilst(count -> count == AT_ONCE)
                .collect()
                .with(Collectors.summingInt(Integer::intValue));
    }

    private Uni<Integer> delete(SqlConnection tx) {
        return tx.preparedQuery(DELETE).execute(due()).map(rows -> rows.rowCount());
    }

    private Tuple due() {
        return Tuple.of((double) settings.diffs().toSeconds(), AT_ONCE);
    }
}
