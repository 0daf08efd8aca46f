package io.parallax.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProcessStatTest {
    @Test
    void readsTimesBehindAnyName() {
        ProcessStat stat = ProcessStat.parse("4711 (postgres: (a) b) S 42 4711 4711 0 -1 4194560 1 2 3 4 100 23 300 45"
                + " 20 0 1 0 12345 229376000 4096\n");

        assertThat(stat).isEqualTo(new ProcessStat(42, Duration.ofMillis(1230), Duration.ofMillis(3450)));
        assertThat(stat.total()).isEqualTo(Duration.ofMillis(4680));
    }
}
