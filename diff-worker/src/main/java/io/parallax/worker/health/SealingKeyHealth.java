package io.parallax.worker.health;

import io.parallax.worker.source.SealCheck;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * A worker whose keys do not open what the API service seals can do nothing but hand work back; one that has not heard yet by
 * which it seals may be such a one. Where there is no API service for long there is nothing that it could do wrong.
 */
@Readiness
@Singleton
public class SealingKeyHealth implements HealthCheck {
    /** Longer than it takes until the API service says again by which key it seals. */
    private static final Duration PATIENCE = Duration.ofSeconds(35);

    private final SealCheck check;
    private final LongSupplier nanoTime;
    private final long started;

    @Inject
    SealingKeyHealth(SealCheck check) {
        this(check, System::nanoTime);
    }

    SealingKeyHealth(SealCheck check, LongSupplier nanoTime) {
        this.check = check;
        this.nanoTime = nanoTime;
        this.started = nanoTime.getAsLong();
    }

    @Override
    public HealthCheckResponse call() {
        if (check.verdict() == SealCheck.Verdict.UNHEARD && nanoTime.getAsLong() - started < PATIENCE.toNanos()) {
            return HealthCheckResponse.down("diff-worker sealing key");
        }
        Optional<String> wrong = check.wrongKey();
        return wrong.map(key -> HealthCheckResponse.named("diff-worker sealing key")
                        .down()
                        .withData("missing", key)
                        .build())
                .orElseGet(() -> HealthCheckResponse.up("diff-worker sealing key"));
    }
}
