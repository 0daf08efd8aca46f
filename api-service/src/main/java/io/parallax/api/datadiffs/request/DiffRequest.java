package io.parallax.api.datadiffs.request;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.parallax.contract.Codec;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Every field that a request for a diff may have, by its public name in snake case; made from checked JSON alone. What each of them
 * means and what it may be is in the API document, {@code META-INF/openapi.yaml}.
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record DiffRequest(
        long dataSource1Id,
        long dataSource2Id,
        @Nullable List<String> table1,
        @Nullable List<String> table2,
        @Nullable String query1,
        @Nullable String query2,
        @Nullable String file1,
        @Nullable String file2,
        @Nullable Map<String, Object> file1Options,
        @Nullable Map<String, Object> file2Options,
        boolean materializeDataset1,
        boolean materializeDataset2,
        @Nullable Long materializationDestinationId,
        boolean materializeWithoutSampling,
        List<String> pkColumns,
        boolean inferPk,
        @Nullable List<String> inferPkAvoidNames,
        @Nullable List<String> inferPkAvoidTypes,
        List<String> includeColumns,
        List<String> excludeColumns,
        @Nullable List<String> columnsToCompare,
        @Nullable List<List<String>> columnMapping,
        @Nullable List<Object> columnRules,
        @Nullable String timeColumn,
        @Nullable String timeAggregate,
        @Nullable String timeIntervalStart,
        @Nullable String timeIntervalEnd,
        @Nullable Object timeTravelPoint1,
        @Nullable Object timeTravelPoint2,
        @Nullable String filter1,
        @Nullable String filter2,
        @Nullable Double samplingTolerance,
        @Nullable Double samplingConfidence,
        @Nullable Double samplingRatio,
        @Nullable Long samplingMaxRows,
        @Nullable Long samplingThreshold,
        @Nullable BigDecimal diffTolerance,
        @Nullable String toleranceMode,
        @Nullable Integer datetimeTolerance,
        @Schema(implementation = Object[].class) @Nullable List<ColumnTolerance> diffTolerancesPerColumn,
        @Nullable List<String> tableModifiers,
        @Nullable Boolean compareDuplicates,
        @Nullable Object sortArrayColumns,
        @Nullable Long perColumnDiffLimit,
        @Nullable Long downloadLimit,
        @Nullable Long diffThreshold,
        @Nullable Integer bisectionFactor,
        @Nullable Long bisectionThreshold,
        @JsonProperty(access = JsonProperty.Access.WRITE_ONLY) @Nullable String algorithm,
        @Nullable String algorithmHint,
        @Nullable List<String> tags,
        boolean archived,
        boolean purged,
        boolean runProfiles,
        @Nullable Map<String, String> dataSource1SessionParameters,
        @Nullable Map<String, String> dataSource2SessionParameters,
        boolean snapshot,
        @Nullable Integer recheck,
        @Nullable List<String> tempSchemaOverride,
        @Nullable List<Long> webhookIds,
        boolean executeAsUser) {
    /** How far apart the numbers of a column may be. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record ColumnTolerance(String columnName, BigDecimal toleranceValue, @Nullable String toleranceMode) {}

    public DiffRequest {
        pkColumns = pkColumns == null ? List.of() : pkColumns;
        includeColumns = includeColumns == null ? List.of() : includeColumns;
        excludeColumns = excludeColumns == null ? List.of() : excludeColumns;
    }

    /** JSON to a request and back; what is left out is null or false. */
    public static ObjectMapper mapper() {
        return Codec.mapper()
                .disable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
                .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES);
    }
}
