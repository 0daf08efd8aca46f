package io.parallax.api.startup;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.VertxContextSupport;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Looks at the start whether the store and this replica's connections to it go together. */
@ApplicationScoped
public class StoreCheck {
    private static final Logger LOG = Logger.getLogger(StoreCheck.class);
    private static final int BEFORE_ANYTHING_IS_ASKED = 50;

    private static final String LOOK =
            """
            select current_setting('max_connections')::int as most,
                   current_setting('superuser_reserved_connections')::int
                       + coalesce(current_setting('reserved_connections', true)::int, 0) as reserved,
                   r.rolconnlimit as of_role, d.datconnlimit as of_database,
                   (select sum(numbackends) from pg_stat_database)::int as taken,
                   current_setting('enable_seqscan')::bool as seqscan
            from pg_roles r, pg_database d where r.rolname = current_user and d.datname = current_database()""";

    private final Pool store;
    private final int connections;
    private final Pooler pooler;

    StoreCheck(
            Pool store,
            @ConfigProperty(name = "quarkus.datasource.reactive.max-size") int connections,
            @ConfigProperty(name = "parallax.store.pooler") String pooler) {
        this.store = store;
        this.connections = connections;
        this.pooler = Pooler.of(pooler);
    }

    void look(@Observes @Priority(BEFORE_ANYTHING_IS_ASKED) StartupEvent event) throws Throwable {
        Row row = VertxContextSupport.subscribeAndAwait(
                () -> store.query(LOOK).execute().map(rows -> rows.iterator().next()));
        if (pooler == Pooler.TRANSACTION) {
            behindAPooler(row.getBoolean("seqscan"));
        } else {
            directly(new StoreCapacity(
                    row.getInteger("most"),
                    row.getInteger("reserved"),
                    row.getInteger("of_role"),
                    row.getInteger("of_database"),
                    // One of them is ours.
                    row.getInteger("taken") - 1));
        }
    }

    private void directly(StoreCapacity capacity) {
        capacity.refusal(connections).ifPresent(why -> {
            throw new IllegalStateException(why);
        });
        capacity.warning(connections)
                .ifPresentOrElse(
                        LOG::warn,
                        () -> LOG.infof(
                                "This replica opens up to %d connections of %d that the store takes; %d are open.",
                                connections, capacity.ours(), capacity.taken()));
    }

    private static void behindAPooler(boolean seqscan) {
        LOG.info("A pooler stands before the store: each statement is planned anew.");
        if (seqscan) {
            LOG.warn("Sessions behind a pooler keep no settings: have the store's role keep them, by"
                    + " alter role ... set enable_seqscan = off and alter role ... set jit = off.");
        }
    }
}
