package io.parallax.api.datadiffs.create;

import io.parallax.api.audit.AuditTrail;
import io.parallax.api.datadiffs.stored.Diff;
import io.parallax.api.datadiffs.stored.Idempotency;
import io.parallax.api.events.Events;
import io.parallax.api.ledger.backlog.Backlog;
import io.parallax.api.messaging.Trace;
import io.parallax.api.problems.ProblemException;
import io.parallax.api.problems.StoreOutage;
import io.parallax.api.requests.Batcher;
import io.parallax.contract.Codec;
import io.parallax.outcome.DiffStatus;
import io.parallax.outcome.next.Course;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Stores new diffs, and has them begun: those of many requests by one statement. */
@ApplicationScoped
public class DiffBatchInserter {
    private static final int MOST_AT_ONCE = 100;
    private static final int MOST_CONFLICTS = 2;

    /**
     * $1 sources, $2 room for so many that are not limited, $3 to $21 a column each: adds those whose sources are usable, with
     * their planning jobs, events, keys and records. Those of an API key that may have only so many are to be let in. Whoever deletes, pauses or changes a source waits until its diffs are seen.
     */
    private static final String ADD =
            """
            with usable as (
                select id, max_allowed_connections is not null as limited from data_source
                where id = any($1) and deleted_at is null and not is_paused
                order by id for share
            ), welcome as (
                select g.*, l.limited, row_number() over (partition by l.limited order by g.place) as turn
                from unnest($3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[], $7::boolean[], $8::text[], $9::text[],
                            $10::boolean[], $11::text[], $12::int[], $13::text[], $14::timestamptz[],
                            $15::text[], $16::text[], $17::int[], $18::text[], $19::text[], $20::bytea[], $21::text[])
                     with ordinality as g(user_id, a, b, destination, writes, request, spec,
                                          archived, stops, recheck_after, ignored, at,
                                          method, path, code, address, key, body_hash, trace, place)
                cross join lateral (select array_remove(array[g.a, g.b, g.destination], null)
                        && array(select id from usable where limited)) as l(limited)
                where array_remove(array[g.a, g.b, g.destination], null) <@ array(select id from usable)
                order by g.place
            ), given as (
                select nextval('diff_id_seq') as id, w.*, not w.limited and w.turn > $2::bigint
                       or exists (select from api_key k where k.id = w.user_id and k.max_active_diffs is not null) as deferred
                from welcome w
            ), added as (
                insert into diff (id, user_id, data_source1_id, data_source2_id, destination_id, writes, request, spec,
                                  archived, stops, recheck_after, ignored_fields, status, plan, created_at, updated_at,
                                  deferred, trace)
                select id, user_id, a, b, destination, writes, request, spec, archived, stops, recheck_after,
                       array(select json_array_elements_text(cast(ignored as json))), '%1$s', %2$d, at, at, deferred,
                       trace
                from given
                returning *
            ), planning as (
                insert into ledger_task (diff, plan, stage, task)
                select id, %2$d, 0, 0 from given where not deferred
            ), keyed as (
                insert into idempotency_key (user_id, key, body_hash, diff)
                select user_id, key, body_hash, id from given where key is not null
            ), %3$s, %4$s
            select id, place, limited, deferred from given"""
                    .formatted(
                            DiffStatus.WAITING.word(),
                            Course.FIRST_PLAN,
                            AuditTrail.recorded("given"),
                            Events.created("added"));

    private final Pool store;
    private final Backlog backlog;
    private final Batcher<Arrival> arrivals = new Batcher<>(MOST_AT_ONCE, this::store);

    DiffBatchInserter(Pool store, Backlog backlog) {
        this.store = store;
        this.backlog = backlog;
    }

    private record Arrival(
            Diff diff,
            @Nullable Idempotency key,
            AuditTrail.@Nullable Entry call,
            @Nullable String trace,
            UniEmitter<? super Diff> sender) {
        public Stream<Long> sources() {
            return Stream.of(diff.dataSource1Id, diff.dataSource2Id, diff.destinationId)
                    .filter(Objects::nonNull);
        }
    }

