package io.parallax.api.datasources;

import io.parallax.api.problems.ProblemException;
import io.parallax.api.requests.Batcher;
import io.parallax.api.store.LiveDiffs;
import io.parallax.outcome.answer.Timestamps;
import io.quarkus.hibernate.reactive.panache.PanacheRepository;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.quarkus.panache.common.Sort;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.hibernate.exception.ConstraintViolationException;
import org.jspecify.annotations.Nullable;

/** The data sources in the store. */
@ApplicationScoped
public class DataSources implements PanacheRepository<DataSource> {
    private static final String IN_USE =
            """
            select count(*) from diff where (%s and not deferred or deferred)
              and :source in (data_source1_id, data_source2_id, destination_id)"""
                    .formatted(LiveDiffs.LIVE);

    private static final int MOST_AT_ONCE = 500;

    private final Batcher<LookUp> lookUps = new Batcher<>(MOST_AT_ONCE, this::answer);
    private final Pool store;

    private record LookUp(Set<Long> ids, UniEmitter<? super Map<Long, DataSource>> asker) {}

    DataSources(Pool store) {
        this.store = store;
    }

    /** An id for a source to be; its secrets are sealed with it. */
    @WithSession
    Uni<Long> nextId() {
        return getSession().flatMap(session -> session.createNativeQuery(
                        "select nextval(pg_get_serial_sequence('data_source', 'id'))", Long.class)
                .getSingleResult());
    }

    @WithTransaction
    Uni<DataSource> add(DataSource source) {
        return persistAndFlush(source).onFailure(PersistenceException.class).transform(DataSources::clearly);
    }

    private static Throwable clearly(Throwable failure) {
        return isTaken(failure) ? new ProblemException(409, "There is a data source of this name already.") : failure;
    }

    private static boolean isTaken(Throwable failure) {
        return failure instanceof ConstraintViolationException
                || failure.getCause() instanceof ConstraintViolationException;
    }

    @WithSession
    Uni<List<DataSource>> all() {
        return list("deletedAt is null", Sort.by("id"));
    }

    /**
     * The source of this id.
     *
     * @throws ProblemException (404) when there is none
     */
    @WithSession
    Uni<DataSource> existing(long id) {
        return present(findById(id), id);
    }

    private static Uni<DataSource> present(Uni<@Nullable DataSource> found, long id) {
        return found.map(source -> source == null || source.deletedAt != null ? null : source)
                .onItem()
                .ifNull()
                .failWith(() -> ProblemException.notFound("data source", id));
    }

    /**
     * Changes a source.
     *
     * @param change what is to be done to it; true when diffs that run would notice
     * @throws ProblemException (404) when there is none, (409) when unfinished diffs would notice or the name is taken
     */
    @WithTransaction
    Uni<DataSource> change(long id, Predicate<DataSource> change) {
        return present(findById(id, LockModeType.PESSIMISTIC_WRITE), id)
                .call(source -> {
                    boolean noticed = change.test(source);
                    source.updatedAt = Timestamps.now();
                    return noticed ? requireUnused(id) : Uni.createFrom().voidItem();
                })
                .call(source -> flush())
                .onFailure(PersistenceException.class)
                .transform(DataSources::clearly);
    }

    private Uni<Void> requireUnused(long id) {
        return getSession()
                .flatMap(session -> session.createNativeQuery(IN_USE, Long.class)
                        .setParameter("source", id)
                        .getSingleResult())
                .invoke(diffs -> {
                    if (diffs > 0) {
                        throw new ProblemException(
                                409,
                                "The data source " + id + " is used by " + diffs
                                        + " unfinished diffs; wait for them or cancel them.");
                    }
                })
                .replaceWithVoid();
    }

    /** Those of these ids that exist, by id; deleted ones too. Each new diff asks: those who ask at once share a statement. */
    public Uni<Map<Long, DataSource>> byId(Collection<Long> ids) {
        return lookUps.ask(asker -> new LookUp(Set.copyOf(ids), asker));
    }

    private Uni<Void> answer(List<LookUp> all) {
        return found(all.stream().flatMap(one -> one.ids().stream()).distinct().toList())
                .ifNoItem()
                .after(Batcher.PATIENCE)
                .fail()
                .invoke(found -> all.forEach(one -> one.asker().complete(among(found, one.ids()))))
                .onFailure()
                .invoke(failure -> all.forEach(one -> one.asker().fail(failure)))
                .replaceWithVoid();
    }

    private static Map<Long, DataSource> among(Map<Long, DataSource> found, Set<Long> ids) {
        return ids.stream().filter(found::containsKey).collect(Collectors.toMap(Function.identity(), found::get));
    }

    private Uni<Map<Long, DataSource>> found(Collection<Long> ids) {
        return store.preparedQuery(DataSourceRow.BY_ID)
                .execute(Tuple.of(ids.toArray(Long[]::new)))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(DataSourceRow::source)
                        .collect(Collectors.toMap(source -> source.id, Function.identity())));
    }
}
