package io.parallax.engine.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class OfferedHashTest {
    private static final OfferedHash FAST = new OfferedHash("fast", "42 -7");
    private static final OfferedHash SLOW = new OfferedHash("slow", "");

    @Test
    void takesTheFirstThatBothHave() {
        assertThat(OfferedHash.firstShared(List.of(FAST, SLOW), List.of(SLOW, FAST)))
                .contains("fast");
        assertThat(OfferedHash.firstShared(List.of(FAST, SLOW), List.of(SLOW))).contains("slow");
    }

    @Test
    void takesNoneOfWhichTheyMakeDifferentThings() {
        OfferedHash other = new OfferedHash("fast", "42 -8");
        assertThat(OfferedHash.firstShared(List.of(FAST, SLOW), List.of(other, SLOW)))
                .contains("slow");
        assertThat(OfferedHash.firstShared(List.of(FAST), List.of(other))).isEmpty();
    }
}
