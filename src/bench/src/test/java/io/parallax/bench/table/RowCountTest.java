package io.parallax.bench.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class RowCountTest {
    @Test
    void isWrittenAsItIsRead() {
        assertThat(RowCount.parse("25M")).isEqualTo(new RowCount(25_000_000)).hasToString("25m");
        assertThat(RowCount.parse("1500K")).isEqualTo(new RowCount(1_500_000)).hasToString("1500k");
        assertThat(RowCount.parse("1025")).isEqualTo(new RowCount(1025)).hasToString("1025");
    }

    @Test
    void refusesWhatCannotBeMade() {
        assertThatThrownBy(() -> RowCount.parse("999")).hasMessageContaining("at least 1000");
        assertThatThrownBy(() -> RowCount.parse("1001")).hasMessageContaining("steps of 25");
        assertThatThrownBy(() -> RowCount.parse("m")).hasMessageContaining("not m");
        assertThatThrownBy(() -> RowCount.parse("99999999999999999m")).hasMessageContaining("100k or 5m");
    }
}
