package io.parallax.engine.plan.key;

import io.parallax.contract.KeySearch;
import io.parallax.contract.message.SourceQuestion;
import io.parallax.engine.dialect.Dialects;
import io.parallax.engine.session.Session;
import io.parallax.engine.type.Column;
import io.parallax.engine.type.ColumnPair;
import io.parallax.engine.type.DescribedDataset;
import java.util.List;
import java.util.stream.Collectors;

/** What could be a dataset's key, by its constraints, or else by some of its rows. */
public final class KeyGuess {
    private final Session session;
    private final DescribedDataset dataset;
    private final List<ColumnPair> columns;
    private final int sampleRows;

    public KeyGuess(Session session, DescribedDataset dataset, SourceQuestion.Keys question) {
        List<String> asked = question.columns();
        KeySearch avoided = question.avoided();
        this.session = session;
        this.dataset = dataset;
        this.columns = dataset.columns().stream()
                .filter(column -> asked == null || asked.contains(column.name()))
                .filter(column -> avoided == null
                        || !KeyFinder.avoided(avoided, Dialects.of(dataset).values(), column))
                .filter(Column::readable)
                .map(column -> new ColumnPair(column, column))
                .limit(KeyRows.MOST_CANDIDATES)
                .toList();
        this.sampleRows = question.sampleRows();
    }

    /** Likely ones first. */
    public List<List<String>> candidates() {
        List<List<String>> promised = PromisedKeys.of(dataset, columns, ColumnPair::a);
        if (!promised.isEmpty()) {
            return promised;
        }
        String names = columns.stream()
                .map(column -> Dialects.of(dataset).expressions().identifier(column.name()))
                .collect(Collectors.joining(", "));
        DescribedDataset sample = new DescribedDataset(
                dataset.dialect(),
                "(" + dataset.rows(names) + " limit " + sampleRows + ") s",
                null,
                dataset.columns(),
                null);
        return new KeyRows(session, sample, columns, ColumnPair::a, ColumnPair::b).keys();
    }
}
