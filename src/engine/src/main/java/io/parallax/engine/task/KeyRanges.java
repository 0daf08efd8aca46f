package io.parallax.engine.task;

import io.parallax.engine.dialect.ShortRanges;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Ranges of a single integer key, each a bucket whose number is its place.
 *
 * @param ranges in order, without a key in common
 */
public record KeyRanges(List<KeyRange> ranges) implements ShortRanges.Ranges {
    public KeyRanges {
        ranges = List.copyOf(ranges);
    }

    /** All keys of a segment: about equal parts of where its steps are, of which the outermost reach to its bounds. */
    public static KeyRanges of(Segment segment, Buckets.Steps steps) {
        int count = (int) Math.min(Buckets.MOST, steps.count());
        List<KeyRange> parts = new ArrayList<>(
                new KeyRange(steps.low(), steps.high()).parts(count).toList());
        long from = segment.from() == null
                ? Long.MIN_VALUE
                : Long.parseLong(segment.from().get(0));
        long to = segment.to() == null
                ? Long.MAX_VALUE
                : Long.parseLong(segment.to().get(0)) - 1;
        parts.set(0, new KeyRange(from, parts.get(0).last()));
        int end = parts.size() - 1;
        parts.set(end, new KeyRange(parts.get(end).first(), to));
        return new KeyRanges(parts);
    }

    /** Some of them, by their places. */
    public KeyRanges only(List<Long> places) {
        return new KeyRanges(places.stream()
                .sorted()
                .map(place -> ranges.get(place.intValue()))
                .toList());
    }

    /** The same keys, neighbours as one range. */
    public KeyRanges joined() {
        List<KeyRange> joined = new ArrayList<>();
        for (KeyRange range : ranges) {
            KeyRange before = joined.isEmpty() ? null : joined.get(joined.size() - 1);
            if (before != null && before.meets(range)) {
                joined.set(joined.size() - 1, new KeyRange(before.first(), range.last()));
            } else {
                joined.add(range);
            }
        }
        return new KeyRanges(joined);
    }

    @Override
    public LongStream firsts() {
        return ranges.stream().mapToLong(KeyRange::first);
    }

    @Override
    public LongStream lasts() {
        return ranges.stream().mapToLong(KeyRange::last);
    }
}
