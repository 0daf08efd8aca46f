package io.parallax.api.health;

import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Without the store nothing can be answered. */
@Readiness
@ApplicationScoped
public class StoreHealth implements AsyncHealthCheck {
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final Pool store;

    StoreHealth(Pool store) {
        this.store = store;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return store.query("select 1")
                .execute()
                .ifNoItem()
                .after(PATIENCE)
                .fail()
                .map(rows -> HealthCheckResponse.up("store"))
                .onFailure()
                .recoverWithItem(HealthCheckResponse.down("store"));
    }
}
