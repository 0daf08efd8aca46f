package io.parallax.engine.plan.dataset;

import io.parallax.contract.DiffSpec;
import io.parallax.contract.TimeClip;
import io.parallax.engine.dialect.Dialects;
import io.parallax.engine.dialect.Expressions;
import io.parallax.engine.type.Column;
import io.parallax.engine.type.DescribedDataset;
import io.parallax.engine.type.Family;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Keeps to the rows of some time. */
public final class Clipping {
    /** After a time of day. */
    private static final Pattern OFFSET = Pattern.compile("[T ]\\d.*([Zz]|[+-]\\d\\d\\S*)$");

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
        Expressions expressions = Dialects.of(dataset).expressions();
        String own = expressions.identifier(name);
        String bounds = Stream.of(
                        bound(expressions, column, clip.from()).map(from -> own + " >= " + from),
                        bound(expressions, column, clip.to()).map(to -> own + " < " + to))
                .flatMap(Optional::stream)
                .collect(Collectors.joining(" and "));
        return bounds.isEmpty() ? dataset : dataset.filteredBy(bounds);
    }

    private static Optional<String> bound(Expressions expressions, Column column, @Nullable String time) {
        return Optional.ofNullable(time)
                .map(text -> column.type().family() == Family.TIMESTAMPTZ
                        ? instant(expressions, text)
                        : utc(instant(expressions, text)));
    }

    /** In UTC where it does not say, whatever the session's time zone. */
    private static String instant(Expressions expressions, String time) {
        return OFFSET.matcher(time).find()
                ? expressions.literal(time) + "::timestamptz"
                : utc(expressions.literal(time) + "::timestamp");
    }

    private static String utc(String time) {
        return "timezone('UTC', " + time + ")";
    }
}
