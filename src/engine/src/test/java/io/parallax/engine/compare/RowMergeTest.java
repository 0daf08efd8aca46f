package io.parallax.engine.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parallax.contract.tally.Sides;
import io.parallax.contract.tally.Tally;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

class RowMergeTest {
    @Test
    void countsExclusivesDuplicatesAndDifferences() {
        Tally tally = merged(
                List.of("1 a b", "2 a b", "2 a b", "3 a b", "4 a b", "6 a b"),
                List.of("0 a b", "1 a b", "2 a b", "3 a c", "4 x y", "5 a b", "5 a b", "6 a b", "6 a b"));

        assertThat(tally)
                .isEqualTo(new Tally(
                        Sides.of(6, 9),
                        Sides.ZERO,
                        Sides.of(2, 4),
                        Sides.of(5, 7),
                        Sides.of(0, 2),
                        3,
                        2,
                        List.of(1L, 2L)));
    }

    @Test
    void tellsNullFromAnything() {
        assertThat(merged(List.of("1 - -"), List.of("1 - x")).differencesPerColumn())
                .containsExactly(0L, 1L);
    }

    @Test
    void readsOneSideToItsEnd() {
        assertThat(merged(List.of(), List.of("1 a b", "2 a b")).exclusives()).isEqualTo(Sides.of(0, 2));
        assertThat(merged(List.of("1 a b", "2 a b"), List.of()).exclusives()).isEqualTo(Sides.of(2, 0));
    }

    @Test
    void noticesRowsOutOfOrder() {
        assertThatThrownBy(() -> merged(List.of("2 a b", "1 a b"), List.of())).hasMessageContaining("out of order");
    }

    @Test
    void ordersByCodePoints() {
        assertThat(KeyOrder.compare("\uFFFD", "\uD83D\uDE00")).isNegative();
        assertThat(KeyOrder.compare("\uD83D\uDE00", "\uD83D\uDE01")).isNegative();
        assertThat(KeyOrder.compare("\uD83D\uDE00", "z")).isPositive();
        assertThat(KeyOrder.compare("a", "ab")).isNegative();
        assertThat(KeyOrder.compare("é", "z")).isPositive();
        assertThat(KeyOrder.compare("a", "a")).isZero();
    }

    private static Tally merged(List<String> a, List<String> b) {
        Counts counts = new Counts(2);
        new RowMerge(1, 2, counts).merge(groups(a), groups(b));
        return counts.tally();
    }

    /** One row each: key and two values, {@code -} for NULL. */
    private static KeyGroups groups(List<String> rows) {
        Iterator<String[]> parsed = rows.stream()
                .map(row -> Arrays.stream(row.split(" "))
                        .map(value -> value.equals("-") ? null : value)
                        .toArray(String[]::new))
                .iterator();
        return new KeyGroups(() -> parsed.hasNext() ? parsed.next() : null, 1);
    }
}
