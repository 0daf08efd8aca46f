package io.parallax.worker.health;

import io.parallax.worker.work.Heartbeat;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** Our own liveness: a long scan is no illness, a stopped timer is. */
@Liveness
@ApplicationScoped
public class HeartbeatCheck implements HealthCheck {
    private final Heartbeat heartbeat;

    HeartbeatCheck(Heartbeat heartbeat) {
        this.heartbeat = heartbeat;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("diff-worker heartbeat")
                .status(heartbeat.beating())
                .build();
    }
}
