package io.parallax.api.events;

import io.parallax.api.datasources.SourceVault;
import io.parallax.api.problems.ProblemException;
import io.parallax.api.requests.Timestamps;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The webhooks in the store. */
@ApplicationScoped
public class Webhooks {
    private final Pool store;
    private final SourceVault vault;

    Webhooks(Pool store, SourceVault vault) {
        this.store = store;
        this.vault = vault;
    }

    /** Stores a new one; its secret is sealed. */
    Uni<Webhook> add(String url, String secret, @Nullable List<String> events, boolean everyDiff) {
        return store.query("select nextval(pg_get_serial_sequence('webhook', 'id'))")
                .execute()
                .map(rows -> rows.iterator().next().getLong(0))
                .chain(id -> store.preparedQuery(
                                """
                                insert into webhook (id, url, sealed, events, every_diff, created_at)
                                values ($1, $2, $3, $4, $5, $6)
                                returning id, url, events, every_diff, created_at""")
                        .execute(Tuple.of(
                                        id,
                                        url,
                                        vault.sealText(context(id), secret),
                                        events == null ? null : events.toArray(String[]::new),
                                        everyDiff)
                                .addOffsetDateTime(Timestamps.now())))
                .map(rows -> webhook(rows.iterator().next()));
    }

    /** What the seal of a webhook's secret is bound to. */
    public static String context(long id) {
        return "webhook:" + id;
    }

    Uni<List<Webhook>> all() {
        return store.query(
                        "select id, url, events, every_diff, created_at from webhook where deleted_at is null order by id")
                .execute()
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(Webhooks::webhook)
                        .toList());
    }

    /**
     * Forgets one; deliveries under way are given up.
     *
     * @throws ProblemException (404) when there is none
     */
    Uni<Void> delete(long id) {
        return store.withTransaction(tx -> tx.preparedQuery(
                        "update webhook set deleted_at = now(), sealed = '' where id = $1 and deleted_at is null")
                .execute(Tuple.of(id))
                .invoke(rows -> {
                    if (rows.rowCount() == 0) {
                        throw ProblemException.notFound("webhook", id);
                    }
                })
                .chain(() -> tx.preparedQuery(
                                """
                                update delivery set gave_up_at = now(), outcome = 'The webhook was deleted.'
                                where webhook = $1 and delivered_at is null and gave_up_at is null""")
                        .execute(Tuple.of(id)))
                .replaceWithVoid());
    }

    /** Those of these ids that there are. */
    public Uni<Set<Long>> present(Collection<Long> ids) {
        return ids.isEmpty()
                ? Uni.createFrom().item(Set.of())
                : store.preparedQuery("select id from webhook where id = any($1) and deleted_at is null")
                        .execute(Tuple.of(ids.toArray(Long[]::new)))
                        .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                                .map(row -> row.getLong(0))
                                .collect(Collectors.toSet()));
    }

    private static Webhook webhook(Row row) {
        String[] events = row.getArrayOfStrings("events");
        return new Webhook(
                row.getLong("id"),
                row.getString("url"),
                events == null ? null : List.of(events),
                row.getBoolean("every_diff"),
                row.getOffsetDateTime("created_at"));
    }
}
