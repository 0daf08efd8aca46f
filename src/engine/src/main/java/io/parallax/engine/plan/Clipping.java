package io.parallax.engine.plan;

import io.parallax.contract.DiffSpec;
import io.parallax.contract.TimeClip;
import io.parallax.engine.postgres.Sql;
import io.parallax.engine.schema.Column;
import io.parallax.engine.schema.DescribedDataset;
import io.parallax.engine.schema.Family;
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
        Column column = TimeColumn.of(dataset, name, side);
        String own = Sql.identifier(name);
        String bounds = Stream.of(
                        bound(column, clip.from()).map(from -> own + " >= " + from),
                        bound(column, clip.to()).map(to -> own + " < " + to))
                .flatMap(Optional::stream)
                .collect(Collectors.joining(" and "));
        return bounds.isEmpty() ? dataset : dataset.filteredBy(bounds);
    }

    private static Optional<String> bound(Column column, @Nullable String time) {
        return Optional.ofNullable(time)
                .map(text -> Sql.literal(text) + "::timestamptz")
                .map(instant -> column.type().family() == Family.TIMESTAMPTZ
                        ? instant
                        : "(" + instant + " at time zone 'UTC')");
    }
}
