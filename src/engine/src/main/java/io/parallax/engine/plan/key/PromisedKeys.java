package io.parallax.engine.plan.key;

import io.parallax.engine.type.Column;
import io.parallax.engine.type.ColumnPair;
import io.parallax.engine.type.DescribedDataset;
import io.parallax.engine.type.Index;
import io.parallax.engine.type.Storage;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Keys that a database promises: the columns of its unique indexes, none of which may be NULL. */
final class PromisedKeys {
    private PromisedKeys() {}

    /**
     * The keys by the names of side A, those of few columns first.
     *
     * @param candidates the columns that may be in them
     * @param own a pair's column in this dataset
     */
    static List<List<String>> of(
            DescribedDataset dataset, List<ColumnPair> candidates, Function<ColumnPair, Column> own) {
        Storage storage = dataset.storage();
        return storage == null
                ? List.of()
                : storage.indexes().stream()
                        .filter(Index::unique)
                        .sorted(Comparator.comparingInt(
                                (Index index) -> index.columns().size()))
                        .flatMap(index -> names(index, candidates, own).stream())
                        .distinct()
                        .toList();
    }

    private static Optional<List<String>> names(
            Index index, List<ColumnPair> candidates, Function<ColumnPair, Column> own) {
        List<String> names = index.columns().stream()
                .flatMap(name -> candidates.stream()
                        .filter(column -> own.apply(column).name().equals(name)
                                && own.apply(column).notNull()))
                .map(ColumnPair::name)
                .toList();
        return !names.isEmpty() && names.size() == index.columns().size() ? Optional.of(names) : Optional.empty();
    }
}
