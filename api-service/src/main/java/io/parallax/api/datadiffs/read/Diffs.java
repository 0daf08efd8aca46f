package io.parallax.api.datadiffs.read;

import io.parallax.api.datadiffs.answer.DiffObject;
import io.parallax.api.datadiffs.answer.StoredAnswers;
import io.parallax.api.datadiffs.list.DiffPage;
import io.parallax.api.datadiffs.list.DiffQuery;
import io.parallax.api.datadiffs.stored.Diff;
import io.parallax.api.datadiffs.stored.DiffRow;
import io.parallax.api.datadiffs.stored.Idempotency;
import io.parallax.api.problems.Fault;
import io.parallax.api.problems.InvalidRequestException;
import io.parallax.api.problems.ProblemException;
import io.parallax.api.requests.OffTheLoop;
import io.parallax.outcome.DiffStatus;
import io.parallax.outcome.answer.SummaryResults;
import io.parallax.outcome.answer.Timestamps;
import io.quarkus.hibernate.reactive.panache.PanacheRepository;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.sqlclient.DatabaseException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** The diffs in the store. */
@ApplicationScoped
public class Diffs implements PanacheRepository<Diff> {
    /** A thousand answers are known; those of large documents would be too much together. */
    private static final long WORTH_KNOWING = 1 << 15;

    private static final long MOST_BYTES_OF_A_PAGE = 1 << 25;
    private static final int READ_AT_ONCE = 50;

    /** As the store calls a statement that was ended. */
    private static final String CANCELED = "57014";

    private static final String TOO_MANY =
            "It takes too long to look at all diffs for this; ask for some of them, by created_at or id.";

    private final VersionedCache<DiffObject> objects = new VersionedCache<>();
    private final VersionedCache<SummaryResults> summaries = new VersionedCache<>();
    private final Pool store;
    private final Duration longestLook;

    /** {@code longestLook}: how long the store may look for the diffs of a list. */
    Diffs(Pool store, @ConfigProperty(name = "parallax.lists.patience", defaultValue = "10s") Duration longestLook) {
        this.store = store;
        this.longestLook = longestLook;
    }

    /** The diff that was made under this key; null when there is none. */
    @WithSession
    public Uni<@Nullable Diff> made(Idempotency key) {
        return store.preparedQuery("select diff, body_hash from idempotency_key where user_id = $1 and key = $2")
                .execute(Tuple.of(key.userId(), key.key()))
                .chain(rows -> {
                    for (Row row : rows) {
                        key.requireSame(row.getBuffer("body_hash").getBytes());
                        return findById(row.getLong("diff"));
                    }
                    return Uni.createFrom().nullItem();
                });
    }

    /**
     * Where a diff is; needs no session, so that it can be asked for again and again.
     *
     * @throws ProblemException (404) when there is none
     */
    public Uni<ProgressResource.Watched> watched(long id) {
        return store.preparedQuery(
                        """
                        select d.status, coalesce(d.tasks, 0) as tasks,
                               (select count(*) from ledger_result r where r.diff = d.id and r.plan = d.plan) as done
                        from diff d where d.id = $1""")
                .execute(Tuple.of(id))
                .map(rows -> {
                    for (Row row : rows) {
                        return new ProgressResource.Watched(
                                id,
                                DiffStatus.of(row.getString("status")),
                                new DiffObject.Progress("v1", row.getLong("done"), 1L + row.getInteger("tasks")));
                    }
                    throw ProblemException.notFound("diff", id);
                });
    }

    /** Forgets keys after a day. */
    public Uni<Void> forgetKeys() {
        return store.query("delete from idempotency_key where created_at < now() - interval '1 day'")
                .execute()
                .replaceWithVoid();
    }

    /**
     * A page of diffs.
     *
     * @throws InvalidRequestException when they are too large together for one answer, or cannot be found in time
     */
    public Uni<DiffPage> page(DiffQuery query) {
        return store.withTransaction(tx -> found(tx, query))
                .onFailure(Diffs::tookTooLong)
                .transform(failure -> refused(List.of("query"), TOO_MANY, "timeout"))
                .call(found -> requireRoom(found.ids()))
                .chain(found -> objects(found.ids()).map(diffs -> DiffPage.of(found.count(), query.paging(), diffs)));
    }

    /** How many there are, and those of a page. */
    private record Found(long count, List<Long> ids) {}

    /** There may be a million diffs, and not every field has an index: nobody may keep connections busy for long. */
    private Uni<Found> found(SqlConnection tx, DiffQuery query) {
        return tx.query("set local statement_timeout = " + longestLook.toMillis())
                .execute()
                .chain(() -> tx.preparedQuery(query.count()).execute(query.values()))
                .map(rows -> rows.iterator().next().getLong(0))
                .chain(count ->
                        tx.preparedQuery(query.ids()).execute(query.values()).map(rows -> new Found(count, ids(rows))));
    }

