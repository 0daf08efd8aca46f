package io.parallax.bench.table;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KnownTest {
    @Test
    void onlyScatteredTablesHaveExclusiveRows() {
        RowCount count = new RowCount(1000);

        assertThat(Known.of(count, Variant.SCATTERED, 50)).isEqualTo(new Known(1000, 25, 50));
        assertThat(Known.of(count, Variant.SCATTERED, 50).shared()).isEqualTo(975);
        assertThat(Known.of(count, Variant.EVERY_ROW, 1000)).isEqualTo(new Known(1000, 0, 1000));
    }
}
