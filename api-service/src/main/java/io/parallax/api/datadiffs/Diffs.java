package io.parallax.api.datadiffs;

import io.parallax.api.problems.ProblemException;
import io.parallax.api.requests.Timestamps;
import io.quarkus.hibernate.reactive.panache.PanacheRepository;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The diffs in the store. */
@ApplicationScoped
public class Diffs implements PanacheRepository<Diff> {
    private final KnownAnswers<DiffObject> objects = new KnownAnswers<>();
    private final KnownAnswers<SummaryResults> summaries = new KnownAnswers<>();
    private final Pool store;

    Diffs(Pool store) {
        this.store = store;
    }

    /** The diff that was made under this key; null when there is none. */
    @WithSession
    Uni<@Nullable Diff> made(Idempotency key) {
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
    Uni<ProgressResource.Watched> watched(long id) {
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

    @WithSession
    Uni<DiffPage> page(DiffQuery query) {
        return store.preparedQuery(query.count())
                .execute(query.values())
                .map(rows -> rows.iterator().next().getLong(0))
                .chain(count -> store.preparedQuery(query.ids())
                        .execute(query.values())
                        .chain(rows -> inOrder(StreamSupport.stream(rows.spliterator(), false)
                                .map(row -> row.getLong(0))
                                .toList()))
                        .map(diffs -> DiffPage.of(count, query.paging(), diffs)));
    }

    private Uni<List<Diff>> inOrder(List<Long> ids) {
        return list("id in ?1", ids).map(diffs -> {
            Map<Long, Diff> byId = diffs.stream().collect(Collectors.toMap(diff -> diff.id, Function.identity()));
            return ids.stream().map(byId::get).filter(Objects::nonNull).toList();
        });
    }

    /**
     * Puts a diff out of the way or back, and purges its rows.
     *
     * @throws ProblemException (404) when there is none, (409) when it is to be purged and not over
     */
    @WithTransaction
    Uni<Diff> change(long id, @Nullable Boolean archived, boolean purge) {
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
    Uni<Diff> existing(long id) {
        return read(DiffRow.ALONE, id).map(DiffRow::diff);
    }

    /**
     * What the diff of this id found.
     *
     * @throws ProblemException (404) when there is none
     */
    Uni<SummaryResults> summary(long id) {
        if (!summaries.knows(id)) {
            return readSummary(id);
        }
        return read(DiffRow.VERSION_ALONE, id).chain(row -> {
            SummaryResults known = summaries.of(id, row.getString("version"));
            return known == null ? readSummary(id) : Uni.createFrom().item(known);
        });
    }

    private Uni<SummaryResults> readSummary(long id) {
        return read(DiffRow.WITH_TIMELINE, id).map(row -> {
            String timeline = row.getString("timeline");
            SummaryResults summary = SummaryResults.of(DiffRow.diff(row), timeline);
            if (timeline == null) {
                summaries.keep(id, row.getString("version"), summary);
            }
            return summary;
        });
    }

    /**
     * The diff of this id, with its progress.
     *
     * @throws ProblemException (404) when there is none
     */
    Uni<DiffObject> withProgress(long id) {
        if (!objects.knows(id)) {
            return readWithProgress(id);
        }
        return read(DiffRow.RESULTS_ALONE, id).chain(row -> {
            DiffObject known = objects.of(id, row.getString("version"));
            return known == null ? readWithProgress(id) : Uni.createFrom().item(known.with(progress(row)));
        });
    }

    private Uni<DiffObject> readWithProgress(long id) {
        return read(DiffRow.WITH_RESULTS, id).map(row -> {
            DiffObject object = DiffObject.of(DiffRow.diff(row));
            objects.keep(id, row.getString("version"), object);
            return object.with(progress(row));
        });
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
