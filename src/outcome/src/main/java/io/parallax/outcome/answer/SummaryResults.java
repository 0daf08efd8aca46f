package io.parallax.outcome.answer;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.parallax.contract.ErrorType;
import io.parallax.contract.message.Profile;
import io.parallax.contract.message.SchemaComparison;
import io.parallax.contract.tally.Sides;
import io.parallax.contract.tally.Tally;
import io.parallax.outcome.DiffStatus;
import io.parallax.outcome.Estimate;
import io.parallax.outcome.Outcome;
import io.parallax.outcome.PartialCoverage;
import io.parallax.outcome.PlanSummary;
import io.parallax.outcome.Recheck;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What a diff found; parts that are not known are left out. */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(description = "What a diff found. Until it is over, and when it failed, most of it is left out.")
public record SummaryResults(
        @Schema(
                        description = "Where it is in its life.",
                        enumeration = {"waiting", "running", "success", "failed"},
                        examples = "success")
                String status,
        @Schema(description = "Why it failed.") @Nullable Fault error,
        @JsonUnwrapped @Nullable Found found)
        implements Bulky {
    @Override
    public long bulk() {
        return found == null ? 0 : found.bulk();
    }

    /** Of a diff that is not over. */
    public static SummaryResults unfinished(DiffStatus status) {
        return new SummaryResults(status.summaryWord(), null, null);
    }

    /** Of one that has ended without a result. */
    public static SummaryResults failed(DiffStatus status, Fault error) {
        return new SummaryResults(status.summaryWord(), error, null);
    }

    /** Of one that is done. */
    public static SummaryResults of(FinishedDiff diff) {
        return new SummaryResults(DiffStatus.DONE.summaryWord(), null, Found.of(diff));
    }
    /** What a diff that is done found. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Found(
            @Schema(description = "The keys.") @Nullable Pks pks,
            @Schema(description = "The values.") @Nullable Values values,
            @Schema(description = "What depends on the datasets.") @Nullable Dependencies dependencies,
            @Schema(description = "The columns.") @Nullable Columns schema,
            @Schema(description = "How each side was read: A, then B. Parallax' own field.") @Nullable
                    List<SideRead> reads,
            @Schema(
                            description =
                                    "What became of the keys that differed, where the request has recheck. Parallax' own field.")
                    @Nullable
                    Again recheck,
            @Schema(description = "What of the figures belongs to which time, where the request has time_aggregate.")
                    @Nullable
                    TimelineObject timeline,
            @Schema(
                            description =
                                    "How far the diff had come when a limit of the request ended it; all figures are of that"
                                            + " part. Left out when all was compared.")
                    @Nullable
                    Covered partial,
            @Schema(
                            description =
                                    "The tables of rows that differ, where the request has materialization_destination_id.")
                    @Nullable
                    MaterializedResults materializedResults,
            @Schema(description = "What the datasets hold, A, then B, where the request has run_profiles.") @Nullable
                    List<ProfileObject> profiles) {
        private static final long BYTES_OF_A_COLUMN = 100;
        private static final long BYTES_OF_A_BUCKET = 1000;

        private long bulk() {
            return (values == null
                            ? 0
                            : BYTES_OF_A_COLUMN * values.columnsDiffStats().size())
                    + (timeline == null
                            ? 0
                            : BYTES_OF_A_BUCKET * timeline.buckets().size());
        }

        private static Found of(FinishedDiff diff) {
            Outcome outcome = diff.outcome();
            PlanSummary plan = outcome.comparison();
            return new Found(
                    Pks.of(outcome.tally()),
                    Values.of(outcome),
                    Dependencies.of(plan.dependents(), diff.sources()),
                    Columns.of(plan.schema()),
                    SideRead.of(diff.reads()),
                    diff.recheck() == null ? null : Again.of(diff.recheck()),
                    diff.timeline(),
                    Covered.of(outcome.coverage()),
                    diff.materialized(),
                    profiles(plan.profiles()));
        }

        private static @Nullable List<ProfileObject> profiles(@Nullable List<Profile> profiles) {
            return profiles == null
                    ? null
                    : profiles.stream().map(ProfileObject::of).toList();
        }
    }

    /** Why a diff failed. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    @Schema(name = "DiffError", description = "Why a diff failed.")
    public record Fault(
            @Schema(description = "The kind of failure, from a closed list.", examples = "NoSuchTableException")
                    String errorType,
            @Schema(description = "What was wrong and what to do.") String errorValue,
            @Schema(description = "Whether the same request may succeed later.") boolean isRetryable) {
        /** Of what is known of its failure; a diff that was cancelled has none. */
        public static Fault of(@Nullable String errorType, @Nullable String errorMessage) {
            if (errorType == null || errorMessage == null) {
                return new Fault(ErrorType.CANCELLED.publicName(), "The diff was cancelled.", false);
            }
            boolean retryable = Arrays.stream(ErrorType.values())
                    .anyMatch(known -> known.publicName().equals(errorType) && known.retryable());
            return new Fault(errorType, errorMessage, retryable);
        }
    }

    /** The keys, as pairs of A and B. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    @Schema(name = "SummaryPks", description = "The keys; pairs are [A, B].")
    public record Pks(
            @Schema(description = "Rows.", implementation = long[].class, examples = "[1509, 1761]") Sides totalRows,
            @Schema(description = "Rows whose key has a null part.", implementation = long[].class, examples = "[0, 0]")
                    Sides nulls,
            @Schema(
                            description = "All rows whose key occurs more than once.",
                            implementation = long[].class,
                            examples = "[0, 303]")
                    Sides dupes,
            @Schema(
                            description = "Distinct keys that the other side does not have.",
                            implementation = long[].class,
                            examples = "[0, 5]")
                    Sides exclusives,
            @Schema(description = "Distinct keys.", implementation = long[].class, examples = "[1509, 1514]")
                    Sides distincts) {
        public static Pks of(Tally tally) {
            return new Pks(tally.totalRows(), tally.nulls(), tally.dupes(), tally.exclusives(), tally.distincts());
        }
    }

    /** The values. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    @Schema(name = "SummaryValues", description = "The values of rows whose key is on both sides, once on each.")
    public record Values(
            @Schema(description = "Compared rows.", examples = "1453") long totalRows,
            @Schema(description = "Rows with a differing value.", examples = "0") long rowsWithDifferences,
            @Schema(description = "Compared values.", examples = "10171") long totalValues,
            @Schema(description = "Values that differ.", examples = "0") long valuesWithDifferences,
            @Schema(description = "Compared columns.", examples = "7") long comparedColumns,
            @Schema(description = "Columns with a differing value.", examples = "0") long columnsWithDifferences,
            @Schema(description = "Each compared column.") List<ColumnDiffStats> columnsDiffStats,
            @JsonInclude(JsonInclude.Include.NON_NULL)
                    @Schema(
                            description =
                                    "True when values were compared for a sample of the keys only; else left out.")
                    @Nullable
                    Boolean sampled,
            @JsonInclude(JsonInclude.Include.NON_NULL)
                    @Schema(description = "The share of keys in the sample.", examples = "0.01")
                    @Nullable
                    Double samplingRatio) {
        public static Values of(Outcome outcome) {
            Tally tally = outcome.tally();
            return new Values(
                    tally.comparedRows(),
                    tally.rowsWithDifferences(),
                    outcome.totalValues(),
                    tally.valuesWithDifferences(),
                    outcome.comparedColumns(),
                    tally.columnsWithDifferences(),
                    IntStream.range(0, outcome.comparedColumns())
                            .mapToObj(column -> ColumnDiffStats.of(outcome, column))
                            .toList(),
                    outcome.sample() == null ? null : true,
                    outcome.sample() == null ? null : outcome.sample().ratio());
        }
    }

    /** One compared column. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    @Schema(name = "ColumnDiffStats")
    public record ColumnDiffStats(
            @Schema(description = "Its name.", examples = "price") String columnName,
            @Schema(description = "Percent of its values that are equal; 100 when none was compared.", examples = "100")
                    double match,
            @Schema(description = "Its values that differ.", examples = "0") long valuesDifferent,
            @JsonInclude(JsonInclude.Include.NON_NULL)
                    @Schema(description = "How many differ among all keys; only where values were sampled.")
                    @Nullable
                    Estimate valuesDifferentEstimate) {
        public static ColumnDiffStats of(Outcome outcome, int column) {
            return new ColumnDiffStats(
                    outcome.comparison().comparedColumns().get(column),
                    outcome.match(column),
                    outcome.tally().differencesPerColumn().get(column),
                    outcome.estimate(column));
        }
    }

    /** How far a diff had come that ended early. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    @Schema(name = "SummaryPartial", description = "How far a diff had come when a limit of its request ended it.")
    public record Covered(
            @Schema(
                            description = "The field of the request that ended it.",
                            enumeration = {"diff_threshold", "per_column_diff_limit", "download_limit"},
                            examples = "diff_threshold")
                    String reason,
            @Schema(description = "Tasks whose figures are counted.", examples = "3") long tasksDone,
            @Schema(description = "All tasks.", examples = "32") long tasks,
            @Schema(description = "About the share of all rows that was compared.", examples = "0.09375")
                    double coverage) {
        public static @Nullable Covered of(@Nullable PartialCoverage partial) {
            return partial == null
                    ? null
                    : new Covered(
                            partial.reason(),
                            partial.tasksDone(),
                            partial.tasks(),
                            Outcome.share(partial.tasksDone(), partial.tasks()));
        }
    }

    /** The columns, as pairs of A and B. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    @Schema(name = "SummarySchema", description = "The columns after include and exclude; pairs are [A, B].")
    public record Columns(
            @Schema(
                            description = "Columns with no comparable partner of the same name.",
                            implementation = long[].class,
                            examples = "[0, 0]")
                    Sides columnsMismatched,
            @Schema(description = "Shared names of types that do not compare.", examples = "0")
                    long columnTypeMismatches,
            @Schema(description = "Shared columns to move to turn one order into the other.", examples = "0")
                    long columnReorders,
            @Schema(description = "Columns, key included.", implementation = long[].class, examples = "[8, 8]")
                    Sides columnCounts,
            @Schema(description = "The names behind column_type_mismatches.") List<String> columnTypeDiffers,
            @Schema(description = "The names that only A has, and only B.") List<List<String>> exclusiveColumns) {
        public static Columns of(SchemaComparison schema) {
            return new Columns(
                    schema.columnsMismatched(),
                    schema.typeDiffers().size(),
                    schema.columnReorders(),
                    schema.columnCounts(),
                    schema.typeDiffers(),
                    List.of(schema.onlyA(), schema.onlyB()));
        }
    }

    /** What became of the keys that differed. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    @Schema(
            name = "SummaryRecheck",
            description =
                    "What became of the keys that differed when they were read again; all other figures are of the"
                            + " first read.")
    public record Again(
            @Schema(
                            description = "Seconds between the end of the first read and the second, as asked for.",
                            examples = "60")
                    int afterSeconds,
            @Schema(description = "Keys that were read again.", examples = "12") long keysRechecked,
            @Schema(description = "Those of them that still differed, in whatever way.", examples = "1")
                    long keysRemaining,
            @Schema(
                            description = "These by the kind that results shows; a key of two kinds counts for both.",
                            examples = "{\"value\": 1}")
                    Map<String, Long> byKind,
            @Schema(
                            description =
                                    "False when keys that differ may not have been read again: more differ than are kept,"
                                            + " values were sampled, or keys are too long to be sent or have a NULL in"
                                            + " them.")
                    boolean complete) {
        public static Again of(Recheck recheck) {
            return new Again(
                    recheck.afterSeconds(),
                    recheck.keysRechecked(),
                    recheck.keysRemaining(),
                    recheck.byKind(),
                    recheck.complete());
        }
    }
}
