package io.parallax.bench.table;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NumbersTest {
    private final Numbers numbers = new Numbers(new RowCount(1000));

    @Test
    void leavesOutOneOfEveryPart() {
        assertThat(numbers.last()).isEqualTo(1025);
        assertThat(numbers.regular()).isEqualTo("SELECT g FROM generate_series(1::bigint, 1025) g WHERE g % 41 <> 20");
        assertThat(numbers.onlyB()).isEqualTo("SELECT i * 41 + 20 AS g FROM generate_series(0::bigint, 24) i");
    }

    @Test
    void spreadsTheOthersElsewhere() {
        assertThat(numbers.onlyA()).startsWith("SELECT i * 41 + 10 AS g");
        assertThat(numbers.changed()).contains("i * 41 + 5 AS g", "i * 41 + 30 AS g");
    }
}
