package io.parallax.engine.plan;

import io.parallax.contract.DiffSpec;
import io.parallax.contract.Hints;
import io.parallax.contract.TimeBuckets;
import io.parallax.engine.dialect.Dialects;
import io.parallax.engine.dialect.Values;
import io.parallax.engine.plan.cut.RangeKey;
import io.parallax.engine.plan.dataset.TimeExpression;
import io.parallax.engine.plan.key.UniqueKey;
import io.parallax.engine.plan.probe.Trust;
import io.parallax.engine.row.WireColumn;
import io.parallax.engine.session.SessionPair;
import io.parallax.engine.task.CountingPhase;
import io.parallax.engine.task.JsonTexts;
import io.parallax.engine.task.PlanContext;
import io.parallax.engine.task.RangeColumn;
import io.parallax.engine.task.SidePlan;
import io.parallax.engine.task.Snapshots;
import io.parallax.engine.task.Staging;
import io.parallax.engine.task.ValueRule;
import io.parallax.engine.type.Column;
import io.parallax.engine.type.ColumnPair;
import io.parallax.engine.type.DescribedDataset;
import io.parallax.engine.type.SchemaMatch;
import io.parallax.engine.type.Storage;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What tasks will share, before it is known how they are cut. */
public record PlanContextBuilder(
        SessionPair.Both<DescribedDataset> datasets,
        SchemaMatch match,
        Trust trust,
        boolean unique,
        boolean together,
        @Nullable List<ValueRule> rules,
        DiffSpec spec,
        @Nullable CountingPhase pass,
        @Nullable Staging staging) {
    static PlanContextBuilder of(
            SessionPair pair,
            SessionPair.Both<DescribedDataset> datasets,
            SchemaMatch match,
            Trust trust,
            DiffSpec spec,
            @Nullable CountingPhase pass,
            boolean oneDatabase,
            @Nullable String temporary) {
        List<ValueRule> rules = ValueRules.of(spec.rules(), match, datasets.a());
        boolean uniqueA = UniqueKey.isPromised(datasets.a(), match.key(), ColumnPair::a, ColumnPair::b);
        boolean uniqueB = UniqueKey.isPromised(datasets.b(), match.key(), ColumnPair::b, ColumnPair::a);
        return new PlanContextBuilder(
                datasets,
                match,
                trust,
                uniqueA || uniqueB,
                oneDatabase
                        && trust.hashes()
                        && trust.tellsApart()
                        // The database would count what the rules forgive.
                        && rules == null
                        && pass == null
                        && spec.timeBuckets() == null
                        && spec.compareDuplicates() == null
                        && !StagingPlanner.isWished(spec)
                        && uniqueA
                        && uniqueB
                        && match.compared().size() <= PlanContext.MOST_JOINED_COLUMNS
                        && Dialects.of(pair.a()).shortRanges().isPresent()
                        && Dialects.catalog(pair.a()).sharesSnapshots(),
                rules,
                spec,
                pass,
                StagingPlanner.of(spec, match, Dialects.of(datasets.a()).values(), temporary));
    }

    public PlanContext of(List<RangeKey> range, @Nullable Snapshots snapshots, PlanContext.@Nullable Pieces pieces) {
        Hints hints = spec.hints();
        return new PlanContext(
                side(
                        datasets.a(),
                        ColumnPair::a,
                        ColumnPair::b,
                        range,
                        RangeKey::a,
                        spec.a().settings(),
                        time(datasets.a(), name -> name, "A")),
                side(
                        datasets.b(),
                        ColumnPair::b,
                        ColumnPair::a,
                        range,
                        RangeKey::b,
                        spec.b().settings(),
                        time(datasets.b(), spec::nameOnB, "B")),
                match.key().stream().map(ColumnPair::name).toList(),
                match.compared().stream().map(ColumnPair::name).toList(),
                trust.hash(),
                unique,
                together,
                snapshots,
                pieces,
                rules,
                trust.hashes() ? hints == null ? null : hints.search() : Hints.Search.ROWS,
                pass,
                spec.compareDuplicates(),
                staging);
    }

    private SidePlan side(
            DescribedDataset dataset,
            Function<ColumnPair, Column> own,
            Function<ColumnPair, Column> other,
            List<RangeKey> range,
            Function<RangeKey, RangeColumn> ownRange,
            @Nullable Map<String, String> settings,
            @Nullable String time) {
        Values values = Dialects.of(dataset).values();
        return new SidePlan(
                dataset.from(),
                dataset.filter(),
                match.key().stream()
                        .map(pair -> values.key(own.apply(pair), other.apply(pair)))
                        .toList(),
                match.compared().stream()
                        .map(pair -> values.value(own.apply(pair), other.apply(pair)))
                        .toList(),
                comparable(values, own, other),
                match.key().stream()
                        .map(pair -> sentKey(values, pair, own, other))
                        .toList(),
                IntStream.range(0, match.compared().size())
                        .mapToObj(i -> sentValue(values, i, own, other))
                        .toList(),
                match.key().stream()
                        .filter(pair -> !own.apply(pair).notNull())
                        .map(pair -> values.isNull(own.apply(pair), other.apply(pair)))
                        .toList(),
                range.stream().map(ownRange).toList(),
                // Short ranges are not told apart by time, and their lists compare no rows of repeated keys and hold no
                // values.
                time == null && spec.compareDuplicates() == null && staging == null && seeks(dataset, range),
                match.key().stream()
                        .map(pair -> values.lookup(own.apply(pair), other.apply(pair)))
                        .toList(),
                settings,
                time,
                jsonTexts(values, own, other),
                Dialects.nameInPlans(dataset.dialect()));
    }

    /** Null for none. */
    private @Nullable List<JsonTexts> jsonTexts(
            Values values, Function<ColumnPair, Column> own, Function<ColumnPair, Column> other) {
        List<JsonTexts> all = Stream.concat(
                        match.key().stream().flatMap(pair -> jsonTexts(values, pair, own, other, true)),
                        match.compared().stream().flatMap(pair -> jsonTexts(values, pair, own, other, false)))
                .toList();
        return all.isEmpty() ? null : all;
    }

    private static Stream<JsonTexts> jsonTexts(
            Values values,
            ColumnPair pair,
            Function<ColumnPair, Column> own,
            Function<ColumnPair, Column> other,
            boolean ofKey) {
        return Stream.ofNullable(values.isNoJsonb(own.apply(pair), other.apply(pair)))
                .map(isNoJsonb -> new JsonTexts(pair.name(), ofKey, isNoJsonb));
    }

    private @Nullable String time(DescribedDataset dataset, UnaryOperator<String> name, String side) {
        TimeBuckets times = spec.timeBuckets();
        return times == null ? null : TimeExpression.of(dataset, name.apply(times.column()), times.unit(), side);
    }

    private WireColumn sentKey(
            Values values, ColumnPair pair, Function<ColumnPair, Column> own, Function<ColumnPair, Column> other) {
        return staging == null
                ? values.sentKey(own.apply(pair), other.apply(pair), isIndexed(pair))
                : values.sentKeyToWrite(own.apply(pair), other.apply(pair), isIndexed(pair));
    }

    private WireColumn sentValue(
            Values values, int column, Function<ColumnPair, Column> own, Function<ColumnPair, Column> other) {
        ColumnPair pair = match.compared().get(column);
        return staging != null || rules != null && rules.get(column).ignoresCase()
                ? values.sentWhole(own.apply(pair), other.apply(pair))
                : values.sent(own.apply(pair), other.apply(pair));
    }

    /** As keys are, since the database's = has to agree with ours there, too. */
    private List<String> comparable(
            Values values, Function<ColumnPair, Column> own, Function<ColumnPair, Column> other) {
        return together
                ? match.compared().stream()
                        .map(pair ->
                                values.key(own.apply(pair), other.apply(pair)).sql())
                        .toList()
                : List.of();
    }

    /** A filter might bring in other indexes, a partitioned table has as many as partitions. */
    private static boolean seeks(DescribedDataset dataset, List<RangeKey> range) {
        Storage storage = dataset.storage();
        return range.size() == 1
                && range.get(0).steps()
                && dataset.filter() == null
                && storage != null
                && storage.leafPages().size() == 1
                && Dialects.of(dataset).shortRanges().isPresent();
    }

    private boolean isIndexed(ColumnPair pair) {
        return isIndexed(datasets.a(), pair.a()) && isIndexed(datasets.b(), pair.b());
    }

    private static boolean isIndexed(DescribedDataset dataset, Column column) {
        Storage storage = dataset.storage();
        return storage != null
                && storage.indexes().stream().anyMatch(index -> index.columns().contains(column.name()));
    }
}
