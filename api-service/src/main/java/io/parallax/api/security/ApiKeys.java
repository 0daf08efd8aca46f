package io.parallax.api.security;

import io.parallax.api.problems.ProblemException;
import io.parallax.outcome.answer.Timestamps;
import io.quarkus.hibernate.reactive.panache.PanacheRepository;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.quarkus.panache.common.Sort;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The API keys in the store. */
@ApplicationScoped
public class ApiKeys implements PanacheRepository<ApiKey> {
    private final Pool store;

    ApiKeys(Pool store) {
        this.store = store;
    }

    /** Whose key this text is and what it may do, as it stands in the store; null when it is none, or revoked. */
    Uni<@Nullable KnownKey> valid(String key) {
        return store.preparedQuery("select id, role from api_key where hash = $1 and revoked_at is null")
                .execute(Tuple.of(Buffer.buffer(ApiKey.hash(key))))
                .map(rows -> {
                    for (Row row : rows) {
                        return new KnownKey(row.getLong(0), Role.of(row.getString(1)));
                    }
                    return null;
                });
    }

    /** The hashes of all valid keys, as {@link InvalidKeys#hash} writes them. */
    Uni<Set<String>> hashes() {
        return store.query("select encode(hash, 'hex') from api_key where revoked_at is null")
                .execute()
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> row.getString(0))
                        .collect(Collectors.toSet()));
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
                        : persist(made("first", Role.ADMIN, null, key)).replaceWith(true));
    }

    /** Stores a new key. */
    @WithTransaction
    Uni<ApiKey> add(String name, Role role, @Nullable Integer maxActiveDiffs, String key) {
        return persistAndFlush(made(name, role, maxActiveDiffs, key));
    }

    /**
     * Has so many of a key's diffs begun at a time, null for as many as come.
     *
     * @throws ProblemException (404) when there is none
     */
    @WithTransaction
    Uni<ApiKey> limit(long id, @Nullable Integer maxActiveDiffs) {
        return existing(id).invoke(key -> key.maxActiveDiffs = maxActiveDiffs).call(key -> flush());
    }

    /**
     * One that is there.
     *
     * @throws ProblemException (404) when there is none
     */
    @WithSession
    Uni<ApiKey> existing(long id) {
        return findById(id).onItem().ifNull().failWith(() -> ProblemException.notFound("API key", id));
    }

    @WithSession
    Uni<List<ApiKey>> all() {
        return listAll(Sort.by("id"));
    }

    /**
     * Revokes a key for good.
     *
     * @throws ProblemException (404) when there is none, (409) when nobody could make another one
     */
    @WithTransaction
    Uni<Void> revoke(long id) {
        // Two may be revoked at once.
        return getSession()
                .flatMap(session -> session.createNativeQuery("lock table api_key in exclusive mode")
                        .executeUpdate())
                .flatMap(locked -> existing(id))
                .call(key -> count("role = ?1 and revokedAt is null and id <> ?2", Role.ADMIN.word(), id)
                        .invoke(others -> {
                            if (others == 0 && key.role.equals(Role.ADMIN.word()) && key.revokedAt == null) {
                                throw new ProblemException(
                                        409, "This is the last key with the role admin; make another one first.");
                            }
                        }))
                .invoke(key -> key.revokedAt = key.revokedAt == null ? Timestamps.now() : key.revokedAt)
                .call(key -> flush())
                .replaceWithVoid();
    }

    @WithSession
    public Uni<Boolean> none() {
        return count().map(count -> count == 0);
    }

    private static ApiKey made(String name, Role role, @Nullable Integer maxActiveDiffs, String key) {
        ApiKey made = new ApiKey();
        made.name = name;
        made.role = role.word();
        made.maxActiveDiffs = maxActiveDiffs;
        made.hash = ApiKey.hash(key);
        made.createdAt = Timestamps.now();
        return made;
    }
}