    /**
     * Stores a new diff and has it begun, which nobody waits for.
     *
     * @param key of its sender's own; null for none
     * @param call to be on record together with it; null for none
     * @throws ProblemException (409) when a source is deleted or paused
     */
    public Uni<Diff> add(Diff diff, @Nullable Idempotency key, AuditTrail.@Nullable Entry call) {
        diff.plan = Course.FIRST_PLAN;
        diff.status = DiffStatus.WAITING.word();
        String trace = Trace.current();
        return arrivals.ask(sender -> new Arrival(diff, key, call, trace, sender));
    }

    private Uni<Void> store(List<Arrival> all) {
        return backlog.begin(room -> add(all, room))
                .ifNoItem()
                .after(Batcher.PATIENCE)
                .fail()
                .onFailure()
                .recoverWithUni(failure -> {
                    if (all.size() == 1 || StoreOutage.caused(failure)) {
                        all.forEach(one -> one.sender().fail(failure));
                    } else {
                        storeEach(all);
                    }
                    return Uni.createFrom().voidItem();
                });
    }

    private Uni<Backlog.Newcomers> add(List<Arrival> all, long room) {
        return Uni.createFrom()
                .deferred(() -> store.preparedQuery(ADD).execute(columns(all, room)))
                .onFailure(StoreOutage::conflict)
                .retry()
                .atMost(MOST_CONFLICTS)
                .map(rows -> answer(all, rows));
    }

    /** One of them is at fault; whoever comes later does not wait for it. */
    private void storeEach(List<Arrival> all) {
        Multi.createFrom()
                .iterable(all)
                .onItem()
                .transformToUniAndConcatenate(one -> store(List.of(one)))
                .collect()
                .asList()
                .subscribe()
                .with(done -> {});
    }

    /** Whoever is not among the rows has come with a source that is not usable any more. */
    private static Backlog.Newcomers answer(List<Arrival> all, RowSet<Row> rows) {
        List<Long> free = new ArrayList<>();
        List<Long> limited = new ArrayList<>();
        Set<Arrival> refused = new LinkedHashSet<>(all);
        int deferred = 0;
        for (Row row : rows) {
            Arrival one = all.get((int) (row.getLong("place") - 1));
            one.diff().id = row.getLong("id");
            if (row.getBoolean("deferred")) {
                deferred++;
            } else {
                (row.getBoolean("limited") ? limited : free).add(one.diff().id);
            }
            refused.remove(one);
            one.sender().complete(one.diff());
        }
        refused.forEach(
                one -> one.sender().fail(new ProblemException(409, "A data source was deleted or paused meanwhile.")));
        return new Backlog.Newcomers(free, limited, deferred);
    }

    private static Tuple columns(List<Arrival> all, long room) {
        return Tuple.of(all.stream().flatMap(Arrival::sources).distinct().toArray(Long[]::new), room)
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
                .addArrayOfString(column(all, DiffBatchInserter::ignoredFields, String[]::new))
                .addArrayOfOffsetDateTime(column(all, diff -> diff.createdAt, OffsetDateTime[]::new))
                .addArrayOfString(of(all, Arrival::call, AuditTrail.Entry::method, String[]::new))
                .addArrayOfString(of(all, Arrival::call, AuditTrail.Entry::path, String[]::new))
                .addArrayOfInteger(of(all, Arrival::call, AuditTrail.Entry::status, Integer[]::new))
                .addArrayOfString(of(all, Arrival::call, AuditTrail.Entry::address, String[]::new))
                .addArrayOfString(of(all, Arrival::key, Idempotency::key, String[]::new))
                .addValue(of(all, Arrival::key, key -> Buffer.buffer(key.bodyHash()), Buffer[]::new))
                .addArrayOfString(all.stream().map(Arrival::trace).toArray(String[]::new));
    }

    private static @Nullable String ignoredFields(Diff diff) {
        return diff.ignoredFields.length == 0 ? null : Codec.text(diff.ignoredFields);
    }

    private static <T> T[] column(
            List<Arrival> all, Function<Diff, @Nullable T> value, IntFunction<@Nullable T[]> array) {
        return all.stream().map(one -> value.apply(one.diff())).toArray(array);
    }

    /** Of something that not every one of them has. */
    private static <P, T> T[] of(
            List<Arrival> all,
            Function<Arrival, @Nullable P> part,
            Function<P, @Nullable T> value,
            IntFunction<@Nullable T[]> array) {
        return all.stream()
                .map(part)
                .map(one -> one == null ? null : value.apply(one))
                .toArray(array);
    }
}
