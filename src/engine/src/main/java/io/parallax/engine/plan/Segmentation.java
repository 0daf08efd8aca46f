package io.parallax.engine.plan;

import io.parallax.engine.Sizing;
import io.parallax.engine.compare.Buckets;
import io.parallax.engine.compare.TaskBody;
import io.parallax.engine.postgres.RowEstimate;
import io.parallax.engine.schema.DescribedDataset;
import io.parallax.engine.schema.SchemaMatch;
import io.parallax.engine.source.SessionPair;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Cuts the key space into tasks: not at all, by ranges, or by the key's hash. */
final class Segmentation {
    private final Sizing sizing;
    private final SessionPair pair;
    private final SessionPair.Both<DescribedDataset> datasets;
    private final SchemaMatch match;

    Segmentation(Sizing sizing, SessionPair pair, SessionPair.Both<DescribedDataset> datasets, SchemaMatch match) {
        this.sizing = sizing;
        this.pair = pair;
        this.datasets = datasets;
        this.match = match;
    }

    /**
     * The tasks. Every non-NULL key belongs to exactly one, and the first counts the NULL ones.
     *
     * @param algorithm how they find the rows, in words
     * @param range the columns that they are cut by; empty when by none
     * @param keysSampled how many keys it took to know where to cut
     */
    record Segments(String algorithm, List<RangeKey> range, List<TaskBody> tasks, long keysSampled) {}

    Segments cut() {
        SessionPair.Both<Double> rows = pair.both(
                session -> RowEstimate.of(session, datasets.a()), session -> RowEstimate.of(session, datasets.b()));
        long segments = segments(rows.a() + rows.b());
        if (segments == 1) {
            return new Segments("one segment", List.of(), slices(1, rows), 0);
        }
        List<RangeKey> range = RangeKeys.of(datasets.a(), datasets.b(), match);
        if (range.isEmpty()) {
            int slices = (int) Math.min(segments, sizing.maxHashSlices());
            return new Segments("hash slices", range, slices(slices, rows), 0);
        }
        return ranges(range, new Sampling(range, segments));
    }

    private long segments(double rows) {
        return (long) Math.max(1, Math.min(sizing.maxSegments(), Math.ceil(rows / sizing.segmentRows())));
    }

    private List<TaskBody> slices(int count, SessionPair.Both<Double> rows) {
        Buckets buckets = Buckets.byHash(buckets(Math.max(rows.a(), rows.b()) / count));
        return IntStream.range(0, count)
                .mapToObj(i ->
                        new TaskBody(null, null, count == 1 ? null : new TaskBody.Slice(i, count), buckets, i == 0))
                .toList();
    }

    private Segments ranges(List<RangeKey> range, Sampling sampling) {
        SessionPair.Both<KeySample> samples = pair.both(
                session -> sampling.draw(session, datasets.a(), RangeKey::sampleA),
                session -> sampling.draw(session, datasets.b(), RangeKey::sampleB));
        List<WeighedKey> ordered = sampling.ordered(pair.a(), samples);
        List<List<String>> cuts =
                Cuts.of(ordered, segments(samples.a().rows() + samples.b().rows()));
        long buckets = buckets(Math.max(samples.a().rows(), samples.b().rows()) / (cuts.size() + 1));
        boolean integers = match.key().size() == 1 && range.get(0).steps() && !ordered.isEmpty();
        IntegerKeys keys = integers ? new IntegerKeys(ordered) : null;
        List<TaskBody> tasks = new ArrayList<>();
        for (int i = 0; i <= cuts.size(); i++) {
            List<String> from = i == 0 ? null : cuts.get(i - 1);
            List<String> to = i == cuts.size() ? null : cuts.get(i);
            Buckets cut = keys == null ? Buckets.byHash(buckets) : keys.buckets(from, to, buckets);
            tasks.add(new TaskBody(from, to, null, cut, i == 0));
        }
        return new Segments("key ranges", range, tasks, ordered.size());
    }

    private long buckets(double rowsOfOneSide) {
        return (long) Math.max(1, Math.min(Buckets.MOST, Math.ceil(rowsOfOneSide / sizing.bucketRows())));
    }
}
