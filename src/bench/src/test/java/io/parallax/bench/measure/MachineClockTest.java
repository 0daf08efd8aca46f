package io.parallax.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MachineClockTest {
    @Test
    void tellsBusyTimeFromAllOfIt() {
        MachineClock then = MachineClock.of("cpu  100 0 50 800 50 0 0 0 7 7");
        MachineClock now = MachineClock.of("cpu  120 5 55 860 60 0 0 0 99 99");
        assertThat(now.since(then)).isEqualTo(0.3);
        assertThat(now.since(now)).isZero();
    }
}
