package io.parallax.engine.plan;

import io.parallax.contract.DiffFailedException;
import io.parallax.contract.DiffSpec;
import io.parallax.contract.ErrorType;
import io.parallax.contract.TimeClip;
import io.parallax.engine.postgres.Sql;
import io.parallax.engine.schema.Column;
import io.parallax.engine.schema.DescribedDataset;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Keeps to the rows of some time. */
final class Clipping {
    private Clipping() {}

    /** Side A, clipped as asked for. */
    static DescribedDataset a(DescribedDataset dataset, DiffSpec spec) {
        TimeClip clip = spec.clip();
        return clip == null ? dataset : clipped(dataset, clip, clip.column(), "A");
    }

    /** Side B, clipped as asked for. */
    static DescribedDataset b(DescribedDataset dataset, DiffSpec spec) {
        TimeClip clip = spec.clip();
        return clip == null ? dataset : clipped(dataset, clip, spec.nameOnB(clip.column()), "B");
    }

    private static DescribedDataset clipped(DescribedDataset dataset, TimeClip clip, String name, String side) {
        Column column = dataset.column(name)
                .orElseThrow(() -> new DiffFailedException(
                        ErrorType.NO_SUCH_COLUMN, "The time column " + name + " is missing on side " + side + "."));
        String own = Sql.identifier(name);
        String bounds = Stream.of(
                        Optional.ofNullable(bound(column, clip.from(), side)).map(from -> own + " >= " + from),
                        Optional.ofNullable(bound(column, clip.to(), side)).map(to -> own + " < " + to))
                .flatMap(Optional::stream)
                .collect(Collectors.joining(" and "));
        return bounds.isEmpty() ? dataset : dataset.filteredBy(bounds);
    }

    private static @Nullable String bound(Column column, @Nullable String time, String side) {
        String instant = time == null ? null : Sql.literal(time) + "::timestamptz";
        return switch (column.type().family()) {
            case TIMESTAMPTZ -> instant;
            case DATE, TIMESTAMP -> instant == null ? null : "(" + instant + " at time zone 'UTC')";
            default -> throw new DiffFailedException(
                    ErrorType.TYPE_MISMATCH,
                    "The time column " + column.name() + " is of family "
                            + column.type().familyName() + " on side " + side + "; it must hold dates or timestamps.");
        };
    }
}
