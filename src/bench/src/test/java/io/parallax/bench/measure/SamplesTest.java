package io.parallax.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SamplesTest {
    @Test
    void ordersWhatCameInAnyOrder() {
        Samples samples = Samples.of(List.of(3.0, 1.0, 9.0));

        assertThat(samples.min()).isEqualTo(1);
        assertThat(samples.median()).isEqualTo(3);
        assertThat(samples.max()).isEqualTo(9);
    }

    @Test
    void takesTheMeanOfTheTwoInTheMiddle() {
        assertThat(Samples.of(List.of(4.0, 1.0, 2.0, 9.0)).median()).isEqualTo(3);
    }

    @Test
    void findsPercentiles() {
        Samples hundred = Samples.of(
                IntStream.rangeClosed(1, 100).mapToObj(Double::valueOf).toList());

        assertThat(hundred.percentile(95)).isEqualTo(95);
        assertThat(hundred.percentile(100)).isEqualTo(100);
        assertThat(Samples.of(List.of(7.0)).percentile(95)).isEqualTo(7);
    }

    @Test
    void refusesNothing() {
        assertThatThrownBy(() -> Samples.of(List.of())).hasMessage("nothing was measured");
    }
}
