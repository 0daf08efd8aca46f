package io.parallax.engine.plan.cut;

import io.parallax.contract.Hints;
import io.parallax.engine.dialect.Cutting;
import io.parallax.engine.dialect.Dialects;
import io.parallax.engine.dialect.Expressions;
import io.parallax.engine.session.Session;
import io.parallax.engine.session.SessionPair;
import io.parallax.engine.task.Buckets;
import io.parallax.engine.task.HashBuckets;
import io.parallax.engine.task.PlanContext;
import io.parallax.engine.task.RangeColumn;
import io.parallax.engine.task.Segment;
import io.parallax.engine.task.Sizing;
import io.parallax.engine.task.TaskBody;
import io.parallax.engine.task.Throughput;
import io.parallax.engine.type.Column;
import io.parallax.engine.type.ColumnPair;
import io.parallax.engine.type.DescribedDataset;
import io.parallax.engine.type.SchemaMatch;
import io.parallax.engine.type.Storage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Cuts a diff into tasks: not at all, by key ranges, into physical pieces, or by the key's hash. */
public final class Segmentation {
    /** Scattered reads by an index are worth so many scans, as they need no further stage. */
    private static final double WORTH_OF_RANGES = 4.5;

    /** Of so many, each time may be there in each. */
    private static final long MOST_TIMED_BUCKETS = 64;

    /** Enough to measure, whatever a page costs. */
    private static final double SAMPLE_BYTES = 1 << 20;

    private final Sizing sizing;
    private final boolean asked;
    private final long mostBuckets;
    private final SessionPair pair;
    private final SessionPair.Both<DescribedDataset> datasets;
    private final SchemaMatch match;
    private final SessionPair.Both<Double> rows;
    private SessionPair.@Nullable Both<Cutting.Estimate> costs;

    /**
     * Of two datasets.
     *
     * @param hints how the client would have it; null for no matter how
     * @param timed whether each bucket's rows are told apart by time as well
     */
    public Segmentation(
            Sizing sizing,
            @Nullable Hints hints,
            boolean timed,
            SessionPair pair,
            SessionPair.Both<DescribedDataset> datasets,
            SchemaMatch match) {
        this.sizing = sizing.with(hints);
        this.mostBuckets = timed ? MOST_TIMED_BUCKETS : Buckets.MOST;
        this.asked = hints != null && hints.buckets() != null;
        this.pair = pair;
        this.datasets = datasets;
        this.match = match;
        this.rows = isKnownToBeSmall()
                ? new SessionPair.Both<>(known(datasets.a()), known(datasets.b()))
                : new SessionPair.Both<>(costs().a().rows(), costs().b().rows());
    }

    /** Without a question, as it is asked of most diffs. */
    private boolean isKnownToBeSmall() {
        return known(datasets.a()) + known(datasets.b()) <= sizing.smallRows();
    }

    /** How many rows there are where the catalog alone tells; not a number where it does not. */
    private static double known(DescribedDataset dataset) {
        Storage storage = dataset.storage();
        return storage == null || dataset.filter() != null ? Double.NaN : storage.rows();
    }

    private SessionPair.Both<Cutting.Estimate> costs() {
        SessionPair.Both<Cutting.Estimate> known = costs;
        if (known == null) {
            known = pair.both(
                    session -> estimate(session, datasets.a(), "1"), session -> estimate(session, datasets.b(), "1"));
            costs = known;
        }
        return known;
    }

    /**
     * The tasks. Every non-NULL key belongs to exactly one, or its row to exactly one piece.
     *
     * @param algorithm how they find the rows, in words
     * @param range the columns that they are cut by; empty when by none
     * @param tasks the first stage's
     * @param pieces the physical pieces that they are cut into; null when they are not
     * @param keysSampled how many keys it took to know where to cut
     */
    public record Segments(
            String algorithm,
            List<RangeKey> range,
            List<TaskBody> tasks,
            PlanContext.@Nullable Pieces pieces,
            long keysSampled) {}

    /** Whether it is small enough to be compared at once. */
    public boolean isSmall() {
        return rows.a() + rows.b() <= sizing.smallRows();
    }

    /** All in one. */
    public Segment whole() {
        return Segment.whole(Buckets.byHash(buckets(mostRows())), allRows());
    }

    /** What draws a small part of each side; null where a side is no table. */
    public SessionPair.@Nullable Both<String> samples() {
        Storage a = datasets.a().storage();
        Storage b = datasets.b().storage();
        return a == null || b == null ? null : new SessionPair.Both<>(sample(datasets.a(), a), sample(datasets.b(), b));
    }

    private static String sample(DescribedDataset dataset, Storage storage) {
        double share = Math.min(1.0, SAMPLE_BYTES / Math.max(1, storage.bytes()));
        return Dialects.of(dataset).cutting().sampled(share);
    }

