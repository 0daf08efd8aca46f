package io.parallax.engine.plan.key;

import io.parallax.engine.type.Column;
import io.parallax.engine.type.ColumnPair;
import io.parallax.engine.type.DescribedDataset;
import io.parallax.engine.type.Equality;
import io.parallax.engine.type.Storage;
import java.util.List;
import java.util.function.Function;

/** Whether a database promises that no key occurs twice, in the sense of our Equality. */
public final class UniqueKey {
    private UniqueKey() {}

    public static boolean isPromised(
            DescribedDataset dataset,
            List<ColumnPair> key,
            Function<ColumnPair, Column> own,
            Function<ColumnPair, Column> other) {
        Storage storage = dataset.storage();
        // Columns whose different values may be equal to us cannot keep a promise.
        List<String> reliable = key.stream()
                .filter(pair -> Equality.keepsApart(
                        own.apply(pair).type(), other.apply(pair).type()))
                .map(pair -> own.apply(pair).name())
                .toList();
        return storage != null
                && storage.indexes().stream()
                        .anyMatch(index -> index.unique() && reliable.containsAll(index.columns()));
    }
}
