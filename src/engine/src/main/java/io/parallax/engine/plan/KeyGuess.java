package io.parallax.engine.plan;

import io.parallax.engine.schema.ColumnPair;
import io.parallax.engine.schema.DescribedDataset;
import io.parallax.engine.source.Session;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What could be a dataset's key, by its constraints, or else by some of its rows. */
final class KeyGuess {
    private final Session session;
    private final DescribedDataset dataset;
    private final List<ColumnPair> columns;
    private final int sampleRows;

    /** {@code columns}: those that may be in it; null for all. */
    KeyGuess(Session session, DescribedDataset dataset, @Nullable List<String> columns, int sampleRows) {
        this.session = session;
        this.dataset = dataset;
        this.columns = dataset.columns().stream()
                .filter(column -> columns == null || columns.contains(column.name()))
                .map(column -> new ColumnPair(column, column))
                .limit(KeyRows.MOST_CANDIDATES)
                .toList();
        this.sampleRows = sampleRows;
    }

    /** Likely ones first. */
    List<List<String>> candidates() {
        List<List<String>> promised = PromisedKeys.of(dataset, columns, ColumnPair::a);
        if (!promised.isEmpty()) {
            return promised;
        }
        DescribedDataset sample = new DescribedDataset(
                "(select * from " + dataset.from() + " limit " + sampleRows + ") s", null, dataset.columns(), null);
        return new KeyRows(session, sample, columns, ColumnPair::a, ColumnPair::b).keys();
    }
}