    /**
     * How a diff that is not small is cut.
     *
     * @param mayShareSnapshots when all tasks can see the same
     * @param hashed whether hashes of rows and keys can be relied on
     */
    public Segments cut(boolean unique, boolean mayShareSnapshots, boolean hashed, Throughput throughput) {
        TaskSize size = new TaskSize(throughput, asked);
        long segments = segments(rows.a() + rows.b(), size);
        if (segments == 1) {
            return single();
        }
        boolean mayBePieces = mayShareSnapshots && hashed && Pieces.arePossible(datasets);
        List<RangeKey> range = mayBePieces && sizing.approach() == Sizing.Approach.PIECES
                ? List.of()
                : RangeKeys.of(datasets.a(), datasets.b(), match);
        if (!range.isEmpty()) {
            Segments ranges = ranges(range, new Sampling(range, segments), size);
            if (!mayBePieces || sizing.approach() == Sizing.Approach.SEGMENTS || areCheap(ranges)) {
                return ranges;
            }
        }
        if (!hashed) {
            return single();
        }
        return mayBePieces && sizing.approach() != Sizing.Approach.SEGMENTS ? pieces(unique, size) : slices(segments);
    }

    /** All in one task. */
    public Segments single() {
        return new Segments("one segment", List.of(), List.of(whole()), null, 0);
    }

    private Segments pieces(boolean unique, TaskSize size) {
        PlanContext.Pieces pieces = Pieces.of(datasets, rows, sizing.pieceRows(), size);
        HashBuckets hashBuckets = HashBuckets.first(mostRows(), sizing.bucketRows());
        return new Segments("pieces", List.of(), Pieces.stage(pieces, hashBuckets, unique, true), pieces, 0);
    }

    /** Each costs a scan of both sides, so there are few. */
    private Segments slices(long segments) {
        int count = (int) Math.min(segments, sizing.maxHashSlices());
        Buckets buckets = Buckets.byHash(buckets(mostRows() / count));
        List<TaskBody> tasks = IntStream.range(0, count)
                .<TaskBody>mapToObj(i -> new Segment(
                        null,
                        null,
                        count == 1 ? null : new Segment.Slice(i, count),
                        buckets,
                        i == 0,
                        allRows() / count))
                .toList();
        return new Segments("hash slices", List.of(), tasks, null, 0);
    }

    private long segments(double rows, TaskSize size) {
        double wanted = Math.ceil(rows / size.rows(sizing.segmentRows(), rows));
        return (long) Math.max(1, Math.min(sizing.maxSegments(), wanted));
    }

    private Segments ranges(List<RangeKey> range, Sampling sampling, TaskSize size) {
        SessionPair.Both<KeySample> samples = pair.both(
                session -> sampling.draw(session, datasets.a(), RangeKey::sampleA),
                session -> sampling.draw(session, datasets.b(), RangeKey::sampleB));
        List<WeighedKey> ordered = sampling.ordered(pair.a(), samples);
        double rows = samples.a().rows() + samples.b().rows();
        List<List<String>> cuts = Quantiles.of(ordered, segments(rows, size));
        long buckets = buckets(Math.max(samples.a().rows(), samples.b().rows()) / (cuts.size() + 1));
        boolean integers = match.key().size() == 1 && range.get(0).steps() && !ordered.isEmpty();
        IntegerKeys keys = integers ? new IntegerKeys(ordered) : null;
        List<TaskBody> tasks = new ArrayList<>();
        for (int i = 0; i <= cuts.size(); i++) {
            List<String> from = i == 0 ? null : cuts.get(i - 1);
            List<String> to = i == cuts.size() ? null : cuts.get(i);
            Buckets cut = keys == null ? Buckets.byHash(buckets) : keys.buckets(from, to, buckets);
            tasks.add(new Segment(from, to, null, cut, i == 0, (long) rows / (cuts.size() + 1)));
        }
        return new Segments("key ranges", range, tasks, null, ordered.size());
    }

    /** Whether an index reaches the ranges about as cheaply as a scan reaches all, as the databases see it. */
    private boolean areCheap(Segments ranges) {
        Segment middle = (Segment) ranges.tasks().get(ranges.tasks().size() / 2);
        SessionPair.Both<Double> ofRange = pair.both(
                session -> cost(session, datasets.a(), middle, ranges.range(), RangeKey::a, ColumnPair::a),
                session -> cost(session, datasets.b(), middle, ranges.range(), RangeKey::b, ColumnPair::b));
        double byRange = (ofRange.a() + ofRange.b()) * ranges.tasks().size();
        return byRange <= WORTH_OF_RANGES * (costs().a().cost() + costs().b().cost());
    }

    private static Cutting.Estimate estimate(Session session, DescribedDataset dataset, String columns) {
        return Dialects.of(dataset).cutting().estimate(session, dataset.rows(columns));
    }

    /** Of the columns that a fingerprint takes: an index alone may hold them all, or not. */
    private double cost(
            Session session,
            DescribedDataset dataset,
            Segment segment,
            List<RangeKey> range,
            Function<RangeKey, RangeColumn> own,
            Function<ColumnPair, Column> ownColumn) {
        Expressions expressions = Dialects.of(dataset).expressions();
        String columns = Stream.concat(match.key().stream(), match.compared().stream())
                .map(pair -> expressions.identifier(ownColumn.apply(pair).name()))
                .collect(Collectors.joining(", "));
        String bounds = segment.bounds(range.stream().map(own).toList(), expressions);
        return estimate(session, dataset.filteredBy(bounds), columns).cost();
    }

    /** Of the larger side, as estimated. */
    public double mostRows() {
        return Math.max(rows.a(), rows.b());
    }

    private long allRows() {
        return (long) (rows.a() + rows.b());
    }

    private long buckets(double rowsOfOneSide) {
        return (long) Math.max(1, Math.min(mostBuckets, Math.ceil(rowsOfOneSide / sizing.bucketRows())));
    }
}
