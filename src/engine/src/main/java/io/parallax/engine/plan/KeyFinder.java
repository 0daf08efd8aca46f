package io.parallax.engine.plan;

import io.parallax.contract.DiffFailedException;
import io.parallax.contract.DiffSpec;
import io.parallax.contract.ErrorType;
import io.parallax.contract.KeySearch;
import io.parallax.engine.schema.Column;
import io.parallax.engine.schema.ColumnPair;
import io.parallax.engine.schema.DescribedDataset;
import io.parallax.engine.schema.Index;
import io.parallax.engine.schema.SchemaMatch;
import io.parallax.engine.schema.Storage;
import io.parallax.engine.source.SessionPair;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * Finds a key that nobody named: the columns of the shortest constraint of either side that promises one, or else the
 * fewest columns whose values are unique and not NULL in the rows of side A, or of B where A has no row.
 */
final class KeyFinder {
    private final SessionPair pair;
    private final SessionPair.Both<DescribedDataset> datasets;
    private final List<ColumnPair> candidates;

    KeyFinder(SessionPair pair, SessionPair.Both<DescribedDataset> datasets, DiffSpec spec) {
        this.pair = pair;
        this.datasets = datasets;
        KeySearch search = Objects.requireNonNull(spec.keySearch());
        this.candidates = SchemaMatch.pairs(datasets.a(), datasets.b(), spec).stream()
                .filter(column -> !avoided(search, column.a()) && !avoided(search, column.b()))
                .limit(KeyRows.MOST_CANDIDATES)
                .toList();
    }

    private static boolean avoided(KeySearch search, Column column) {
        return search.avoidNames().contains(column.name())
                || search.avoidTypes().contains(column.type().name());
    }

    /**
     * The key's columns, by A's names.
     *
     * @throws DiffFailedException when there is none
     */
    List<String> find() {
        List<String> promised = promised(datasets.a(), ColumnPair::a)
                .or(() -> promised(datasets.b(), ColumnPair::b))
                .orElse(null);
        if (promised != null) {
            return promised;
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

    private Optional<List<String>> promised(DescribedDataset dataset, Function<ColumnPair, Column> own) {
        Storage storage = dataset.storage();
        return storage == null
                ? Optional.empty()
                : storage.indexes().stream()
                        .filter(Index::unique)
                        .sorted(Comparator.comparingInt(
                                (Index index) -> index.columns().size()))
                        .flatMap(index -> names(index, own).stream())
                        .findFirst();
    }

    /** A's names of an index' columns, if both sides have them all and none of them may be NULL. */
    private Optional<List<String>> names(Index index, Function<ColumnPair, Column> own) {
        List<String> names = index.columns().stream()
                .flatMap(name -> candidates.stream()
                        .filter(column -> own.apply(column).name().equals(name)
                                && own.apply(column).notNull()))
                .map(ColumnPair::name)
                .toList();
        return !names.isEmpty() && names.size() == index.columns().size() ? Optional.of(names) : Optional.empty();
    }
}
