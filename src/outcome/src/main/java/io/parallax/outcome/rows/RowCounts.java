package io.parallax.outcome.rows;

import io.parallax.contract.tally.DifferingRow;
import io.parallax.contract.tally.DifferingRow.Kind;
import io.parallax.contract.tally.Tally;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How many rows there are of each kind in which sides differ; a kind of which there is none is left out.
 *
 * @param byKind likewise
 */
public record RowCounts(Map<Kind, Long> byKind) {
    public RowCounts {
        byKind = Map.copyOf(byKind);
    }

    /** Of these rows. */
    public static RowCounts of(List<DifferingRow> rows) {
        return new RowCounts(rows.stream().collect(Collectors.groupingBy(DifferingRow::kind, Collectors.counting())));
    }

    /** Of all rows that differ. */
    public static RowCounts of(Tally tally) {
        Map<Kind, Long> counts = new EnumMap<>(Map.of(
                Kind.VALUE, tally.rowsWithDifferences(),
                Kind.EXCLUSIVE1, tally.exclusives().a(),
                Kind.EXCLUSIVE2, tally.exclusives().b(),
                Kind.DUPLICATE1, tally.dupes().a(),
                Kind.DUPLICATE2, tally.dupes().b()));
        counts.values().removeIf(count -> count == 0);
        return new RowCounts(counts);
    }

    /** Whether no more are kept of any kind than these, so that none of them would have to go. */
    public boolean areWithin(long mostPerKind) {
        return byKind.values().stream().allMatch(count -> count <= mostPerKind);
    }

    public boolean isEmpty() {
        return byKind.isEmpty();
    }
}
