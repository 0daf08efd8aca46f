package io.parallax.api.datadiffs;

import io.parallax.api.audit.AuditTrail;
import io.parallax.api.events.Events;
import io.parallax.api.ledger.Backlog;
import io.parallax.api.ledger.Ledger;
import io.parallax.api.problems.ProblemException;
import io.parallax.api.problems.StoreOutage;
import io.parallax.api.requests.Together;
import io.parallax.contract.Codec;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Stores new diffs, and has them begun: those of many requests in one transaction. */
@ApplicationScoped
class Intake {
    /** While the store writes one batch down for good, the next one is sent to it. */
    private static final int LANES = 2;

    private static final int MOST_AT_ONCE = 100;

    private static final String USABLE_SOURCES =
            """
            select id, max_allowed_connections is not null as limited from data_source
            where id = any($1) and deleted_at is null and not is_paused
            order by id for share""";

    /** $1 to $14 a column each; adds them with their planning jobs and events, and gives their ids in the order of the rows. */
    private static final String ADD =
            """
            with given as (
                select nextval('diff_id_seq') as id, g.*
                from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::boolean[], $6::text[], $7::text[],
                            $8::boolean[], $9::text[], $10::int[], $11::text[], $12::text[], $13::timestamptz[], $14::boolean[])
                     with ordinality as g(user_id, a, b, destination, writes, request, spec,
                                          archived, stops, recheck_after, ignored, status, at, deferred, place)
            ), added as (
                insert into diff (id, user_id, data_source1_id, data_source2_id, destination_id, writes, request, spec,
                                  archived, stops, recheck_after, ignored_fields, status, plan, created_at, updated_at)
                select id, user_id, a, b, destination, writes, request, spec, archived, stops, recheck_after,
                       array(select json_array_elements_text(cast(ignored as json))), status, %1$d, at, at
                from given
                returning *
            ), planning as (
                insert into ledger_task (diff, plan, stage, task, not_before, waiting_since)
                select id, %1$d, 0, 0, case when deferred then %2$s end, case when deferred then now() end from given
            ), %3$s
            select id from given order by place"""
                    .formatted(Ledger.FIRST_PLAN, Backlog.DEFERRED, Events.created("added"));

    private static final String ADD_KEY =
            "insert into idempotency_key (user_id, key, body_hash, diff) values ($1, $2, $3, $4)";

    private final Backlog backlog;
    private final Together<Arrival> arrivals = new Together<>(LANES, MOST_AT_ONCE, this::store);

    Intake(Backlog backlog) {
        this.backlog = backlog;
    }

    private record Arrival(
            Diff diff, @Nullable Idempotency key, AuditTrail.@Nullable Entry call, UniEmitter<? super Diff> sender) {
        Stream<Long> sources() {
            return Stream.of(diff.dataSource1Id, diff.dataSource2Id, diff.destinationId)
                    .filter(Objects::nonNull);
        }
    }

    /** When a new diff is begun. */
    private enum Turn {
        FREE,
        LIMITED,
        DEFERRED
    }

    private record Newcomer(Arrival arrival, Turn turn) {
        Diff diff() {
            return arrival.diff();
        }
    }

    /**
     * Stores a new diff and has it begun, which nobody waits for.
     *
     * @param key of its sender's own; null for none
     * @param call to be on record together with it; null for none
     * @throws ProblemException (409) when a source is deleted or paused
     */
    Uni<Diff> add(Diff diff, @Nullable Idempotency key, AuditTrail.@Nullable Entry call) {
        diff.plan = Ledger.FIRST_PLAN;
        diff.status = DiffStatus.WAITING.word();
        return arrivals.ask(sender -> new Arrival(diff, key, call, sender));
    }

    private Uni<Void> store(List<Arrival> all) {
        List<Arrival> added = new ArrayList<>();
        return backlog.begin((tx, room) -> look(tx, all, room)
                        .invoke(welcome -> welcome.forEach(one -> added.add(one.arrival())))
                        .flatMap(welcome -> welcome.isEmpty()
                                ? Uni.createFrom().item(Backlog.Newcomers.NONE)
                                : insert(tx, welcome)))
                .ifNoItem()
                .after(Together.PATIENCE)
                .fail()
                .invoke(() -> added.forEach(one -> one.sender().complete(one.diff())))
                .onFailure()
                .recoverWithUni(failure ->
                        all.size() == 1 || StoreOutage.caused(failure) ? refuse(all, failure) : storeEach(all));
    }

    /** One of them is at fault. */
    private Uni<Void> storeEach(List<Arrival> all) {
        return Multi.createFrom()
                .iterable(all)
                .onItem()
                .transformToUniAndConcatenate(one -> store(List.of(one)))
                .collect()
                .asList()
                .replaceWithVoid();
    }

    private static Uni<Void> refuse(List<Arrival> all, Throwable failure) {
        all.forEach(one -> one.sender().fail(failure));
        return Uni.createFrom().voidItem();
    }

