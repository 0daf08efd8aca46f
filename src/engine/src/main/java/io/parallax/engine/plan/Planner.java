package io.parallax.engine.plan;

import com.fasterxml.jackson.databind.JsonNode;
import io.parallax.contract.Codec;
import io.parallax.contract.DiffSpec;
import io.parallax.contract.SourceDetails;
import io.parallax.contract.message.Plan;
import io.parallax.contract.tally.Effort;
import io.parallax.contract.tally.Tally;
import io.parallax.engine.Cancellation;
import io.parallax.engine.Planned;
import io.parallax.engine.Sizing;
import io.parallax.engine.compare.Basis;
import io.parallax.engine.compare.RangeColumn;
import io.parallax.engine.compare.Side;
import io.parallax.engine.postgres.Catalog;
import io.parallax.engine.postgres.Equality;
import io.parallax.engine.postgres.Hashing;
import io.parallax.engine.postgres.Probe;
import io.parallax.engine.schema.Column;
import io.parallax.engine.schema.ColumnPair;
import io.parallax.engine.schema.DescribedDataset;
import io.parallax.engine.schema.SchemaMatch;
import io.parallax.engine.source.SessionPair;
import io.parallax.engine.source.Sessions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Makes plans. */
public final class Planner {
    private final Sessions sessions;
    private final Sizing sizing;

    public Planner(Sessions sessions, Sizing sizing) {
        this.sessions = sessions;
        this.sizing = sizing;
    }

    /** The plan of a diff, from what both databases say about it now. */
    public Planned plan(DiffSpec spec, SourceDetails a, SourceDetails b, Cancellation cancellation) {
        long started = System.nanoTime();
        try (SessionPair pair = SessionPair.open(sessions, a, b, cancellation)) {
            SessionPair.Both<DescribedDataset> datasets =
                    pair.both(session -> new Catalog(session).describe(spec.a()), session -> new Catalog(session)
                            .describe(spec.b()));
            SchemaMatch match = SchemaMatch.of(datasets.a(), datasets.b(), spec);
            Segmentation.Segments segments = new Segmentation(sizing, pair, datasets, match).cut();
            Basis common = common(pair, datasets, match, segments.range());
            return new Planned(
                    new Plan(
                            match.comparison(),
                            match.key().stream().map(ColumnPair::name).toList(),
                            match.compared().stream().map(ColumnPair::name).toList(),
                            segments.algorithm(),
                            Codec.toJson(common),
                            segments.tasks().stream()
                                    .<JsonNode>map(Codec::toJson)
                                    .toList(),
                            Tally.zero(match.compared().size())),
                    new Effort(
                            0, 0, segments.keysSampled(), TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started)));
        }
    }

    private static Basis common(
            SessionPair pair, SessionPair.Both<DescribedDataset> datasets, SchemaMatch match, List<RangeKey> range) {
        SessionPair.Both<Probe> probes = pair.both(Probe::of);
        return new Basis(
                side(datasets.a(), match, ColumnPair::a, ColumnPair::b, range, RangeKey::a),
                side(datasets.b(), match, ColumnPair::b, ColumnPair::a, range, RangeKey::b),
                Hashing.choose(probes.a(), probes.b()),
                UniqueKey.isPromised(datasets.a(), match.key(), ColumnPair::a, ColumnPair::b)
                        || UniqueKey.isPromised(datasets.b(), match.key(), ColumnPair::b, ColumnPair::a));
    }

    private static Side side(
            DescribedDataset dataset,
            SchemaMatch match,
            Function<ColumnPair, Column> own,
            Function<ColumnPair, Column> other,
            List<RangeKey> range,
            Function<RangeKey, RangeColumn> ownRange) {
        return new Side(
                dataset.from(),
                dataset.filter(),
                match.key().stream()
                        .map(pair -> Equality.key(own.apply(pair), other.apply(pair)))
                        .toList(),
                match.compared().stream()
                        .map(pair -> Equality.value(own.apply(pair), other.apply(pair)))
                        .toList(),
                match.key().stream()
                        .filter(pair -> !own.apply(pair).notNull())
                        .map(pair -> Equality.nullTest(own.apply(pair), other.apply(pair)))
                        .toList(),
                range.stream().map(ownRange).toList());
    }
}
