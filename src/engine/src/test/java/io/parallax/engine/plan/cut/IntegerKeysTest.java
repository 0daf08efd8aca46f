package io.parallax.engine.plan.cut;

import static org.assertj.core.api.Assertions.assertThat;

import io.parallax.engine.task.Buckets;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class IntegerKeysTest {
    @Test
    void tellsEvenKeysFromSkewedOnes() {
        assertThat(keys(LongStream.range(0, 100)).areEvenBetween(0, 99)).isTrue();
        assertThat(keys(LongStream.range(0, 100)).areEvenBetween(0, 1_000_000)).isFalse();
        assertThat(keys(LongStream.concat(LongStream.range(0, 30), LongStream.of(Long.MAX_VALUE)))
                        .areEvenBetween(Long.MIN_VALUE, Long.MAX_VALUE))
                .isFalse();
        assertThat(keys(LongStream.of(1, 2, 3)).areEvenBetween(0, 1_000_000)).isTrue();
        assertThat(keys(LongStream.range(0, 100).map(i -> 7)).areEvenBetween(7, 7))
                .isFalse();
    }

    @Test
    void stepsOverAnyRange() {
        assertThat(Buckets.Steps.of(0, 99, 10).width()).isEqualTo(10);
        assertThat(Buckets.Steps.of(5, 5, 10).width()).isEqualTo(1);
        assertThat(Buckets.Steps.of(Long.MIN_VALUE, Long.MAX_VALUE, 1).width()).isEqualTo(Long.MAX_VALUE);
        assertThat(Buckets.Steps.of(Long.MIN_VALUE, Long.MAX_VALUE, 1 << 16).width())
                .isEqualTo(1L << 48);
    }

    private static IntegerKeys keys(LongStream keys) {
        List<WeighedKey> ordered = keys.mapToObj(key -> new WeighedKey(List.of(String.valueOf(key)), 1))
                .toList();
        return new IntegerKeys(ordered);
    }
}
