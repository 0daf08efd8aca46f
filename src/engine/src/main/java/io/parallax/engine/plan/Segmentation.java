package io.parallax.engine.plan;

import io.parallax.engine.Sizing;
import io.parallax.engine.compare.Buckets;
import io.parallax.engine.compare.TaskBody;
import io.parallax.engine.postgres.RowEstimate;
import io.parallax.engine.schema.DescribedDataset;
import io.parallax.engine.schema.SchemaMatch;
import io.parallax.engine.source.SessionPair;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** How the key space is cut into tasks: not at all, by ranges, or by the key's hash. */
final class Segmentation {
    private final Sizing sizing;
    private final SessionPair pair;
    private final SessionPair.Both<DescribedDataset> datasets;
    private final SchemaMatch match;
    private List<RangeKey> range = List.of();
    private long keysSampled;
    private String algorithm = "one segment";

    Segmentation(Sizing sizing, SessionPair pair, SessionPair.Both<DescribedDataset> datasets, SchemaMatch match) {
        this.sizing = sizing;
        this.pair = pair;
        this.datasets = datasets;
        this.match = match;
    }

    /** The tasks; every non-NULL key belongs to exactly one, and the first counts the NULL ones. */
    List<TaskBody> tasks() {
        SessionPair.Both<Double> rows = pair.both(
                session -> RowEstimate.of(session, datasets.a()), session -> RowEstimate.of(session, datasets.b()));
        long segments = segments(rows.a() + rows.b());
        if (segments == 1) {
            return slices(1, rows);
        }
        List<RangeKey> usable = RangeKeys.of(datasets.a(), datasets.b(), match);
        if (usable.isEmpty()) {
            return slices((int) Math.min(segments, sizing.maxHashSlices()), rows);
        }
        range = usable;
        return ranges(new Sampling(usable, segments));
    }

    List<RangeKey> range() {
        return range;
    }

    long keysSampled() {
        return keysSampled;
    }

    /** How the rows are found, in words. */
    String algorithm() {
        return algorithm;
    }

    private long segments(double rows) {
        return (long) Math.max(1, Math.min(sizing.maxSegments(), Math.ceil(rows / sizing.segmentRows())));
    }

    private List<TaskBody> slices(int count, SessionPair.Both<Double> rows) {
        algorithm = count == 1 ? algorithm : "hash slices";
        double rowsPerSlice = Math.max(rows.a(), rows.b()) / count;
        Buckets buckets = Buckets.byHash((long) Math.ceil(rowsPerSlice / sizing.bucketRows()));
        return IntStream.range(0, count)
                .mapToObj(i ->
                        new TaskBody(null, null, count == 1 ? null : new TaskBody.Slice(i, count), buckets, i == 0))
                .toList();
    }

    private List<TaskBody> ranges(Sampling sampling) {
        SessionPair.Both<KeySample> samples = pair.both(
                session -> sampling.draw(session, datasets.a(), RangeKey::sampleA),
                session -> sampling.draw(session, datasets.b(), RangeKey::sampleB));
        keysSampled = (long) samples.a().keys().size() + samples.b().keys().size();
        List<WeighedKey> ordered = sampling.ordered(pair.a(), samples);
        List<List<String>> cuts =
                Cuts.of(ordered, segments(samples.a().rows() + samples.b().rows()));
        algorithm = "key ranges";
        double rowsPerSegment = Math.max(samples.a().rows(), samples.b().rows()) / (cuts.size() + 1);
        long buckets = (long) Math.max(1, Math.min(Buckets.MOST, Math.ceil(rowsPerSegment / sizing.bucketRows())));
        List<TaskBody> tasks = new ArrayList<>();
        for (int i = 0; i <= cuts.size(); i++) {
            List<String> from = i == 0 ? null : cuts.get(i - 1);
            List<String> to = i == cuts.size() ? null : cuts.get(i);
            tasks.add(new TaskBody(from, to, null, buckets(from, to, ordered, buckets), i == 0));
        }
        return tasks;
    }

    private Buckets buckets(
            @Nullable List<String> from, @Nullable List<String> to, List<WeighedKey> ordered, long count) {
        boolean steps = match.key().size() == 1 && range.get(0).steps() && !ordered.isEmpty();
        if (!steps) {
            return Buckets.byHash(count);
        }
        long least = Long.parseLong(ordered.get(0).key().get(0));
        long greatest = Long.parseLong(ordered.get(ordered.size() - 1).key().get(0));
        long low = from == null ? least : Long.parseLong(from.get(0));
        long high = to == null ? greatest : Long.parseLong(to.get(0)) - 1;
        return Buckets.bySteps(steps(low, Math.max(low, high), count));
    }

    private static Buckets.Steps steps(long low, long high, long count) {
        BigInteger span = BigInteger.valueOf(high).subtract(BigInteger.valueOf(low));
        BigInteger width = span.divide(BigInteger.valueOf(count)).add(BigInteger.ONE);
        return new Buckets.Steps(
                low, high, width.min(BigInteger.valueOf(Long.MAX_VALUE)).longValueExact());
    }
}
