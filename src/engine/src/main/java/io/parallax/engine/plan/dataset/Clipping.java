package io.parallax.engine.plan.dataset;

import io.parallax.contract.DiffSpec;
import io.parallax.contract.TimeClip;
import io.parallax.engine.dialect.Dialect;
import io.parallax.engine.dialect.Dialects;
import io.parallax.engine.type.Column;
import io.parallax.engine.type.DescribedDataset;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Keeps to the rows of some time. */
public final class Clipping {
    private Clipping() {}

    /** Side A, clipped as asked for. */
    public static DescribedDataset a(DescribedDataset dataset, DiffSpec spec) {
        TimeClip clip = spec.clip();
        return clip == null ? dataset : clipped(dataset, clip, clip.column(), "A");
    }

    /** Side B, clipped as asked for. */
    public static DescribedDataset b(DescribedDataset dataset, DiffSpec spec) {
        TimeClip clip = spec.clip();
        return clip == null ? dataset : clipped(dataset, clip, spec.nameOnB(clip.column()), "B");
    }

    private static DescribedDataset clipped(DescribedDataset dataset, TimeClip clip, String name, String side) {
        Column column = TimeColumn.of(dataset, name, side);
        Dialect dialect = Dialects.of(dataset);
        String own = dialect.expressions().identifier(name);
        String bounds = Stream.of(
                        bound(dialect, column, clip.from()).map(from -> own + " >= " + from),
                        bound(dialect, column, clip.to()).map(to -> own + " < " + to))
                .flatMap(Optional::stream)
                .collect(Collectors.joining(" and "));
        return bounds.isEmpty() ? dataset : dataset.filteredBy(bounds);
    }

    private static Optional<String> bound(Dialect dialect, Column column, @Nullable String time) {
        return Optional.ofNullable(time).map(text -> dialect.times().moment(text, column));
    }
}