    /** Whoever deletes, pauses or changes a source waits until its diffs are seen. */
    private static Uni<List<Newcomer>> look(SqlConnection tx, List<Arrival> all, long room) {
        Long[] sources = all.stream().flatMap(Arrival::sources).distinct().toArray(Long[]::new);
        return tx.preparedQuery(USABLE_SOURCES)
                .execute(Tuple.of(sources))
                .map(rows -> stream(rows)
                        .collect(Collectors.toMap(row -> row.getLong("id"), row -> row.getBoolean("limited"))))
                .map(usable -> newcomers(all, usable, room));
    }

    /** @param usable sources, and whether they are limited */
    private static List<Newcomer> newcomers(List<Arrival> all, Map<Long, Boolean> usable, long room) {
        List<Newcomer> welcome = new ArrayList<>();
        long left = room;
        for (Arrival one : all) {
            if (!usable.keySet().containsAll(one.sources().toList())) {
                one.sender().fail(new ProblemException(409, "A data source was deleted or paused meanwhile."));
            } else if (Stream.of(one.diff().dataSource1Id, one.diff().dataSource2Id)
                    .anyMatch(source -> Boolean.TRUE.equals(usable.get(source)))) {
                welcome.add(new Newcomer(one, Turn.LIMITED));
            } else {
                welcome.add(new Newcomer(one, left > 0 ? Turn.FREE : Turn.DEFERRED));
                left--;
            }
        }
        return welcome;
    }

    private static Uni<Backlog.Newcomers> insert(SqlConnection tx, List<Newcomer> all) {
        return tx.preparedQuery(ADD)
                .execute(columns(all))
                .invoke(rows -> number(all, rows))
                .chain(() -> addKeys(tx, all))
                .chain(() -> AuditTrail.add(
                        tx,
                        all.stream()
                                .map(one -> one.arrival().call())
                                .filter(Objects::nonNull)
                                .toList()))
                .map(done -> new Backlog.Newcomers(
                        ids(all, Turn.FREE),
                        ids(all, Turn.LIMITED),
                        ids(all, Turn.DEFERRED).size()));
    }

    private static List<Long> ids(List<Newcomer> all, Turn turn) {
        return all.stream()
                .filter(one -> one.turn() == turn)
                .map(one -> one.diff().id)
                .toList();
    }

    private static void number(List<Newcomer> all, RowSet<Row> ids) {
        Iterator<Row> next = ids.iterator();
        all.forEach(one -> one.diff().id = next.next().getLong(0));
    }

    private static Uni<Void> addKeys(SqlConnection tx, List<Newcomer> all) {
        List<Tuple> keys = all.stream()
                .map(Newcomer::arrival)
                .filter(one -> one.key() != null)
                .map(one -> tuple(Objects.requireNonNull(one.key()), one.diff().id))
                .toList();
        return keys.isEmpty()
                ? Uni.createFrom().voidItem()
                : tx.preparedQuery(ADD_KEY).executeBatch(keys).replaceWithVoid();
    }

    private static Tuple columns(List<Newcomer> all) {
        return Tuple.tuple()
                .addArrayOfLong(column(all, diff -> diff.userId, Long[]::new))
                .addArrayOfLong(column(all, diff -> diff.dataSource1Id, Long[]::new))
                .addArrayOfLong(column(all, diff -> diff.dataSource2Id, Long[]::new))
                .addArrayOfLong(column(all, diff -> diff.destinationId, Long[]::new))
                .addArrayOfBoolean(column(all, diff -> diff.writes, Boolean[]::new))
                .addArrayOfString(column(all, diff -> diff.request, String[]::new))
                .addArrayOfString(column(all, diff -> diff.spec, String[]::new))
                .addArrayOfBoolean(column(all, diff -> diff.archived, Boolean[]::new))
                .addArrayOfString(column(all, diff -> diff.stops, String[]::new))
                .addArrayOfInteger(column(all, diff -> diff.recheckAfter, Integer[]::new))
                .addArrayOfString(column(all, diff -> Codec.text(diff.ignoredFields), String[]::new))
                .addArrayOfString(column(all, diff -> diff.status, String[]::new))
                .addArrayOfOffsetDateTime(column(all, diff -> diff.createdAt, OffsetDateTime[]::new))
                .addArrayOfBoolean(
                        all.stream().map(one -> one.turn() == Turn.DEFERRED).toArray(Boolean[]::new));
    }

    private static <T> T[] column(
            List<Newcomer> all, Function<Diff, @Nullable T> value, IntFunction<@Nullable T[]> array) {
        return all.stream().map(one -> value.apply(one.diff())).toArray(array);
    }

    private static Tuple tuple(Idempotency key, long diff) {
        return Tuple.of(key.userId(), key.key(), Buffer.buffer(key.bodyHash()), diff);
    }

    private static Stream<Row> stream(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false);
    }
}
