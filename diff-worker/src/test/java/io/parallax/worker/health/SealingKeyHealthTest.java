package io.parallax.worker.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.parallax.contract.message.Control;
import io.parallax.contract.seal.Seal;
import io.parallax.contract.seal.SealingKey;
import io.parallax.worker.source.SealCheck;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.Test;

class SealingKeyHealthTest {
    private final SealingKey ours = SealingKey.fromBase64(SealingKey.random());
    private final SealCheck check = new SealCheck(new Seal(ours));
    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 1);
    private final SealingKeyHealth health = new SealingKeyHealth(check, clock::get);

    private void hear(SealingKey key) {
        Seal seal = new Seal(key);
        check.hear(new Control.KeyCheck(seal.keyId(), seal.check(), 1));
    }

    @Test
    void whoHasHeardNothingYetIsNotReady() {
        assertThat(health.call().getStatus()).isEqualTo(Status.DOWN);
        hear(ours);
        assertThat(health.call().getStatus()).isEqualTo(Status.UP);
    }

    @Test
    void whoHasTheWrongKeyIsNotReadyHoweverLong() {
        hear(SealingKey.fromBase64(SealingKey.random()));
        assertThat(health.call().getStatus()).isEqualTo(Status.DOWN);
        clock.addAndGet(TimeUnit.HOURS.toNanos(1));
        assertThat(health.call().getStatus()).isEqualTo(Status.DOWN);
    }

    @Test
    void whereThereIsNoApiServiceNobodyWaitsForItForEver() {
        clock.addAndGet(TimeUnit.SECONDS.toNanos(36));
        assertThat(health.call().getStatus()).isEqualTo(Status.UP);
    }
}
