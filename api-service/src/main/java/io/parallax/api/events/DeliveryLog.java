package io.parallax.api.events;

import io.parallax.api.problems.Faults;
import io.parallax.api.requests.Paging;
import io.parallax.api.requests.QueryParameters;
import io.parallax.outcome.answer.Timestamps;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** What became of deliveries, for as long as their events are kept. */
@ApplicationScoped
class DeliveryLog {
    private static final String PAGE =
            """
            select d.id, d.event, e.type, e.diff, d.tries, d.outcome, e.at, d.tried_at, d.due_at,
                   d.delivered_at, d.gave_up_at
            from delivery d join event e on e.id = d.event
            where d.webhook = $1 and %s order by d.id desc limit $2 offset $3""";

    private final Pool store;

    DeliveryLog(Pool store) {
        this.store = store;
    }

    /**
     * Which of them are asked for.
     *
     * @param state that they are in; null for any
     */
    record Choice(Paging paging, @Nullable DeliveryState state) {
        /** @throws io.parallax.api.problems.InvalidRequestException when the parameters are wrong */
        static Choice of(MultivaluedMap<String, String> query) {
            Faults faults = new Faults();
            QueryParameters parameters = new QueryParameters(query, Set.of("page", "page_size", "status"), faults);
            Choice choice = new Choice(
                    Paging.of(parameters), parameters.word("status", DeliveryState::of, DeliveryState.words()));
            faults.refuse();
            return choice;
        }

        private String condition() {
            return state == null ? "true" : state.condition;
        }
    }

    /** Those of a webhook, newest first. */
    Uni<DeliveryPage> page(long webhook, Choice choice) {
        Paging paging = choice.paging();
        return store.preparedQuery("select count(*) from delivery d where d.webhook = $1 and " + choice.condition())
                .execute(Tuple.of(webhook))
                .map(rows -> rows.iterator().next().getLong(0))
                .chain(count -> store.preparedQuery(PAGE.formatted(choice.condition()))
                        .execute(Tuple.of(webhook, paging.pageSize(), paging.offset()))
                        .map(rows -> DeliveryPage.of(
                                count,
                                paging,
                                StreamSupport.stream(rows.spliterator(), false)
                                        .map(DeliveryLog::entry)
                                        .toList())));
    }

    private static DeliveryPage.Entry entry(Row row) {
        boolean isDelivered = row.getOffsetDateTime("delivered_at") != null;
        boolean isOver = isDelivered || row.getOffsetDateTime("gave_up_at") != null;
        return new DeliveryPage.Entry(
                row.getLong("id"),
                row.getUUID("event").toString(),
                row.getString("type"),
                row.getLong("diff"),
                isDelivered ? DeliveryState.DELIVERED : isOver ? DeliveryState.FAILED : DeliveryState.WAITING,
                row.getInteger("tries"),
                row.getString("outcome"),
                Timestamps.utc(row.getOffsetDateTime("at")),
                Timestamps.utcOrNull(row.getOffsetDateTime("tried_at")),
                isOver ? null : Timestamps.utc(row.getOffsetDateTime("due_at")),
                Timestamps.utcOrNull(row.getOffsetDateTime(isDelivered ? "delivered_at" : "gave_up_at")));
    }
}
