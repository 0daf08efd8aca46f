package io.parallax.outcome.rows;

import static org.assertj.core.api.Assertions.assertThat;

import io.parallax.contract.Codec;
import io.parallax.contract.tally.DifferingRow;
import io.parallax.contract.tally.DifferingRow.Kind;
import io.parallax.contract.tally.Sides;
import io.parallax.contract.tally.Tally;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RowCountsTest {
    private static final Tally THREE =
            new Tally(Sides.of(10, 9), Sides.ZERO, Sides.ZERO, Sides.of(10, 9), Sides.of(1, 0), 9, 2, List.of(2L));

    private static DifferingRow row(Kind kind) {
        return new DifferingRow(
                kind, 1, Codec.mapper().createObjectNode(), Codec.mapper().createObjectNode());
    }

    @Test
    void kindsWithoutARowAreLeftOut() {
        assertThat(RowCounts.of(THREE).byKind()).isEqualTo(Map.of(Kind.VALUE, 2L, Kind.EXCLUSIVE1, 1L));
        assertThat(RowCounts.of(Tally.zero(1)).isEmpty()).isTrue();
    }

    @Test
    void rowsAreAllWhereTheirCountsAreTheTallys() {
        List<DifferingRow> all = List.of(row(Kind.EXCLUSIVE1), row(Kind.VALUE), row(Kind.VALUE));
        assertThat(RowCounts.of(all)).isEqualTo(RowCounts.of(THREE));
        assertThat(RowCounts.of(all.subList(0, 2))).isNotEqualTo(RowCounts.of(THREE));
    }

    @Test
    void nothingHasToGoWhileNoKindHasMoreThanAreKept() {
        assertThat(RowCounts.of(THREE).areWithin(2)).isTrue();
        assertThat(RowCounts.of(THREE).areWithin(1)).isFalse();
    }
}
