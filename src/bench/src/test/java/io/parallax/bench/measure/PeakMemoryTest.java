package io.parallax.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class PeakMemoryTest {
    @Test
    void readsThePeakAlone() throws IOException {
        assertThat(PeakMemory.parse("Name:\tjava\nVmPeak:\t 9000000 kB\nVmHWM:\t  307200 kB\nVmRSS:\t  100 kB\n"))
                .isEqualTo(300);
    }

    @Test
    void saysWhenThereIsNone() {
        assertThatThrownBy(() -> PeakMemory.parse("Name:\tkthreadd\n"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("VmHWM");
    }
}
