package io.parallax.engine.plan.cut;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class QuantilesTest {
    @Test
    void cutsIntoPartsOfEqualRows() {
        assertThat(cuts(2, "a b c d")).containsExactly("c");
        assertThat(cuts(4, "a b c d")).containsExactly("b", "c", "d");
        assertThat(cuts(9, "a b c d")).containsExactly("b", "c", "d");
        assertThat(cuts(1, "a b c d")).isEmpty();
    }

    @Test
    void cutsNeverInsideOfOneKey() {
        assertThat(cuts(2, "a a a a a a b c d e")).containsExactly("b");
        assertThat(cuts(5, "a a a a a a b c d e")).containsExactly("b", "d");
        assertThat(cuts(3, "a a a")).isEmpty();
    }

    @Test
    void weighsBothSidesByTheirRows() {
        List<WeighedKey> ordered = List.of(
                new WeighedKey(List.of("a"), 1), new WeighedKey(List.of("b"), 10), new WeighedKey(List.of("c"), 1));

        assertThat(Quantiles.of(ordered, 2)).containsExactly(List.of("c"));
    }

    @Test
    void doesNotCutNothing() {
        assertThat(Quantiles.of(List.of(), 5)).isEmpty();
    }

    private static List<String> cuts(long parts, String keys) {
        List<WeighedKey> ordered = Arrays.stream(keys.split(" "))
                .map(key -> new WeighedKey(List.of(key), 1))
                .toList();
        return Quantiles.of(ordered, parts).stream().map(key -> key.get(0)).toList();
    }
}
