package io.parallax.worker.health;

import io.parallax.worker.intake.Membership;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** A worker that Kafka gives no work, as it knows nothing of it yet, is not ready. */
@Readiness
@ApplicationScoped
public class MembershipHealth implements HealthCheck {
    /** Of jobs, of tasks and of control messages. */
    private static final int GROUPS = 3;

    private final Membership membership;

    MembershipHealth(Membership membership) {
        this.membership = membership;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("diff-worker consumer groups")
                .status(membership.in(GROUPS))
                .build();
    }
}
