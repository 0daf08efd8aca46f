package io.parallax.api.datasources;

import io.parallax.api.problems.ProblemException;
import io.quarkus.hibernate.reactive.panache.PanacheRepository;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.quarkus.panache.common.Sort;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.PersistenceException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.hibernate.exception.ConstraintViolationException;

/** The data sources in the store. */
@ApplicationScoped
public class DataSources implements PanacheRepository<DataSource> {
    /** An id for a source to be; its secrets are sealed with it. */
    @WithSession
    Uni<Long> nextId() {
        return getSession().flatMap(session -> session.createNativeQuery(
                        "select nextval(pg_get_serial_sequence('data_source', 'id'))", Long.class)
                .getSingleResult());
    }

    @WithTransaction
    Uni<DataSource> add(DataSource source) {
        return persistAndFlush(source)
                .onFailure(PersistenceException.class)
                .transform(failure -> isTaken(failure)
                        ? new ProblemException(409, "There is a data source of this name already.")
                        : failure);
    }

    private static boolean isTaken(Throwable failure) {
        return failure instanceof ConstraintViolationException
                || failure.getCause() instanceof ConstraintViolationException;
    }

    @WithSession
    Uni<List<DataSource>> all() {
        return listAll(Sort.by("id"));
    }

    /**
     * The source of this id.
     *
     * @throws ProblemException (404) when there is none
     */
    @WithSession
    Uni<DataSource> existing(long id) {
        return findById(id).onItem().ifNull().failWith(() -> ProblemException.notFound("data source", id));
    }

    /** Those of these ids that exist, by id. */
    @WithSession
    public Uni<Map<Long, DataSource>> byId(Collection<Long> ids) {
        return list("id in ?1", ids)
                .map(found -> found.stream().collect(Collectors.toMap(source -> source.id, Function.identity())));
    }
}
