package io.parallax.api.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class QuietPeriodTest {
    @Test
    void beginsAnewWithEveryDisturbance() {
        QuietPeriod calm = new QuietPeriod();
        assertThat(calm.hasLasted(Duration.ZERO)).isTrue();
        assertThat(calm.hasLasted(Duration.ofHours(1))).isFalse();
        long start = System.nanoTime();
        while (System.nanoTime() - start < 5_000_000) {
            Thread.onSpinWait();
        }
        assertThat(calm.hasLasted(Duration.ofMillis(5))).isTrue();
        calm.disturbed();
        assertThat(calm.hasLasted(Duration.ofSeconds(10))).isFalse();
    }
}
