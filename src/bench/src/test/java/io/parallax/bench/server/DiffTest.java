package io.parallax.bench.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DiffTest {
    @Test
    void asksLessOftenTheLongerItTakes() {
        assertThat(Diff.pause(Duration.ofMillis(50))).isEqualTo(Duration.ofMillis(4));
        assertThat(Diff.pause(Duration.ofSeconds(2))).isEqualTo(Duration.ofMillis(80));
        assertThat(Diff.pause(Duration.ofSeconds(60))).isEqualTo(Duration.ofMillis(100));
    }
}
