package io.parallax.worker.health;

import io.parallax.worker.source.SealCheck;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** A worker whose keys do not open what the API service seals can do nothing but hand work back. */
@Readiness
@ApplicationScoped
public class SealingKeyHealth implements HealthCheck {
    private final SealCheck check;

    SealingKeyHealth(SealCheck check) {
        this.check = check;
    }

    @Override
    public HealthCheckResponse call() {
        Optional<String> wrong = check.wrongKey();
        return wrong.map(key -> HealthCheckResponse.named("diff-worker sealing key")
                        .down()
                        .withData("missing", key)
                        .build())
                .orElseGet(() -> HealthCheckResponse.up("diff-worker sealing key"));
    }
}
