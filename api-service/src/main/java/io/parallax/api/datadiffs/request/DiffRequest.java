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
        @Schema(
                        description =
                                "Copy dataset A into a table of its source's temp_schema first; it is gone when the diff is over.",
                        examples = "false")
                boolean materializeDataset1,
        @Schema(
                        description =
                                "Copy dataset B into a table of its source's temp_schema first; it is gone when the diff is over.",
                        examples = "false")
                boolean materializeDataset2,
        @Schema(
                        description =
                                "The data source in whose temp_schema the rows that differ are written to tables; materialized_results in summary_results names them.")
                @Nullable
                Long materializationDestinationId,
        @Schema(
                        description = "Write all rows that differ; else at most 1000 of each kind and task.",
                        examples = "false")
                boolean materializeWithoutSampling,
        @Schema(
                        description =
                                "The key: one or more columns of A; it need not be a key in the database. Give it or"
                                        + " infer_pk.",
                        examples = "[\"PRIMARY_KEY\"]")
                List<String> pkColumns,
        @Schema(
                        description =
                                "Find the key first: by the shortest constraint of either side, else the fewest columns"
                                        + " that are unique in the rows. It is then shown as pk_columns.",
                        examples = "false")
                boolean inferPk,
        @Schema(description = "Columns that infer_pk leaves alone.") @Nullable List<String> inferPkAvoidNames,
        @Schema(
                        description = "Types, as the database calls them, whose columns infer_pk leaves alone.",
                        examples = "[\"float8\"]")
                @Nullable
                List<String> inferPkAvoidTypes,
        @Schema(description = "Compare these columns only; the key is always compared.") List<String> includeColumns,
        @Schema(description = "Leave these columns out; include_columns wins.") List<String> excludeColumns,
        @Schema(description = "The same as include_columns; give one of the two.") @Nullable
                List<String> columnsToCompare,
        @Schema(
                        description = "Columns that are called something else in B: pairs of A's name and B's.",
                        examples = "[[\"user_id\", \"uid\"]]")
                @Nullable
                List<List<String>> columnMapping,
        @Schema(description = "Refused: other fields say the same.") @Nullable List<Object> columnRules,
        @Schema(description = "The column of dates or timestamps of interval and timeline, by A's name.") @Nullable
                String timeColumn,
        @Schema(
                        description = "How long a bucket of the timeline is, by time_column.",
                        enumeration = {"minute", "hour", "day", "week", "month", "year"})
                @Nullable
                String timeAggregate,
        @Schema(
                        description = "Only rows of this time or later; ISO 8601, UTC without an offset.",
                        examples = "2026-01-01T00:00:00Z")
                @Nullable
                String timeIntervalStart,
        @Schema(
                        description = "Only rows before this time; ISO 8601, UTC without an offset.",
                        examples = "2026-02-01T00:00:00Z")
                @Nullable
                String timeIntervalEnd,
        @Schema(description = "The moment to read dataset A at; no source type here has past states, so it is refused.")
                @Nullable
                Object timeTravelPoint1,
        @Schema(description = "The moment to read dataset B at; no source type here has past states, so it is refused.")
                @Nullable
                Object timeTravelPoint2,
        @Schema(description = "SQL after WHERE for dataset A.", examples = "id > 3") @Nullable String filter1,
        @Schema(description = "SQL after WHERE for dataset B.", examples = "id > 3") @Nullable String filter2,
        @Schema(
                        description =
                                "The share of differing keys that may go unseen: with sampling_confidence it gives the size of the sample. No sample is drawn where the share of bad keys is larger.")
                @Nullable
                Double samplingTolerance,
        @Schema(description = "Percent of confidence in that, and in all estimates; 95 for these when it is not given.")
                @Nullable
                Double samplingConfidence,
        @Schema(description = "The share of keys whose values are compared.") @Nullable Double samplingRatio,
        @Schema(description = "The most keys whose values are compared.", minimum = "1") @Nullable Long samplingMaxRows,
        @Schema(
                        description = "No sampling with fewer rows on the larger side; 300000 when it is not given.",
                        minimum = "0")
                @Nullable
                Long samplingThreshold,
        @Schema(
                        description = "How far apart floats may be, where their column has no tolerance of its own.",
                        minimum = "0")
                @Nullable
                BigDecimal diffTolerance,
        @Schema(
                        description = "What diff_tolerance is; absolute when it is not given.",
                        enumeration = {"absolute", "relative"})
                @Nullable
                String toleranceMode,
        @Schema(
                        description = "How many fractional digits of a second are compared in times and timestamps.",
                        minimum = "0",
                        maximum = "6")
                @Nullable
                Integer datetimeTolerance,
        @Schema(description = "How far apart the numbers of single columns may be.") @Nullable
                List<ColumnTolerance> diffTolerancesPerColumn,
        @Schema(
                        description =
                                "What of texts counts as equal besides: case_insensitive_strings, null_equals_empty_string. Keys are always compared exactly.",
                        examples = "[\"case_insensitive_strings\"]")
                @Nullable
                List<String> tableModifiers,
        @Schema(
                        description =
                                "Whether the rows of repeated keys are compared, too: equal ones go together, the others in the order of their values, as far as both sides have any.")
                @Nullable
                Boolean compareDuplicates,
        @Schema(
                        description =
                                "Columns whose arrays are equal in any order of their elements: a list of A's names, or true for all.",
                        examples = "true")
                @Nullable
                Object sortArrayColumns,
        @Schema(
                        description = "End once so many values of one column differ; the answer says how far it came.",
                        minimum = "1")
                @Nullable
                Long perColumnDiffLimit,
        @Schema(
                        description = "End once so many rows have left the databases; the answer says how far it came.",
                        minimum = "1")
                @Nullable
                Long downloadLimit,
        @Schema(
                        description =
                                "End once so many rows differ or are on one side only; the answer says how far it came.",
                        minimum = "1")
                @Nullable
                Long diffThreshold,
        @Schema(description = "A hint: how many buckets of rows a task gets.", minimum = "1") @Nullable
                Integer bisectionFactor,
        @Schema(
                        description =
                                "A hint: how many rows of one side a bucket gets, which are fetched where it differs.",
                        minimum = "1")
                @Nullable
                Long bisectionThreshold,
        @JsonProperty(access = JsonProperty.Access.WRITE_ONLY)
                @Schema(
                        description =
                                "A hint: what tasks begin with. join is joindiff, hash and hash_v2_alpha are hashdiff,"
                                        + " fetch_and_join is fetch_and_compare.",
                        enumeration = {
                            "auto",
                            "hashdiff",
                            "joindiff",
                            "fetch_and_compare",
                            "join",
                            "hash",
                            "hash_v2_alpha",
                            "fetch_and_join"
                        })
                @Nullable
                String algorithm,
        @Schema(
                        description =
                                "The hint as it was given; in a request it means the same as algorithm. Parallax' own field.",
                        enumeration = {
                            "auto",
                            "hashdiff",
                            "joindiff",
                            "fetch_and_compare",
                            "join",
                            "hash",
                            "hash_v2_alpha",
                            "fetch_and_join"
                        })
                @Nullable
                String algorithmHint,
        @Schema(description = "Words of your own.", examples = "[\"nightly\"]") @Nullable List<String> tags,
        @Schema(description = "Whether it is out of the way; lists can be filtered by it.", examples = "false")
                boolean archived,
        @Schema(description = "Whether its result rows are gone; only PATCH can do that.", examples = "false")
                boolean purged,
        @Schema(
                        description =
                                "Profile both datasets, too: profiles in summary_results. Costs one scan of each more.",
                        examples = "false")
                boolean runProfiles,
        @Schema(
                        description = "Settings of sessions on A; those that results depend on are refused.",
                        examples = "{\"work_mem\": \"256MB\"}")
                @Nullable
                Map<String, String> dataSource1SessionParameters,
        @Schema(
                        description = "Settings of sessions on B; those that results depend on are refused.",
                        examples = "{\"work_mem\": \"256MB\"}")
                @Nullable
                Map<String, String> dataSource2SessionParameters,
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
        @Schema(
                        description =
                                "The schema that tables are written to instead of temp_schema; the database may come before it.")
                @Nullable
                List<String> tempSchemaOverride,
        @Schema(
                        description = "The webhooks that are told of this diff; null for those that are told of every"
                                + " diff, an empty list for none. Parallax' own field.",
                        examples = "[1]")
                @Nullable
                List<Long> webhookIds,
        @Schema(description = "Run as the calling user; refused, as a data source has one login.", examples = "false")
                boolean executeAsUser) {
    /** How far apart the numbers of a column may be. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    @Schema(name = "ColumnTolerance")
    public record ColumnTolerance(
            @Schema(description = "The column, by A's name.", required = true) String columnName,
            @Schema(description = "How far.", required = true, minimum = "0") BigDecimal toleranceValue,
            @Schema(
                            description = "absolute: abs(A - B) is at most that; relative: abs(A / B - 1) is.",
                            enumeration = {"absolute", "relative"},
                            defaultValue = "absolute")
                    @Nullable
                    String toleranceMode) {}

    private static final String NOT_YET = "Not supported yet: anything but null, false or empty is refused.";

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
