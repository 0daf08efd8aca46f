package io.parallax.engine.plan.dataset;

import io.parallax.contract.DiffSpec;
import io.parallax.contract.TimeClip;
import io.parallax.engine.postgres.sql.Sql;
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
                .map(text -> column.type().family() == Family.TIMESTAMPTZ ? instant(text) : utc(instant(text)));
    }

    /** In UTC where it does not say, whatever the session's time zone. */
    private static String instant(String time) {
        return OFFSET.matcher(time).find()
                ? Sql.literal(time) + "::timestamptz"
                : utc(Sql.literal(time) + "::timestamp");
    }

    private static String utc(String time) {
        return "timezone('UTC', " + time + ")";
    }
}
