package io.parallax.api.events;

import io.parallax.api.links.PublicUrl;
import io.parallax.api.messaging.EventProducer;
import io.parallax.api.requests.OffTheLoop;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Sends events to Kafka, those of each diff in the order in which they happened, and forgets old ones. */
@ApplicationScoped
public class EventPublisher {
    private static final Logger LOG = Logger.getLogger(EventPublisher.class);

    private static final int MOST_AT_ONCE = 100;
    private static final int MOST_ROUNDS = 10;
    /** So that whoever asks meanwhile does not wait for all rounds. */
    private static final Duration REST = Duration.ofMillis(50);

    private static final String UNSENT =
            """
            select id, diff, type, at, data from event where sent_at is null
            order by at, id limit %d"""
                    .formatted(MOST_AT_ONCE);

    /**
     * One replica sends at a time, or events of one diff could overtake each other. One that is stopped meanwhile loses its
     * turn, and what it has sent is sent again.
     */
    private static final String TAKE_TURN =
            """
            select pg_try_advisory_xact_lock(hashtext('parallax.events')) as mine,
                   set_config('idle_in_transaction_session_timeout', '60s', true)""";

    private final Pool store;
    private final EventProducer producer;
    private final EventSettings settings;
    private final PublicUrl url;
    private final FinishedDiffs finished;

    EventPublisher(Pool store, EventProducer producer, EventSettings settings, PublicUrl url, FinishedDiffs finished) {
        this.store = store;
        this.producer = producer;
        this.settings = settings;
        this.url = url;
        this.finished = finished;
    }

    /** Sends what is not sent yet; what Kafka does not take stays for the next time. */
    public Uni<Void> sweep() {
        return sendRounds(MOST_ROUNDS).chain(this::forget);
    }

    private Uni<Void> sendRounds(int left) {
        return store.withTransaction(this::sendUnsent)
                // Not before it is committed: what is not noted is sent again.
                .invoke(finished::count)
                .chain(sent -> sent.size() == MOST_AT_ONCE && left > 1
                        ? Uni.createFrom()
                                .voidItem()
                                .onItem()
                                .delayIt()
                                .by(REST)
                                .chain(() -> sendRounds(left - 1))
                        : Uni.createFrom().voidItem());
    }

    /** Those that were sent. */
    private Uni<List<CloudEvent>> sendUnsent(SqlConnection tx) {
        return tx.query(TAKE_TURN)
                .execute()
                .flatMap(rows -> rows.iterator().next().getBoolean("mine")
                        ? sendNext(tx)
                        : Uni.createFrom().item(List.of()));
    }

    private Uni<List<CloudEvent>> sendNext(SqlConnection tx) {
        return tx.query(UNSENT)
                .execute()
                .flatMap(rows -> OffTheLoop.run(size(rows), () -> byDiff(rows)))
                .onItem()
                .transformToMulti(diffs -> Multi.createFrom().iterable(diffs))
                .onItem()
                .transformToUni(this::inOrder)
                .merge(MOST_AT_ONCE)
                .collect()
                .asList()
                .map(sent -> sent.stream().flatMap(List::stream).toList())
                .call(events -> mark(tx, events));
    }

    /** An event, written. */
    private record Letter(CloudEvent event, byte[] json) {}

    private static long size(RowSet<Row> rows) {
        long size = 0;
        for (Row row : rows) {
            size += row.getString("data").length();
        }
        return size;
    }

    private Collection<List<Letter>> byDiff(RowSet<Row> rows) {
        Map<Long, List<Letter>> letters = new LinkedHashMap<>();
        rows.forEach(row -> {
            CloudEvent event = CloudEvent.of(row, url);
            letters.computeIfAbsent(event.about(), diff -> new ArrayList<>())
                    .add(new Letter(event, event.json(settings.source())));
        });
        return letters.values();
    }

    /** One after the other; with the first that Kafka does not take the others wait, too. */
    private Uni<List<CloudEvent>> inOrder(List<Letter> letters) {
        List<CloudEvent> sent = new ArrayList<>();
        return Multi.createFrom()
                .iterable(letters)
                .onItem()
                .transformToUniAndConcatenate(this::sent)
                .onItem()
                .invoke(sent::add)
                .collect()
                .asList()
                .onFailure()
                .invoke(failure -> LOG.warnf("Events wait for Kafka: %s", failure.getMessage()))
                .onFailure()
                .recoverWithItem(sent);
    }

    private Uni<CloudEvent> sent(Letter letter) {
        CloudEvent event = letter.event();
        return producer.send(event.about(), letter.json(), CloudEvent.CONTENT_TYPE)
                .replaceWith(event);
    }

    private static Uni<Void> mark(SqlConnection tx, List<CloudEvent> events) {
        UUID[] ids = events.stream().map(CloudEvent::id).toArray(UUID[]::new);
        return ids.length == 0
                ? Uni.createFrom().voidItem()
                : tx.preparedQuery("update event set sent_at = now() where id = any($1)")
                        .execute(Tuple.of(ids))
                        .replaceWithVoid();
    }

    private Uni<Void> forget() {
        return store.preparedQuery(
                        """
                        delete from event where id in (
                            select e.id from event e
                            where e.sent_at < now() - $1 * interval '1 second' and not exists (
                                select from delivery d
                                where d.event = e.id and d.delivered_at is null and d.gave_up_at is null)
                            limit 1000)""")
                .execute(Tuple.of((double) settings.retention().toSeconds()))
                .replaceWithVoid();
    }
}
