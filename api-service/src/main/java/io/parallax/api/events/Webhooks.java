package io.parallax.api.events;

import io.parallax.api.datasources.SourceVault;
import io.parallax.api.problems.ProblemException;
import io.parallax.outcome.answer.Timestamps;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The webhooks in the store. */
@ApplicationScoped
public class Webhooks {
    private static final String COLUMNS = "id, url, events, every_diff, only_if, format, previous_until, created_at";

    /** What {@link #receiver} reads, of a webhook w. */
    static final String RECEIVER =
            "w.id as webhook, w.url, w.format, w.sealed, case when w.previous_until > now() then w.previous_sealed end as previous_sealed";

    /** What was found for a webhook that was deleted meanwhile. */
    private static final String GIVE_UP =
            """
            update delivery d set gave_up_at = now(), outcome = 'The webhook was deleted.' from webhook w
            where w.id = d.webhook and w.deleted_at is not null and d.delivered_at is null and d.gave_up_at is null""";

    /** $1 seconds: what a receiver has not taken for so long, however seldom it could be asked. */
    private static final String GIVE_UP_OLD =
            """
            update delivery set gave_up_at = now(), outcome = coalesce(outcome, 'It is too old.') where id in (
                select d.id from delivery d join event e on e.id = d.event
                where d.delivered_at is null and d.gave_up_at is null and e.at < now() - $1 * interval '1 second'
                limit 50000)""";

    private final Pool store;
    private final SourceVault vault;
    private final EventSettings settings;

    Webhooks(Pool store, SourceVault vault, EventSettings settings) {
        this.store = store;
        this.vault = vault;
        this.settings = settings;
    }

    /** Stores a new one; its secret is sealed. */
    Uni<Webhook> add(String url, WebhookSecret secret, Webhook.Subscription what) {
        List<String> events = what.events();
        return store.query("select nextval(pg_get_serial_sequence('webhook', 'id'))")
                .execute()
                .map(rows -> rows.iterator().next().getLong(0))
                .chain(id -> store.preparedQuery(
                                "insert into webhook (id, url, sealed, events, every_diff, only_if, format, created_at)"
                                        + " values ($1, $2, $3, $4, $5, $6, $7, $8) returning " + COLUMNS)
                        .execute(Tuple.of(
                                        id,
                                        url,
                                        sealed(id, secret),
                                        events == null ? null : events.toArray(String[]::new),
                                        what.everyDiff())
                                .addString(what.onlyIf().word())
                                .addString(what.format().word())
                                .addOffsetDateTime(Timestamps.now())))
                .map(rows -> webhook(rows.iterator().next()));
    }

    /**
     * Changes a secret; deliveries are signed with the one before, too, for so long.
     *
     * @throws ProblemException (404) when there is no such webhook
     */
    Uni<Webhook> change(long id, WebhookSecret secret, Duration overlap) {
        return store.preparedQuery(
                        """
                        update webhook set sealed = $2, previous_sealed = case when $3 > 0 then sealed end,
                               previous_until = case when $3 > 0 then now() + $3 * interval '1 second' end
                        where id = $1 and deleted_at is null returning\s"""
                                + COLUMNS)
                .execute(Tuple.of(id, sealed(id, secret), (double) overlap.toSeconds()))
                .map(rows -> webhook(only(rows, id)));
    }

    /**
     * Where its deliveries go to.
     *
     * @throws ProblemException (404) when there is none
     */
    Uni<Receiver> receiver(long id) {
        return store.preparedQuery("select " + RECEIVER + " from webhook w where w.id = $1 and w.deleted_at is null")
                .execute(Tuple.of(id))
                .map(rows -> receiver(only(rows, id)));
    }

    /** @throws ProblemException (404) when there is none */
    Uni<Void> require(long id) {
        return present(Set.of(id))
                .invoke(found -> {
                    if (found.isEmpty()) {
                        throw ProblemException.notFound("webhook", id);
                    }
                })
                .replaceWithVoid();
    }

    /** The same, of the columns {@link #RECEIVER}. */
    Receiver receiver(Row row) {
        long id = row.getLong("webhook");
        return new Receiver(
                id,
                URI.create(row.getString("url")),
                WebhookFormat.of(row.getString("format")),
                Stream.of("sealed", "previous_sealed")
                        .map(row::getString)
                        .filter(Objects::nonNull)
                        .map(secret -> opened(id, secret))
                        .toList());
    }

    private WebhookSecret opened(long id, String sealed) {
        try {
            return new WebhookSecret(vault.openText(context(id), sealed));
        } catch (IllegalStateException e) {
            throw new WebhookClient.Refusal("The webhook's secret was sealed with another key; give it a new one.");
        }
    }

    private String sealed(long id, WebhookSecret secret) {
        return vault.sealText(context(id), secret.text());
    }

    /** What the seal of a webhook's secret is bound to. */
    public static String context(long id) {
        return "webhook:" + id;
    }

    Uni<List<Webhook>> all() {
        return store.query("select " + COLUMNS + " from webhook where deleted_at is null order by id")
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
                        """
                        update webhook set deleted_at = now(), sealed = '', previous_sealed = null, previous_until = null
                        where id = $1 and deleted_at is null returning id""")
                .execute(Tuple.of(id))
                .invoke(rows -> only(rows, id))
                .chain(() -> tx.preparedQuery(GIVE_UP + " and w.id = $1").execute(Tuple.of(id)))
                .replaceWithVoid());
    }

    /** Forgets secrets that are not signed with any more, and gives up what nobody will take. */
    public Uni<Void> forget() {
        return store.query(
                        "update webhook set previous_sealed = null, previous_until = null where previous_until < now()")
                .execute()
                .chain(() -> store.query(GIVE_UP).execute())
                .chain(() -> store.preparedQuery(GIVE_UP_OLD)
                        .execute(Tuple.of((double) settings.retention().toSeconds())))
                .replaceWithVoid();
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

    private static Row only(RowSet<Row> rows, long id) {
        if (!rows.iterator().hasNext()) {
            throw ProblemException.notFound("webhook", id);
        }
        return rows.iterator().next();
    }

    private static Webhook webhook(Row row) {
        String[] events = row.getArrayOfStrings("events");
        return new Webhook(
                row.getLong("id"),
                row.getString("url"),
                new Webhook.Subscription(
                        events == null ? null : List.of(events),
                        row.getBoolean("every_diff"),
                        OnlyIf.of(row.getString("only_if")),
                        WebhookFormat.of(row.getString("format"))),
                row.getOffsetDateTime("previous_until"),
                row.getOffsetDateTime("created_at"));
    }
}
