package io.parallax.engine.plan.dataset;

import io.parallax.contract.DiffFailedException;
import io.parallax.contract.ErrorType;
import io.parallax.engine.type.Column;
import io.parallax.engine.type.DescribedDataset;
import java.util.stream.Stream;

/** The column of a side that tells a row's time. */
final class TimeColumn {
    private TimeColumn() {}

    /**
     * The column of this name.
     *
     * @throws DiffFailedException when it is missing or holds no dates or timestamps
     */
    static Column of(DescribedDataset dataset, String name, String side) {
        Column column = dataset.column(name)
                .orElseThrow(() -> new DiffFailedException(
                        ErrorType.NO_SUCH_COLUMN, "The time column " + name + " is missing on side " + side + "."));
        try {
            Grants.require(dataset, Stream.of(column), "");
        } catch (DiffFailedException e) {
            throw e.at("Side " + side);
        }
        return switch (column.type().family()) {
            case DATE, TIMESTAMP, TIMESTAMPTZ -> column;
            default -> throw new DiffFailedException(
                    ErrorType.TYPE_MISMATCH,
                    "The time column " + name + " is of family " + column.type().familyName() + " on side " + side
                            + "; it must hold dates or timestamps.");
        };
    }
}
