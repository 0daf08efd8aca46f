package io.parallax.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import io.parallax.contract.message.Sample;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EstimateTest {
    @Test
    void scalesUp() {
        Estimate estimate = Estimate.of(10, 1000, new Sample(0.01, 95, 100_000));
        assertThat(estimate.value()).isEqualTo(10);
        assertThat(estimate.estimate()).isEqualTo(1000);
        // Clopper and Pearson, 10 of 1000: 0.4806% to 1.8314%.
        assertThat(estimate.interval()).isEqualTo(new Estimate.Interval(480, 1832));
    }

    @Test
    void knowsTheEnds() {
        assertThat(Estimate.of(0, 100, new Sample(0.1, 95, 1000)).interval()).isEqualTo(new Estimate.Interval(0, 37));
        assertThat(Estimate.of(100, 100, new Sample(0.1, 95, 1000)).interval().max())
                .isEqualTo(1000);
        assertThat(Estimate.of(0, 0, new Sample(0.1, 95, 1000)).interval()).isEqualTo(new Estimate.Interval(0, 1000));
        // What the sample has not seen cannot be fewer than nothing.
        assertThat(Estimate.of(5, 900, new Sample(0.9, 95, 1000)).interval().max())
                .isLessThanOrEqualTo(105);
    }

    /** Draws many samples and looks how often the true number is in the interval. */
    @ParameterizedTest
    @CsvSource({
        "10000, 0.05, 0, 95",
        "10000, 0.05, 3, 95",
        "10000, 0.05, 500, 95",
        "10000, 0.02, 5000, 99",
        "500, 0.5, 20, 90"
    })
    void holdsAsOftenAsItSays(int population, double ratio, int differing, double confidence) {
        SplittableRandom random = new SplittableRandom(2026);
        int holds = 0;
        int samples = 2000;
        for (int i = 0; i < samples; i++) {
            int compared = 0;
            int found = 0;
            for (int key = 0; key < population; key++) {
                if (random.nextDouble() < ratio) {
                    compared++;
                    found += key < differing ? 1 : 0;
                }
            }
            Estimate.Interval interval = Estimate.of(found, compared, new Sample(ratio, confidence, population))
                    .interval();
            holds += interval.min() <= differing && differing <= interval.max() ? 1 : 0;
        }
        assertThat(100.0 * holds / samples).isGreaterThanOrEqualTo(confidence - 1);
    }
}
