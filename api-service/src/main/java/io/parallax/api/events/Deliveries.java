package io.parallax.api.events;

import io.parallax.api.links.PublicUrl;
import io.parallax.api.problems.OutageLog;
import io.parallax.api.requests.OffTheLoop;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Posts events to webhooks, each until it is taken or has been tried often enough. Nobody waits for another receiver's answer, and a
 * receiver hears the events of a diff one after the other.
 */
@ApplicationScoped
public class Deliveries {
    private static final Logger LOG = Logger.getLogger(Deliveries.class);
    private static final Duration SETTLE_PAUSE = Duration.ofMillis(200);
    private static final int SETTLE_TRIES = 5;

    /** After the longest try, that of a replica that is gone is made again. */
    private static final Duration TO_SETTLE = Duration.ofSeconds(20);

    /**
     * $1 seconds until others take it for lost, $2 webhooks and $3 the room of each, $4 the room of others, $5 the one webhook to
     * look at, or null: takes what is due and follows no other of its diff, and puts off what does until that is tried again.
     */
    private static final String TAKE =
            """
            with due as (
                select c.id, w.id as webhook, coalesce(r.room, $4::int) as room, (
                    select max(p.due_at) from event e
                    join event earlier on earlier.diff = e.diff
                    join delivery p on p.event = earlier.id and p.webhook = w.id
                    where e.id = c.event and p.id < c.id and p.delivered_at is null and p.gave_up_at is null) as before
                from webhook w
                left join unnest($2::bigint[], $3::int[]) r(webhook, room) on r.webhook = w.id
                cross join lateral (
                    select d.id, d.event from delivery d
                    where d.webhook = w.id and d.delivered_at is null and d.gave_up_at is null and d.due_at <= now()
                    order by d.due_at, d.id limit 64 for update skip locked) c
                where w.deleted_at is null and coalesce(r.room, $4::int) > 0 and ($5::bigint is null or w.id = $5)
            ), put_off as (
                update delivery d set due_at = greatest(b.before, now()) + interval '1 second'
                from due b where d.id = b.id and b.before is not null
            ), taken as (
                update delivery d set tries = d.tries + 1, tried_at = now(), due_at = now() + $1 * interval '1 second'
                from (select id, room, row_number() over (partition by webhook order by id) as place
                      from due where before is null) f
                where d.id = f.id and f.place <= f.room
                returning d.id, d.tries, d.event, d.webhook as receiver
            )
            select t.id as delivery, t.tries, e.id, e.diff, e.type, e.at, e.data, %s
            from taken t join event e on e.id = t.event join webhook w on w.id = t.receiver
            order by t.id"""
                    .formatted(Webhooks.RECEIVER);

    /**
     * $1 delivery, $2 whether it was taken, $3 outcome, $4 whether it was the last try, $5 seconds until the next, $6 whether it was a
     * try at all: what is over stays over, and the next of its diff is due once this one is.
     */
    private static final String SETTLE =
            """
            with settled as (
                update delivery set outcome = $3, tries = tries - case when $6 then 0 else 1 end,
                                    tried_at = case when $6 or tries > 1 then tried_at end,
                                    delivered_at = case when $2 then now() end,
                                    gave_up_at = case when not $2 and $4 then now() end,
                                    due_at = now() + $5 * interval '1 second'
                where id = $1 and delivered_at is null and gave_up_at is null
                returning id, event, webhook, delivered_at is not null or gave_up_at is not null as is_over
            )
            update delivery n set due_at = now() from settled s
            where s.is_over and n.id = (
                select min(l.id) from event e
                join event later on later.diff = e.diff
                join delivery l on l.event = later.id and l.webhook = s.webhook
                where e.id = s.event and l.id > s.id and l.delivered_at is null and l.gave_up_at is null)""";

    private static final int MOST_DOUBLINGS = 20;
    private static final double SECONDS_UNLESS_TRIED = 1;
    private static final Duration LONGEST_PAUSE = Duration.ofHours(6);

