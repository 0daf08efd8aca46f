package io.parallax.oracle;

import io.parallax.contract.Codec;
import io.parallax.contract.tally.DifferingRow;
import io.parallax.contract.tally.DifferingRow.Kind;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rows that a diff shows: of each kind as many as it counts, however the work was cut. */
final class ShownRows {
    /** Fewer than a task keeps of a kind, and than it has room for. */
    private static final long ALL_KEPT = 900;

    private static final long BYTES_KEPT = 500_000;

    private final Map<Kind, Long> counts = new EnumMap<>(Kind.class);
    private long bytes;

    void add(@Nullable List<DifferingRow> rows) {
        if (rows != null) {
            rows.forEach(row -> counts.merge(row.kind(), 1L, Long::sum));
            bytes += Codec.text(rows).length();
        }
    }

    void requireAll(Figures figures) {
        if (bytes < BYTES_KEPT) {
            require(Kind.VALUE, figures.rowsWithDifferences());
            require(Kind.EXCLUSIVE1, figures.exclusives().a());
            require(Kind.EXCLUSIVE2, figures.exclusives().b());
            require(Kind.DUPLICATE1, figures.dupes().a());
            require(Kind.DUPLICATE2, figures.dupes().b());
        }
    }

    private void require(Kind kind, long counted) {
        long shown = counts.getOrDefault(kind, 0L);
        if (counted < ALL_KEPT && shown != counted) {
            throw new IllegalArgumentException(counted + " rows are counted as " + kind + ", " + shown + " are shown");
        }
    }
}
