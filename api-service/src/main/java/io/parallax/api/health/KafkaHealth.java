package io.parallax.api.health;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Tells Kafka's state; without Kafka, diffs are still taken and polled, so the service stays up. */
@Readiness
@ApplicationScoped
public class KafkaHealth implements HealthCheck {
    private final KafkaState kafka;

    KafkaHealth(KafkaState kafka) {
        this.kafka = kafka;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("kafka")
                .up()
                .withData("reachable", kafka.reachable())
                .build();
    }
}
