package io.parallax.api.security;

import io.parallax.api.requests.Timestamps;
import io.quarkus.hibernate.reactive.panache.PanacheRepository;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

/** The API keys in the store. */
@ApplicationScoped
public class ApiKeys implements PanacheRepository<ApiKey> {
    /** The valid key of this text, or null. */
    @WithSession
    public Uni<@Nullable ApiKey> valid(String key) {
        return find("hash = ?1 and revokedAt is null", ApiKey.hash(key)).firstResult();
    }

    /** Stores the first key; false when there is one already. */
    @WithTransaction
    public Uni<Boolean> addFirst(String key) {
        // Two services may start at once.
        return getSession()
                .flatMap(session -> session.createNativeQuery("lock table api_key in exclusive mode")
                        .executeUpdate())
                .flatMap(locked -> count())
                .flatMap(count -> count > 0
                        ? Uni.createFrom().item(false)
                        : persist(first(key)).replaceWith(true));
    }

    @WithSession
    public Uni<Boolean> none() {
        return count().map(count -> count == 0);
    }

    private static ApiKey first(String key) {
        ApiKey first = new ApiKey();
        first.name = "first";
        first.role = Role.ADMIN.word();
        first.hash = ApiKey.hash(key);
        first.createdAt = Timestamps.now();
        return first;
    }
}
