package io.parallax.api.datadiffs.request;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.parallax.contract.Codec;
import io.parallax.contract.Dataset;
import io.parallax.contract.DiffSpec;
import io.parallax.contract.EqualityRules;
import io.parallax.contract.KeySearch;
import io.parallax.contract.TimeBuckets;
import io.parallax.contract.TimeClip;
import io.parallax.contract.Workspace;
import io.parallax.outcome.next.EarlyStopLimits;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Every field that a request for a diff may have, by its public name in snake case, and what it means for workers; made from checked
 * JSON alone, in which all of them stand side by side. What each may be is in the API document, {@code META-INF/openapi.yaml}; what goes
 * together, in {@link Rules}.
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record DiffRequest(
        @JsonUnwrapped Datasets datasets,
        @JsonUnwrapped Tables tables,
        @JsonUnwrapped Key key,
        @JsonUnwrapped Columns columns,
        @JsonUnwrapped Time time,
        @JsonUnwrapped Filters filters,
        @JsonUnwrapped Sampling sampling,
        @JsonUnwrapped Equality equality,
        @JsonUnwrapped Limits limits,
        @JsonUnwrapped Hints hints,
        @Nullable List<String> tags,
        boolean archived,
        boolean purged,
        boolean runProfiles,
        @JsonUnwrapped Settings settings,
        boolean snapshot,
        @Nullable Integer recheck,
        @Nullable List<String> tempSchemaOverride,
        @Nullable List<Long> webhookIds,
        boolean executeAsUser) {
    /** Where the two datasets are. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record Datasets(
            long dataSource1Id,
            long dataSource2Id,
            @Nullable List<String> table1,
            @Nullable List<String> table2,
            @Nullable String query1,
            @Nullable String query2,
            @Nullable String file1,
            @Nullable String file2,
            @Nullable Map<String, Object> file1Options,
            @Nullable Map<String, Object> file2Options) {}

    /** What is written into databases. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record Tables(
            boolean materializeDataset1,
            boolean materializeDataset2,
            @Nullable Long materializationDestinationId,
            boolean materializeWithoutSampling) {}

    /** The columns that rows are matched by, or how to find them. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record Key(
            List<String> pkColumns,
            boolean inferPk,
            @Nullable List<String> inferPkAvoidNames,
            @Nullable List<String> inferPkAvoidTypes) {
        public Key {
            pkColumns = pkColumns == null ? List.of() : pkColumns;
        }

        @Nullable
        KeySearch search() {
            return inferPk
                    ? new KeySearch(
                            Objects.requireNonNullElse(inferPkAvoidNames, List.of()),
                            Objects.requireNonNullElse(inferPkAvoidTypes, List.of()))
                    : null;
        }
    }

    /** Which columns are compared, and with which. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record Columns(
            List<String> includeColumns,
            List<String> excludeColumns,
            @Nullable List<String> columnsToCompare,
            @Nullable List<List<String>> columnMapping,
            @Nullable List<Object> columnRules) {
        public Columns {
            includeColumns = includeColumns == null ? List.of() : includeColumns;
            excludeColumns = excludeColumns == null ? List.of() : excludeColumns;
        }

        List<String> compared() {
            return columnsToCompare == null ? includeColumns : columnsToCompare;
        }

        @Nullable
        Map<String, String> mapping() {
            return columnMapping == null
                    ? null
                    : columnMapping.stream().collect(Collectors.toMap(pair -> pair.get(0), pair -> pair.get(1)));
        }
    }

    /** Rows of which time are compared, and by which time they are told apart. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record Time(
            @Nullable String timeColumn,
            @Nullable String timeAggregate,
            @Nullable String timeIntervalStart,
            @Nullable String timeIntervalEnd,
            @Nullable Object timeTravelPoint1,
            @Nullable Object timeTravelPoint2) {
        @Nullable
        TimeClip clip() {
            return timeIntervalStart == null && timeIntervalEnd == null
                    ? null
                    : new TimeClip(Objects.requireNonNull(timeColumn), timeIntervalStart, timeIntervalEnd);
        }

        @Nullable
        TimeBuckets buckets() {
            return timeAggregate == null
                    ? null
                    : new TimeBuckets(
                            Objects.requireNonNull(timeColumn),
                            TimeBuckets.Unit.valueOf(timeAggregate.toUpperCase(Locale.ROOT)));
        }
    }

    /** Which rows are compared. */
    public record Filters(@Nullable String filter1, @Nullable String filter2) {}

    /** Of how many keys values are compared. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record Sampling(
            @Nullable Double samplingTolerance,
            @Nullable Double samplingConfidence,
            @Nullable Double samplingRatio,
            @Nullable Long samplingMaxRows,
            @Nullable Long samplingThreshold) {
        /** Rows below which nothing is sampled. */
        private static final long THRESHOLD = 300_000;

        io.parallax.contract.@Nullable Sampling spec() {
            if (samplingTolerance == null && samplingRatio == null && samplingMaxRows == null) {
                return null;
            }
            return new io.parallax.contract.Sampling(
                    samplingTolerance,
                    Objects.requireNonNullElse(samplingConfidence, io.parallax.contract.Sampling.DEFAULT_CONFIDENCE),
                    samplingRatio,
                    samplingMaxRows,
                    Objects.requireNonNullElse(samplingThreshold, THRESHOLD));
        }
    }

    /** What counts as equal. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record Equality(
            @Nullable BigDecimal diffTolerance,
            @Nullable String toleranceMode,
            @Nullable Integer datetimeTolerance,
            // Written in the document; the scanner would add what it makes of the record.
            @Schema(implementation = Object[].class) @Nullable List<ColumnTolerance> diffTolerancesPerColumn,
            @Nullable List<String> tableModifiers,
            @Nullable Boolean compareDuplicates,
            @Nullable Object sortArrayColumns) {
        @Nullable
        EqualityRules rules() {
            Map<String, EqualityRules.Tolerance> perColumn = new LinkedHashMap<>();
            Stream.ofNullable(diffTolerancesPerColumn)
                    .flatMap(List::stream)
                    .forEach(column -> perColumn.put(column.columnName(), column.tolerance()));
            EqualityRules rules = new EqualityRules(
                    perColumn,
                    diffTolerance == null ? null : tolerance(diffTolerance, toleranceMode),
                    datetimeTolerance,
                    has("case_insensitive_strings"),
                    has("null_equals_empty_string"),
                    sortedArrays());
            return rules.equals(EqualityRules.NONE) ? null : rules;
        }

        private boolean has(String modifier) {
            return tableModifiers != null && tableModifiers.contains(modifier);
        }

        private @Nullable List<String> sortedArrays() {
            if (sortArrayColumns instanceof List<?> names && !names.isEmpty()) {
                return names.stream().map(String.class::cast).toList();
            }
            return Boolean.TRUE.equals(sortArrayColumns) ? List.of() : null;
        }

        private static EqualityRules.Tolerance tolerance(BigDecimal value, @Nullable String mode) {
            return new EqualityRules.Tolerance(value, "relative".equals(mode));
        }
    }

    /** How far apart the numbers of a column may be. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record ColumnTolerance(String columnName, BigDecimal toleranceValue, @Nullable String toleranceMode) {
        EqualityRules.Tolerance tolerance() {
            return Equality.tolerance(toleranceValue, toleranceMode);
        }
    }

    /** When to end before all is compared. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record Limits(
            @Nullable Long perColumnDiffLimit, @Nullable Long downloadLimit, @Nullable Long diffThreshold) {
        /** JSON; null for never. */
        public @Nullable String stops() {
            EarlyStopLimits stops = new EarlyStopLimits(diffThreshold, perColumnDiffLimit, downloadLimit);
            return stops.equals(new EarlyStopLimits(null, null, null)) ? null : Codec.text(stops);
        }
    }

    /** How the client would compare. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record Hints(
            @Nullable Integer bisectionFactor,
            @Nullable Long bisectionThreshold,
            @JsonProperty(access = JsonProperty.Access.WRITE_ONLY) @Nullable String algorithm,
            @Nullable String algorithmHint) {
        io.parallax.contract.@Nullable Hints spec() {
            io.parallax.contract.Hints hints = new io.parallax.contract.Hints(
                    bisectionThreshold, bisectionFactor, Algorithm.search(algorithmHint));
            return hints.equals(new io.parallax.contract.Hints(null, null, null)) ? null : hints;
        }
    }

    /** Settings of the sessions on either side. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record Settings(
            @Nullable Map<String, String> dataSource1SessionParameters,
            @Nullable Map<String, String> dataSource2SessionParameters) {}

    /** What workers are asked, of a request that is sound. */
    DiffSpec spec(@Nullable Workspace workspace) {
        return DiffSpec.draft(
                        new Dataset(
                                datasets.table1,
                                datasets.query1,
                                filters.filter1,
                                settings.dataSource1SessionParameters),
                        new Dataset(
                                datasets.table2,
                                datasets.query2,
                                filters.filter2,
                                settings.dataSource2SessionParameters),
                        key.pkColumns,
                        columns.compared(),
                        columns.excludeColumns)
                .snapshot(orNull(snapshot))
                .mapping(columns.mapping())
                .rules(equality.rules())
                .clip(time.clip())
                .keySearch(key.search())
                .hints(hints.spec())
                .sampling(sampling.spec())
                .timeBuckets(time.buckets())
                .compareDuplicates(orNull(Boolean.TRUE.equals(equality.compareDuplicates)))
                .stepwise(orNull(limits.stops() != null))
                .workspace(workspace)
                .profiles(orNull(runProfiles))
                .spec();
    }

    private static @Nullable Boolean orNull(boolean asked) {
        return asked ? true : null;
    }

    /** All fields, by the names that they have in Java. */
    public static Stream<RecordComponent> fields() {
        return fields(DiffRequest.class);
    }

    private static Stream<RecordComponent> fields(Class<?> part) {
        return Arrays.stream(part.getRecordComponents())
                .flatMap(field -> field.getType().isRecord() ? fields(field.getType()) : Stream.of(field));
    }

    /** JSON to a request and back; what is left out is null or false. */
    public static ObjectMapper mapper() {
        return Codec.mapper()
                .disable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
                .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES);
    }
}
