package io.parallax.api.datadiffs;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.parallax.contract.Codec;
import io.parallax.contract.Dataset;
import io.parallax.contract.DiffSpec;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Every field that a request for a diff may have, by its public name in snake case; made from checked JSON alone. */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@Schema(description = "What to compare. Fields that nobody knows are listed as ignored_fields.")
public record DiffRequest(
        @Schema(description = "The data source of dataset A.", examples = "1", required = true) long dataSource1Id,
        @Schema(
                        description = "The data source of dataset B; the same id for an in-database diff.",
                        examples = "1",
                        required = true)
                long dataSource2Id,
        @Schema(
                        description = "Path of table A: 1 to 3 parts, case-sensitive. Give it or query1.",
                        examples = "[\"DATABASE\", \"SCHEMA\", \"TABLE_1\"]")
                @Nullable
                List<String> table1,
        @Schema(
                        description = "Path of table B: 1 to 3 parts, case-sensitive. Give it or query2.",
                        examples = "[\"DATABASE\", \"SCHEMA\", \"TABLE_2\"]")
                @Nullable
                List<String> table2,
        @Schema(description = "A SELECT whose columns are all named, instead of table1.") @Nullable String query1,
        @Schema(description = "A SELECT whose columns are all named, instead of table2.") @Nullable String query2,
        @Schema(description = "A file instead of table1. " + DiffRequest.NOT_YET) @Nullable String file1,
        @Schema(description = "A file instead of table2. " + DiffRequest.NOT_YET) @Nullable String file2,
        @Schema(description = "How to read file1. " + DiffRequest.NOT_YET) @Nullable Map<String, Object> file1Options,
        @Schema(description = "How to read file2. " + DiffRequest.NOT_YET) @Nullable Map<String, Object> file2Options,
        @Schema(description = "Copy dataset A into a temporary table first. " + DiffRequest.NOT_YET, examples = "false")
                boolean materializeDataset1,
        @Schema(description = "Copy dataset B into a temporary table first. " + DiffRequest.NOT_YET, examples = "false")
                boolean materializeDataset2,
        @Schema(description = "The data source that receives result tables. " + DiffRequest.NOT_YET) @Nullable
                Long materializationDestinationId,
        @Schema(description = "Write all differing rows. " + DiffRequest.NOT_YET, examples = "false")
                boolean materializeWithoutSampling,
        @Schema(
                        description = "The key: one or more columns; it need not be a key in the database.",
                        examples = "[\"PRIMARY_KEY\"]",
                        required = true)
                List<String> pkColumns,
        @Schema(description = "Find the key first. " + DiffRequest.NOT_YET, examples = "false") boolean inferPk,
        @Schema(description = "Columns that are no key. " + DiffRequest.NOT_YET) @Nullable
                List<String> inferPkAvoidNames,
        @Schema(description = "Types that make no key. " + DiffRequest.NOT_YET) @Nullable
                List<String> inferPkAvoidTypes,
        @Schema(description = "Compare these columns only; the key is always compared.") List<String> includeColumns,
        @Schema(description = "Leave these columns out; include_columns wins.") List<String> excludeColumns,
        @Schema(description = "Compare these columns only. " + DiffRequest.NOT_YET) @Nullable
                List<String> columnsToCompare,
        @Schema(description = "Pairs of columns of different names. " + DiffRequest.NOT_YET) @Nullable
                List<List<String>> columnMapping,
        @Schema(description = "Rules for single columns. " + DiffRequest.NOT_YET) @Nullable List<Object> columnRules,
        @Schema(description = "The column of the timeline. " + DiffRequest.NOT_YET) @Nullable String timeColumn,
        @Schema(description = "The buckets of the timeline. " + DiffRequest.NOT_YET) @Nullable String timeAggregate,
        @Schema(description = "Clip from here. " + DiffRequest.NOT_YET) @Nullable String timeIntervalStart,
        @Schema(description = "Clip up to here. " + DiffRequest.NOT_YET) @Nullable String timeIntervalEnd,
        @Schema(description = "The moment to read dataset A at. " + DiffRequest.NOT_YET) @Nullable
                Object timeTravelPoint1,
        @Schema(description = "The moment to read dataset B at. " + DiffRequest.NOT_YET) @Nullable
                Object timeTravelPoint2,
        @Schema(description = "SQL after WHERE for dataset A.", examples = "id > 3") @Nullable String filter1,
        @Schema(description = "SQL after WHERE for dataset B.", examples = "id > 3") @Nullable String filter2,
        @Schema(description = "Share of differing keys that may go unseen. " + DiffRequest.NOT_YET) @Nullable
                Double samplingTolerance,
        @Schema(description = "Percent of confidence in that. " + DiffRequest.NOT_YET) @Nullable
                Double samplingConfidence,
        @Schema(description = "Share of keys to compare. " + DiffRequest.NOT_YET) @Nullable Double samplingRatio,
        @Schema(description = "The most keys to compare. " + DiffRequest.NOT_YET) @Nullable Long samplingMaxRows,
        @Schema(description = "No sampling below this many rows. " + DiffRequest.NOT_YET) @Nullable
                Long samplingThreshold,
        @Schema(description = "How far numbers may be apart. " + DiffRequest.NOT_YET) @Nullable Double diffTolerance,
        @Schema(description = "absolute or relative. " + DiffRequest.NOT_YET) @Nullable String toleranceMode,
        @Schema(description = "Fractional digits of timestamps to compare. " + DiffRequest.NOT_YET) @Nullable
                Integer datetimeTolerance,
        @Schema(description = "Tolerances of single columns. " + DiffRequest.NOT_YET) @Nullable
                List<Object> diffTolerancesPerColumn,
        @Schema(description = "Other rules of equality. " + DiffRequest.NOT_YET) @Nullable List<String> tableModifiers,
        @Schema(description = "Compare rows of duplicated keys, too. " + DiffRequest.NOT_YET) @Nullable
                Boolean compareDuplicates,
        @Schema(description = "Compare arrays as sets. " + DiffRequest.NOT_YET) @Nullable Object sortArrayColumns,
        @Schema(description = "Stop early, per column. " + DiffRequest.NOT_YET) @Nullable Long perColumnDiffLimit,
        @Schema(description = "Stop early, by rows fetched. " + DiffRequest.NOT_YET) @Nullable Long downloadLimit,
        @Schema(description = "Stop early, by differences. " + DiffRequest.NOT_YET) @Nullable Object diffThreshold,
        @Schema(description = "A hint for buckets per segment. " + DiffRequest.NOT_YET) @Nullable
                Integer bisectionFactor,
        @Schema(description = "A hint for the size of a bucket. " + DiffRequest.NOT_YET) @Nullable
                Long bisectionThreshold,
        @JsonProperty(access = JsonProperty.Access.WRITE_ONLY)
                @Schema(description = "A hint; the plan chooses, and the diff's own field of this name says what.")
                @Nullable
                String algorithm,
        @Schema(description = "Words of your own.", examples = "[\"nightly\"]") @Nullable List<String> tags,
        @Schema(description = "Out of sight. " + DiffRequest.NOT_YET, examples = "false") boolean archived,
        @Schema(description = "Without its result rows. " + DiffRequest.NOT_YET, examples = "false") boolean purged,
        @Schema(description = "Profile the datasets, too. " + DiffRequest.NOT_YET, examples = "false")
                boolean runProfiles,
        @Schema(description = "Settings of sessions on A. " + DiffRequest.NOT_YET) @Nullable
                Map<String, Object> dataSource1SessionParameters,
        @Schema(description = "Settings of sessions on B. " + DiffRequest.NOT_YET) @Nullable
                Map<String, Object> dataSource2SessionParameters,
        @Schema(
                        description =
                                "Read each side in one snapshot, however many workers share it. Parallax' own field.",
                        examples = "false")
                boolean snapshot,
        @Schema(
                        description =
                                "Seconds to wait when all is read, 0 to 3600; then the keys that differ are read again,"
                                        + " and recheck in summary_results tells which still do. Parallax' own field.",
                        minimum = "0",
                        maximum = "3600",
                        examples = "60")
                @Nullable
                Integer recheck,
        @Schema(description = "Where temporary tables go. " + DiffRequest.NOT_YET) @Nullable
                List<String> tempSchemaOverride,
        @Schema(description = "Run as the calling user. " + DiffRequest.NOT_YET, examples = "false")
                boolean executeAsUser) {
    private static final String NOT_YET = "Not supported yet: anything but null, false or empty is refused.";

    public DiffRequest {
        includeColumns = includeColumns == null ? List.of() : includeColumns;
        excludeColumns = excludeColumns == null ? List.of() : excludeColumns;
    }

    /** JSON to a request and back; what is left out is null or false. */
    static ObjectMapper mapper() {
        return Codec.mapper()
                .disable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
                .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES);
    }

    /** What workers are asked. */
    DiffSpec spec() {
        return new DiffSpec(
                new Dataset(table1, query1, filter1),
                new Dataset(table2, query2, filter2),
                pkColumns,
                includeColumns,
                excludeColumns,
                snapshot ? true : null);
    }
}
