package io.parallax.engine.plan.key;

import io.parallax.contract.DiffFailedException;
import io.parallax.contract.DiffSpec;
import io.parallax.contract.ErrorType;
import io.parallax.contract.KeySearch;
import io.parallax.engine.dialect.Dialects;
import io.parallax.engine.dialect.Values;
import io.parallax.engine.session.SessionPair;
import io.parallax.engine.type.Column;
import io.parallax.engine.type.ColumnPair;
import io.parallax.engine.type.DescribedDataset;
import io.parallax.engine.type.SchemaMatch;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Finds a key that nobody named: the columns of the shortest constraint of either side that promises one, or else the
 * fewest columns whose values are unique and not NULL in the rows of side A, or of B where A has no row.
 */
public final class KeyFinder {
    private final SessionPair pair;
    private final SessionPair.Both<DescribedDataset> datasets;
    private final List<ColumnPair> candidates;

    public KeyFinder(SessionPair pair, SessionPair.Both<DescribedDataset> datasets, DiffSpec spec) {
        this.pair = pair;
        this.datasets = datasets;
        KeySearch search = Objects.requireNonNull(spec.keySearch());
        this.candidates = SchemaMatch.pairs(datasets.a(), datasets.b(), spec).stream()
                .filter(column -> !avoided(search, Dialects.of(datasets.a()).values(), column.a())
                        && !avoided(search, Dialects.of(datasets.b()).values(), column.b()))
                .filter(column -> column.a().readable() && column.b().readable())
                .limit(KeyRows.MOST_CANDIDATES)
                .toList();
    }

    /** Whether a key is not to have this column. */
    static boolean avoided(KeySearch search, Values values, Column column) {
        return search.avoidNames().stream().anyMatch(column.name()::equalsIgnoreCase)
                || search.avoidTypes().stream().anyMatch(type -> values.called(column.type(), type));
    }

    /**
     * The key's columns, by A's names.
     *
     * @throws DiffFailedException when there is none
     */
    public List<String> find() {
        List<List<String>> promised = Stream.concat(
                        PromisedKeys.of(datasets.a(), candidates, ColumnPair::a).stream(),
                        PromisedKeys.of(datasets.b(), candidates, ColumnPair::b).stream())
                .toList();
        if (!promised.isEmpty()) {
            return promised.get(0);
        }
        List<String> found = new KeyRows(pair.a(), datasets.a(), candidates, ColumnPair::a, ColumnPair::b).key();
        if (found == null) {
            found = new KeyRows(pair.b(), datasets.b(), candidates, ColumnPair::b, ColumnPair::a).key();
        }
        if (found == null || found.isEmpty()) {
            throw new DiffFailedException(
                    ErrorType.UNSUPPORTED,
                    "No key was found: neither a constraint on columns that both sides have, nor up to "
                            + KeyRows.MOST_COLUMNS
                            + " of these whose values are unique and not NULL. Name pk_columns.");
        }
        return found;
    }
}
