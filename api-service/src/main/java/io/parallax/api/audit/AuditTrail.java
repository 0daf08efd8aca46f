package io.parallax.api.audit;

import io.parallax.api.requests.Paging;
import io.parallax.api.security.Caller;
import io.parallax.outcome.answer.Timestamps;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;
import org.jspecify.annotations.Nullable;

/** Takes down every call that may change something, with whoever made it and how it ended; never what was sent. */
@ApplicationScoped
public class AuditTrail {
    private static final Logger LOG = Logger.getLogger(AuditTrail.class);
    private static final String ADD =
            "insert into audit (user_id, method, path, status, address) values ($1, $2, $3, $4, $5)";

    private static final Set<String> CHANGING = Set.of("POST", "PATCH", "PUT", "DELETE");

    private final Pool store;
    private final Caller caller;
    private final HttpServerRequest http;
    private final Duration retention;

    AuditTrail(
            Pool store,
            Caller caller,
            HttpServerRequest http,
            @ConfigProperty(name = "parallax.audit.retention", defaultValue = "365d") Duration retention) {
        this.store = store;
        this.caller = caller;
        this.http = http;
        this.retention = retention;
    }

    /** A call that somebody made. */
    public record Entry(long userId, String method, String path, int status, @Nullable String address) {
        private Tuple tuple() {
            return Tuple.of(userId, method, path, status, address);
        }
    }

    /** The call at hand, which is going to end like that. */
    public Entry entry(int status) {
        return new Entry(caller.id(), http.method().name(), http.path(), status, address());
    }

    private @Nullable String address() {
        return http.remoteAddress() == null ? null : http.remoteAddress().hostAddress();
    }

    /**
     * Takes down the calls that {@code rows} has, a query of the same statement, where they have a method: a query to be one
     * more of its kind. {@link Caller#onRecord} keeps them from being taken down twice.
     */
    public static String recorded(String rows) {
        return """
                recorded as (
                    insert into audit (user_id, method, path, status, address)
                    select user_id, method, path, code, address from %s where method is not null
                )"""
                .formatted(rows);
    }

    /** Before the answer goes out, so that nobody knows of a change that is not on record. */
    @ServerResponseFilter
    public @Nullable Uni<Void> record(ContainerRequestContext request, ContainerResponseContext response) {
        if (!CHANGING.contains(request.getMethod()) || !caller.isKnown() || caller.isOnRecord()) {
            return null;
        }
        Entry entry = new Entry(
                caller.id(), request.getMethod(), request.getUriInfo().getPath(), response.getStatus(), address());
        return store.preparedQuery(ADD)
                .execute(entry.tuple())
                .replaceWithVoid()
                .onFailure()
                .invoke(failure -> LOG.errorf(
                        "Not on record: user %d, %s %s, %d: %s",
                        entry.userId(), entry.method(), entry.path(), entry.status(), failure.getMessage()))
                .onFailure()
                .recoverWithNull();
    }

    /** What is on record, newest first. */
    Uni<AuditPage> page(Paging paging) {
        return store.query("select count(*) from audit")
                .execute()
                .map(rows -> rows.iterator().next().getLong(0))
                .chain(count -> store.preparedQuery(
                                """
                                select id, at, user_id, method, path, status, address from audit
                                order by id desc limit $1 offset $2""")
                        .execute(Tuple.of(paging.pageSize(), paging.offset()))
                        .map(rows -> AuditPage.of(count, paging, entries(rows))));
    }

    private static List<AuditPage.Entry> entries(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false)
                .map(row -> new AuditPage.Entry(
                        row.getLong("id"),
                        Timestamps.utc(row.getOffsetDateTime("at")),
                        row.getLong("user_id"),
                        row.getString("method"),
                        row.getString("path"),
                        row.getInteger("status"),
                        row.getString("address")))
                .toList();
    }

    /** Forgets what is old. */
    public Uni<Void> sweep() {
        return store.preparedQuery("delete from audit where at < now() - $1 * interval '1 second'")
                .execute(Tuple.of((double) retention.toSeconds()))
                .replaceWithVoid();
    }
}
