package io.parallax.api.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parallax.api.problems.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RateLimitsTest {
    private final AtomicLong now = new AtomicLong();
    private final List<Allowance> told = new ArrayList<>();

    private int taken(RateLimits limits, long key) {
        int taken = 0;
        try {
            while (taken < 10_000) {
                limits.take(key, told::add);
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
        assertThatThrownBy(() -> limits.take(1, told::add)).hasMessageContaining("more than 10 calls a second");
        now.addAndGet(500_000_000L);
        assertThat(taken(limits, 1)).isEqualTo(5);
        now.addAndGet(60_000_000_000L);
        assertThat(taken(limits, 1)).isEqualTo(20);
    }

    @Test
    void tellsWhatIsLeft() {
        RateLimits limits = new RateLimits(10, now::get);
        assertThat(taken(limits, 1)).isEqualTo(20);
        assertThat(told).extracting(Allowance::limit).containsOnly(20L);
        assertThat(told)
                .extracting(Allowance::remaining)
                .startsWith(19L, 18L, 17L)
                .endsWith(1L, 0L, 0L);
        assertThat(told).extracting(Allowance::resetSeconds).startsWith(1L).endsWith(2L, 1L);
        assertThat(told).extracting(Allowance::taken).endsWith(true, false);
    }

    @Test
    void aRateBelowOneLetsThroughOneAtLeast() {
        RateLimits limits = new RateLimits(0.1, now::get);
        assertThat(taken(limits, 1)).isEqualTo(1);
        assertThat(told.get(1).resetSeconds()).isEqualTo(10);
        now.addAndGet(10_000_000_000L);
        assertThat(taken(limits, 1)).isEqualTo(1);
    }

    @Test
    void canBeOff() {
        assertThat(taken(new RateLimits(0, now::get), 1)).isEqualTo(10_000);
        assertThat(told).isEmpty();
    }
}
