package io.parallax.engine.plan.cut;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KeyReservoirTest {
    @Test
    void takesAllThatHasRoom() {
        KeyReservoir reservoir = given(10, 100);

        assertThat(reservoir.step()).isEqualTo(1);
        assertThat(reservoir.keys()).hasSize(10).startsWith(List.of("0000", "xxxxxx"));
    }

    @Test
    void takesEveryOtherKeyOnceThereIsNoMoreRoom() {
        assertThat(numbers(given(11, 100))).containsExactly(0, 2, 4, 6, 8, 10);
        assertThat(numbers(given(45, 100))).containsExactly(0, 8, 16, 24, 32, 40);
        assertThat(given(45, 100).step()).isEqualTo(8);
    }

    @Test
    void takesOneKeyHoweverLong() {
        assertThat(numbers(given(1, 1))).containsExactly(0);
    }

    /** Keys of ten characters each. */
    private static KeyReservoir given(int keys, long mostCharacters) {
        KeyReservoir reservoir = new KeyReservoir(mostCharacters);
        IntStream.range(0, keys).forEach(i -> reservoir.add(List.of("%04d".formatted(i), "xxxxxx")));
        return reservoir;
    }

    private static List<Integer> numbers(KeyReservoir reservoir) {
        return reservoir.keys().stream().map(key -> Integer.valueOf(key.get(0))).toList();
    }
}