    private final Pool store;
    private final Webhooks webhooks;
    private final Courier courier;
    private final EventSettings settings;
    private final PublicUrl url;
    private final Lanes lanes = new Lanes();

    /** Receivers for whom more is just being looked for. */
    private final Set<Long> asking = ConcurrentHashMap.newKeySet();

    Deliveries(Pool store, Webhooks webhooks, Courier courier, EventSettings settings, PublicUrl url) {
        this.store = store;
        this.webhooks = webhooks;
        this.courier = courier;
        this.settings = settings;
        this.url = url;
    }

    /** Begins what is due; nobody waits for the answers. */
    public Uni<Void> sweep() {
        return take(null);
    }

    private Uni<Void> take(@Nullable Long webhook) {
        List<Lanes.Room> rooms = lanes.rooms();
        return store.preparedQuery(TAKE)
                .execute(Tuple.of((double)
                                settings.webhookTimeout().plus(TO_SETTLE).toSeconds())
                        .addArrayOfLong(rooms.stream().map(Lanes.Room::webhook).toArray(Long[]::new))
                        .addArrayOfInteger(rooms.stream().map(Lanes.Room::room).toArray(Integer[]::new))
                        .addInteger(Lanes.ROOM)
                        .addLong(webhook))
                .invoke(rows -> rows.forEach(this::begin))
                .replaceWithVoid();
    }

    private void begin(Row row) {
        long webhook = row.getLong("webhook");
        lanes.enter(webhook);
        deliver(row).subscribe().with(outcome -> {
            lanes.leave(webhook, outcome);
            goOn(webhook, outcome);
        });
    }

    /** The next sweep looks after those that do not take anything. */
    private void goOn(long webhook, Outcome outcome) {
        if (outcome.taken() && asking.add(webhook)) {
            take(webhook)
                    .eventually(() -> asking.remove(webhook))
                    .subscribe()
                    .with(begun -> {}, failure -> OutageLog.warn(LOG, "Deliveries wait", failure));
        }
    }

    /** What has come of it, noted. */
    private Uni<Outcome> deliver(Row row) {
        return OffTheLoop.begin(
                        row.getString("data").length(),
                        () -> courier.take(CloudEvent.of(row, url), webhooks.receiver(row), row.getInteger("tries")))
                .onFailure()
                .recoverWithItem(Outcome::failed)
                .call(outcome -> settle(row, outcome));
    }

    private Uni<Void> settle(Row row, Outcome outcome) {
        boolean isLast = outcome.tried() && row.getInteger("tries") >= settings.webhookTries();
        if (!outcome.taken() && isLast) {
            LOG.warnf(
                    "Webhook %d did not take event %s: %s", row.getLong("webhook"), row.getUUID("id"), outcome.words());
        }
        // What was taken is not to be posted again only because the store is busy; nor are others to be given up for
        // it.
        return Uni.createFrom()
                .deferred(() -> store.preparedQuery(SETTLE)
                        .execute(Tuple.of(
                                row.getLong("delivery"),
                                outcome.taken(),
                                outcome.words(),
                                isLast,
                                outcome.tried() ? pause(row.getInteger("tries")) : SECONDS_UNLESS_TRIED,
                                outcome.tried())))
                .onFailure()
                .retry()
                .withBackOff(SETTLE_PAUSE)
                .atMost(SETTLE_TRIES)
                .onFailure()
                .invoke(failure ->
                        OutageLog.warn(LOG, "What became of a delivery is not noted, so it is due again", failure))
                .onFailure()
                .recoverWithNull()
                .replaceWithVoid();
    }

    /** Seconds; doubled with each try. */
    private double pause(int tries) {
        double first = settings.webhookPause().toMillis() / 1000.0;
        return Math.min(LONGEST_PAUSE.toSeconds(), first * Math.scalb(1.0, Math.min(tries - 1, MOST_DOUBLINGS)));
    }
}
