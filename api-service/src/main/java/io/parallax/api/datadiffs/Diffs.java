package io.parallax.api.datadiffs;

import io.parallax.api.problems.ProblemException;
import io.parallax.api.requests.Paging;
import io.quarkus.hibernate.reactive.panache.PanacheRepository;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.quarkus.panache.common.Page;
import io.quarkus.panache.common.Sort;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** The diffs in the store. */
@ApplicationScoped
public class Diffs implements PanacheRepository<Diff> {
    private static final int FIRST_PLAN = 1;

    /** Stores a new diff, together with its planning job in the ledger. */
    @WithTransaction
    Uni<Diff> add(Diff diff) {
        diff.plan = FIRST_PLAN;
        diff.status = DiffStatus.WAITING.word();
        return persistAndFlush(diff).call(stored -> getSession().flatMap(session -> session.createNativeQuery(
                        "insert into ledger_task (diff, plan, stage, task) values (:diff, :plan, 0, 0)")
                .setParameter("diff", stored.id)
                .setParameter("plan", stored.plan)
                .executeUpdate()));
    }

    @WithSession
    Uni<DiffPage> page(Paging paging) {
        return count().flatMap(count -> findAll(Sort.descending("id"))
                .page(Page.of(paging.page() - 1, paging.pageSize()))
                .list()
                .map(diffs -> DiffPage.of(count, paging, diffs)));
    }

    /**
     * The diff of this id.
     *
     * @throws ProblemException (404) when there is none
     */
    @WithSession
    Uni<Diff> existing(long id) {
        return findById(id).onItem().ifNull().failWith(() -> ProblemException.notFound("diff", id));
    }

    /** The diff of this id, with its progress. */
    @WithSession
    Uni<DiffObject> withProgress(long id) {
        return existing(id).flatMap(diff -> results(diff)
                .map(results -> DiffObject.of(diff, DiffObject.Progress.of(diff, results))));
    }

    private Uni<Long> results(Diff diff) {
        return getSession().flatMap(session -> session.createNativeQuery(
                        "select count(*) from ledger_result where diff = :diff and plan = :plan", Long.class)
                .setParameter("diff", diff.id)
                .setParameter("plan", diff.plan)
                .getSingleResult());
    }
}
