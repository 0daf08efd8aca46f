package io.parallax.api.datadiffs.request;

import io.parallax.contract.Codec;
import io.parallax.contract.Dataset;
import io.parallax.contract.DiffSpec;
import io.parallax.contract.EqualityRules;
import io.parallax.contract.Hints;
import io.parallax.contract.KeySearch;
import io.parallax.contract.Sampling;
import io.parallax.contract.TimeBuckets;
import io.parallax.contract.TimeClip;
import io.parallax.contract.Workspace;
import io.parallax.outcome.next.EarlyStopLimits;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What of a sound request workers and ledger are told. */
public final class DiffSpecs {
    /** Rows of PostgreSQL below which nothing is sampled. */
    private static final long SAMPLING_THRESHOLD = 300_000;

    private DiffSpecs() {}

    /** What workers are asked, of a request that is sound. */
    static DiffSpec of(DiffRequest request, @Nullable EqualityRules rules, @Nullable Workspace workspace) {
        List<String> include =
                request.columnsToCompare() == null ? request.includeColumns() : request.columnsToCompare();
        return DiffSpec.draft(
                        new Dataset(
                                request.table1(),
                                request.query1(),
                                request.filter1(),
                                request.dataSource1SessionParameters()),
                        new Dataset(
                                request.table2(),
                                request.query2(),
                                request.filter2(),
                                request.dataSource2SessionParameters()),
                        request.pkColumns(),
                        include,
                        request.excludeColumns())
                .snapshot(request.snapshot() ? true : null)
                .mapping(mapping(request))
                .rules(rules)
                .clip(
                        request.timeIntervalStart() == null && request.timeIntervalEnd() == null
                                ? null
                                : new TimeClip(
                                        Objects.requireNonNull(request.timeColumn()),
                                        request.timeIntervalStart(),
                                        request.timeIntervalEnd()))
                .keySearch(
                        request.inferPk()
                                ? new KeySearch(
                                        Objects.requireNonNullElse(request.inferPkAvoidNames(), List.of()),
                                        Objects.requireNonNullElse(request.inferPkAvoidTypes(), List.of()))
                                : null)
                .hints(hints(request))
                .sampling(sampling(request))
                .timeBuckets(
                        request.timeAggregate() == null
                                ? null
                                : new TimeBuckets(
                                        Objects.requireNonNull(request.timeColumn()),
                                        TimeBuckets.Unit.valueOf(
                                                request.timeAggregate().toUpperCase(Locale.ROOT))))
                .compareDuplicates(Boolean.TRUE.equals(request.compareDuplicates()) ? true : null)
                .stepwise(stops(request) == null ? null : true)
                .workspace(workspace)
                .profiles(request.runProfiles() ? true : null)
                .spec();
    }

    /** JSON, when it ends before all is compared; null for never. */
    public static @Nullable String stops(DiffRequest request) {
        EarlyStopLimits stops =
                new EarlyStopLimits(request.diffThreshold(), request.perColumnDiffLimit(), request.downloadLimit());
        return stops.equals(new EarlyStopLimits(null, null, null)) ? null : Codec.text(stops);
    }

    private static @Nullable Sampling sampling(DiffRequest request) {
        if (request.samplingTolerance() == null
                && request.samplingRatio() == null
                && request.samplingMaxRows() == null) {
            return null;
        }
        return new Sampling(
                request.samplingTolerance(),
                Objects.requireNonNullElse(request.samplingConfidence(), Sampling.DEFAULT_CONFIDENCE),
                request.samplingRatio(),
                request.samplingMaxRows(),
                Objects.requireNonNullElse(request.samplingThreshold(), SAMPLING_THRESHOLD));
    }

    private static @Nullable Map<String, String> mapping(DiffRequest request) {
        List<List<String>> pairs = request.columnMapping();
        return pairs == null
                ? null
                : pairs.stream().collect(Collectors.toMap(pair -> pair.get(0), pair -> pair.get(1)));
    }

    private static @Nullable Hints hints(DiffRequest request) {
        Hints hints = new Hints(
                request.bisectionThreshold(), request.bisectionFactor(), Algorithm.search(request.algorithmHint()));
        return hints.equals(new Hints(null, null, null)) ? null : hints;
    }
}