    private static List<Long> ids(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false)
                .map(row -> row.getLong(0))
                .toList();
    }

    private static boolean tookTooLong(Throwable failure) {
        return failure instanceof DatabaseException answer && CANCELED.equals(answer.getSqlState());
    }

    private static InvalidRequestException refused(List<Object> where, String msg, String type) {
        return new InvalidRequestException(List.of(new Fault(where, msg, type)));
    }

    private Uni<Void> requireRoom(List<Long> ids) {
        return store.preparedQuery(DiffRow.SIZE)
                .execute(Tuple.of(ids.toArray(Long[]::new)))
                .map(rows -> {
                    if (rows.iterator().next().getLong(0) > MOST_BYTES_OF_A_PAGE) {
                        throw refused(
                                List.of("query", "page_size"),
                                "The diffs of this page are too large for one answer; ask for fewer at a time.",
                                "too_long");
                    }
                    return null;
                });
    }

    /** In that order; a few at a time, as each has documents that are only looked into. */
    private Uni<List<DiffObject>> objects(List<Long> ids) {
        List<List<Long>> parts = new ArrayList<>();
        for (int i = 0; i < ids.size(); i += READ_AT_ONCE) {
            parts.add(ids.subList(i, Math.min(ids.size(), i + READ_AT_ONCE)));
        }
        return Multi.createFrom()
                .iterable(parts)
                .onItem()
                .transformToUniAndConcatenate(this::someObjects)
                .collect()
                .asList()
                .map(some -> some.stream().flatMap(List::stream).toList());
    }

    private Uni<List<DiffObject>> someObjects(List<Long> ids) {
        return store.preparedQuery(DiffRow.MANY)
                .execute(Tuple.of(ids.toArray(Long[]::new)))
                .flatMap(rows -> OffTheLoop.run(() -> {
                    Map<Long, DiffObject> byId = new HashMap<>();
                    rows.forEach(row -> byId.put(row.getLong("id"), DiffObject.of(DiffRow.diff(row))));
                    return ids.stream().map(byId::get).filter(Objects::nonNull).toList();
                }));
    }

    /**
     * Puts a diff out of the way or back, and purges its rows.
     *
     * @throws ProblemException (404) when there is none, (409) when it is to be purged and not over
     */
    @WithTransaction
    public Uni<Diff> change(long id, @Nullable Boolean archived, boolean purge) {
        return findById(id, LockModeType.PESSIMISTIC_WRITE)
                .onItem()
                .ifNull()
                .failWith(() -> ProblemException.notFound("diff", id))
                .invoke(diff -> {
                    if (purge && !diff.status().isOver()) {
                        throw new ProblemException(
                                409, "The diff " + id + " is not over; wait for it or cancel it before it is purged.");
                    }
                    diff.archived = archived == null ? diff.archived : archived;
                    diff.purged |= purge;
                    diff.updatedAt = Timestamps.now();
                })
                .call(diff -> purge ? forgetRows(id) : Uni.createFrom().voidItem())
                .call(diff -> flush());
    }

    private Uni<Integer> forgetRows(long id) {
        return getSession().flatMap(session -> session.createNativeQuery("delete from differing_row where diff = :diff")
                .setParameter("diff", id)
                .executeUpdate());
    }

    /**
     * The diff of this id.
     *
     * @throws ProblemException (404) when there is none
     */
    public Uni<Diff> existing(long id) {
        return read(DiffRow.ALONE, id).map(DiffRow::diff);
    }

    /**
     * What the diff of this id found.
     *
     * @throws ProblemException (404) when there is none
     */
    public Uni<SummaryResults> summary(long id) {
        if (!summaries.knows(id)) {
            return readSummary(id);
        }
        return read(DiffRow.VERSION_ALONE, id).chain(row -> {
            SummaryResults known = summaries.of(id, row.getString("version"));
            return known == null ? readSummary(id) : Uni.createFrom().item(known);
        });
    }

    private Uni<SummaryResults> readSummary(long id) {
        return read(DiffRow.WITH_TIMELINE, id)
                .flatMap(row -> OffTheLoop.run(DiffRow.size(row), () -> {
                    String timeline = row.getString("timeline");
                    SummaryResults summary = StoredAnswers.summary(DiffRow.diff(row), timeline);
                    if (timeline == null && DiffRow.size(row) < WORTH_KNOWING) {
                        summaries.keep(id, row.getString("version"), summary);
                    }
                    return summary;
                }));
    }

    /**
     * The diff of this id, with its progress.
     *
     * @throws ProblemException (404) when there is none
     */
    public Uni<DiffObject> withProgress(long id) {
        if (!objects.knows(id)) {
            return readWithProgress(id);
        }
        return read(DiffRow.RESULTS_ALONE, id).chain(row -> {
            DiffObject known = objects.of(id, row.getString("version"));
            return known == null ? readWithProgress(id) : Uni.createFrom().item(known.with(progress(row)));
        });
    }

    private Uni<DiffObject> readWithProgress(long id) {
        return read(DiffRow.WITH_RESULTS, id)
                .flatMap(row -> OffTheLoop.run(DiffRow.size(row), () -> {
                    DiffObject object = DiffObject.of(DiffRow.diff(row));
                    if (DiffRow.size(row) < WORTH_KNOWING) {
                        objects.keep(id, row.getString("version"), object);
                    }
                    return object.with(progress(row));
                }));
    }

    private static DiffObject.Progress progress(Row row) {
        return DiffObject.Progress.of(row.getInteger("tasks"), row.getLong("results"));
    }

    private Uni<Row> read(String query, long id) {
        return store.preparedQuery(query).execute(Tuple.of(id)).map(rows -> {
            for (Row row : rows) {
                return row;
            }
            throw ProblemException.notFound("diff", id);
        });
    }
}
