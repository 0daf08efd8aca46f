package io.parallax.api.datadiffs;

import io.parallax.api.audit.AuditTrail;
import io.parallax.api.events.Events;
import io.parallax.api.ledger.Ledger;
import io.parallax.api.problems.ProblemException;
import io.parallax.api.problems.StoreOutage;
import io.parallax.api.requests.Together;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Stores new diffs, and has them begun: those of many requests in one transaction. */
@ApplicationScoped
class Intake {
    private static final int MOST_AT_ONCE = 100;
    private static final int FIRST_PLAN = 1;

    private static final String USABLE_SOURCES =
            """
            select id from data_source where id = any($1) and deleted_at is null and not is_paused
            order by id for share""";

    private static final String ADD =
            """
            insert into diff (user_id, data_source1_id, data_source2_id, destination_id, writes, request, spec, archived,
                              stops, recheck_after, ignored_fields, status, plan, created_at, updated_at)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) returning id""";

    private static final String ADD_PLANNING =
            "insert into ledger_task (diff, plan, stage, task) select d, $2, 0, 0 from unnest($1::bigint[]) d";

    private static final String ADD_KEY =
            "insert into idempotency_key (user_id, key, body_hash, diff) values ($1, $2, $3, $4)";

    private final Ledger ledger;
    private final Together<Arrival> arrivals = new Together<>(MOST_AT_ONCE, this::store);

    Intake(Ledger ledger) {
        this.ledger = ledger;
    }

    private record Arrival(
            Diff diff, @Nullable Idempotency key, AuditTrail.@Nullable Entry call, UniEmitter<? super Diff> sender) {
        Stream<Long> sources() {
            return Stream.of(diff.dataSource1Id, diff.dataSource2Id, diff.destinationId)
                    .filter(Objects::nonNull);
        }
    }

    /**
     * Stores a new diff, together with its planning job in the ledger; has it begun, which nobody waits for.
     *
     * @param key of its sender's own; null for none
     * @param call to be on record together with it; null for none
     * @throws ProblemException (409) when a source is deleted or paused
     */
    Uni<Diff> add(Diff diff, @Nullable Idempotency key, AuditTrail.@Nullable Entry call) {
        diff.plan = FIRST_PLAN;
        diff.status = DiffStatus.WAITING.word();
        return arrivals.ask(sender -> new Arrival(diff, key, call, sender));
    }

    private Uni<Void> store(List<Arrival> all) {
        List<Arrival> added = new ArrayList<>();
        return ledger.begin(tx -> add(tx, all).invoke(added::addAll).map(welcome -> welcome.stream()
                        .map(one -> one.diff().id)
                        .toList()))
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
    private static Uni<List<Arrival>> add(SqlConnection tx, List<Arrival> all) {
        Long[] sources = all.stream().flatMap(Arrival::sources).distinct().toArray(Long[]::new);
        return tx.preparedQuery(USABLE_SOURCES)
                .execute(Tuple.of(sources))
                .map(rows -> stream(rows).map(row -> row.getLong(0)).collect(Collectors.toSet()))
                .map(usable -> welcome(all, usable))
                .call(welcome -> welcome.isEmpty() ? Uni.createFrom().voidItem() : insert(tx, welcome));
    }

    private static List<Arrival> welcome(List<Arrival> all, Set<Long> usable) {
        all.stream().filter(one -> !usable.containsAll(one.sources().toList())).forEach(one -> one.sender()
                .fail(new ProblemException(409, "A data source was deleted or paused meanwhile.")));
        return all.stream()
                .filter(one -> usable.containsAll(one.sources().toList()))
                .toList();
    }

    private static Uni<Void> insert(SqlConnection tx, List<Arrival> all) {
        return tx.preparedQuery(ADD)
                .executeBatch(all.stream().map(one -> tuple(one.diff())).toList())
                .map(rows -> ids(rows, all))
                .call(ids -> tx.preparedQuery(ADD_PLANNING).execute(Tuple.of(ids, FIRST_PLAN)))
                .call(ids -> Events.created(tx, ids))
                .chain(() -> addKeys(tx, all))
                .chain(() -> AuditTrail.add(
                        tx,
                        all.stream().map(Arrival::call).filter(Objects::nonNull).toList()));
    }

    private static Long[] ids(RowSet<Row> rows, List<Arrival> all) {
        RowSet<Row> next = rows;
        for (Arrival one : all) {
            one.diff().id = next.iterator().next().getLong(0);
            next = next.next();
        }
        return all.stream().map(one -> one.diff().id).toArray(Long[]::new);
    }

    private static Uni<Void> addKeys(SqlConnection tx, List<Arrival> all) {
        List<Tuple> keys = all.stream()
                .filter(one -> one.key() != null)
                .map(one -> tuple(Objects.requireNonNull(one.key()), one.diff().id))
                .toList();
        return keys.isEmpty()
                ? Uni.createFrom().voidItem()
                : tx.preparedQuery(ADD_KEY).executeBatch(keys).replaceWithVoid();
    }

    private static Tuple tuple(Diff diff) {
        return Tuple.tuple()
                .addLong(diff.userId)
                .addLong(diff.dataSource1Id)
                .addLong(diff.dataSource2Id)
                .addLong(diff.destinationId)
                .addBoolean(diff.writes)
                .addString(diff.request)
                .addString(diff.spec)
                .addBoolean(diff.archived)
                .addString(diff.stops)
                .addInteger(diff.recheckAfter)
                .addArrayOfString(diff.ignoredFields)
                .addString(diff.status)
                .addInteger(diff.plan)
                .addOffsetDateTime(diff.createdAt)
                .addOffsetDateTime(diff.updatedAt);
    }

    private static Tuple tuple(Idempotency key, long diff) {
        return Tuple.of(key.userId(), key.key(), Buffer.buffer(key.bodyHash()), diff);
    }

    private static Stream<Row> stream(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false);
    }
}
