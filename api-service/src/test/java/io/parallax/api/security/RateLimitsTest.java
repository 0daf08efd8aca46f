package io.parallax.api.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parallax.api.problems.ProblemException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RateLimitsTest {
    private final AtomicLong now = new AtomicLong();

    private static int taken(RateLimits limits, long key) {
        int taken = 0;
        try {
            while (taken < 10_000) {
                limits.take(key);
                taken++;
            }
        } catch (ProblemException e) {
            assertThat(e.status()).isEqualTo(429);
        }
        return taken;
    }

    @Test
    void givesEachKeyItsOwnCalls() {
        RateLimits limits = new RateLimits(10, now::get);
        assertThat(taken(limits, 1)).isEqualTo(20);
        assertThat(taken(limits, 2)).isEqualTo(20);
        assertThatThrownBy(() -> limits.take(1)).hasMessageContaining("more than 10 calls a second");
        now.addAndGet(500_000_000L);
        assertThat(taken(limits, 1)).isEqualTo(5);
        now.addAndGet(60_000_000_000L);
        assertThat(taken(limits, 1)).isEqualTo(20);
    }

    @Test
    void canBeOff() {
        assertThat(taken(new RateLimits(0, now::get), 1)).isEqualTo(10_000);
    }
}
