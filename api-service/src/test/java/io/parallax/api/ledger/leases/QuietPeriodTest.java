package io.parallax.api.ledger.leases;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class QuietPeriodTest {
    @Test
    void beginsAnewWithEveryDisturbance() {
        QuietPeriod quiet = new QuietPeriod();
        assertThat(quiet.hasLasted(Duration.ZERO)).isTrue();
        assertThat(quiet.hasLasted(Duration.ofHours(1))).isFalse();
        long start = System.nanoTime();
        while (System.nanoTime() - start < 5_000_000) {
            Thread.onSpinWait();
        }
        assertThat(quiet.hasLasted(Duration.ofMillis(5))).isTrue();
        quiet.disturbed();
        assertThat(quiet.hasLasted(Duration.ofSeconds(10))).isFalse();
    }
}
