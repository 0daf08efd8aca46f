package io.parallax.api.datadiffs;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.parallax.api.ledger.PartialCoverage;
import io.parallax.api.ledger.Recheck;
import io.parallax.api.requests.Bulky;
import io.parallax.api.requests.Timestamps;
import io.parallax.contract.ErrorType;
import io.parallax.contract.message.Dependent;
import io.parallax.contract.message.Profile;
import io.parallax.contract.message.SchemaComparison;
import io.parallax.contract.tally.Reading;
import io.parallax.contract.tally.Reads;
import io.parallax.contract.tally.Sides;
import io.parallax.contract.tally.Tally;
import java.time.OffsetDateTime;
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
        @Schema(description = "The keys.") @Nullable Pks pks,
        @Schema(description = "The values.") @Nullable Values values,
        @Schema(description = "What depends on the datasets.") @Nullable Dependencies dependencies,
        @Schema(description = "The columns.") @Nullable Columns schema,
        @Schema(description = "How each side was read: A, then B. Parallax' own field.") @Nullable List<SideRead> reads,
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
        @Schema(description = "The tables of rows that differ, where the request has materialization_destination_id.")
                @Nullable
                MaterializedResults materializedResults,
        @Schema(description = "What the datasets hold, A, then B, where the request has run_profiles.") @Nullable
                List<ProfileObject> profiles)
        implements Bulky {
    private static final long BYTES_OF_A_COLUMN = 100;
    private static final long BYTES_OF_A_BUCKET = 1000;

    @Override
    public long bulk() {
        return (values == null
                        ? 0
                        : BYTES_OF_A_COLUMN * values.columnsDiffStats().size())
                + (timeline == null ? 0 : BYTES_OF_A_BUCKET * timeline.buckets().size());
    }

    /** {@code timeline}: JSON of the diff's timeline; null where it has none. */
    static SummaryResults of(Diff diff, @Nullable String timeline) {
        String status = diff.status().summaryWord();
        return switch (diff.status()) {
            case WAITING, QUEUED, PROCESSING -> unfinished(status, null);
            case FAILED, CANCELLED -> unfinished(status, Fault.of(diff));
            case DONE -> found(
                    diff,
                    status,
                    StoredDiff.outcome(diff),
                    StoredDiff.reads(diff),
                    StoredDiff.recheck(diff),
                    StoredDiff.timeline(diff, timeline));
        };
    }

    private static SummaryResults unfinished(String status, @Nullable Fault error) {
        return new SummaryResults(status, error, null, null, null, null, null, null, null, null, null, null);
    }

    private static SummaryResults found(
            Diff diff,
            String status,
            Outcome outcome,
            @Nullable Reads reads,
            @Nullable Recheck recheck,
            @Nullable TimelineObject timeline) {
        return new SummaryResults(
                status,
                null,
                Pks.of(outcome.tally()),
                Values.of(outcome),
                Dependencies.of(outcome.comparison().dependents(), diff),
                Columns.of(outcome.comparison().schema()),
                SideRead.of(reads),
                recheck == null ? null : Again.of(recheck),
                timeline,
                Covered.of(StoredDiff.partial(diff)),
                MaterializedResults.of(diff),
                profiles(outcome.comparison().profiles()));
    }

    private static @Nullable List<ProfileObject> profiles(@Nullable List<Profile> profiles) {
        return profiles == null
                ? null
                : profiles.stream().map(ProfileObject::of).toList();
    }

    /** Why a diff failed. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    @Schema(name = "DiffError", description = "Why a diff failed.")
    public record Fault(
            @Schema(description = "The kind of failure, from a closed list.", examples = "NoSuchTableException")
                    String errorType,
            @Schema(description = "What was wrong and what to do.") String errorValue,
            @Schema(description = "Whether the same request may succeed later.") boolean isRetryable) {
        static Fault of(Diff diff) {
            if (diff.errorType == null || diff.errorMessage == null) {
                return new Fault(ErrorType.CANCELLED.publicName(), "The diff was cancelled.", false);
            }
            String type = diff.errorType;
            boolean retryable = Arrays.stream(ErrorType.values())
                    .anyMatch(known -> known.publicName().equals(type) && known.retryable());
            return new Fault(type, diff.errorMessage, retryable);
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
        static Pks of(Tally tally) {
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
        static Values of(Outcome outcome) {
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
        static ColumnDiffStats of(Outcome outcome, int column) {
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
        static @Nullable Covered of(@Nullable PartialCoverage partial) {
            return partial == null
                    ? null
                    : new Covered(
                            partial.reason(),
                            partial.tasksDone(),
                            partial.tasks(),
                            Outcome.share(partial.tasksDone(), partial.tasks()));
        }
    }

    /** What depends on the datasets. */
    @Schema(name = "SummaryDependencies")
    public record Dependencies(
            @Schema(
                            description =
                                    "Objects that are made of the compared tables, by the application that has them;"
                                            + " without any, an application is left out.",
                            examples = "{}")
                    Map<String, List<Downstream>> deps) {
        private static final String POSTGRESQL = "PostgreSQL";

        static Dependencies of(@Nullable List<Dependent> dependents, Diff diff) {
            List<Downstream> all = dependents == null
                    ? List.of()
                    : dependents.stream()
                            .map(dependent -> Downstream.of(
                                    dependent, dependent.sideB() ? diff.dataSource2Id : diff.dataSource1Id))
                            .distinct()
                            .toList();
            return new Dependencies(all.isEmpty() ? Map.of() : Map.of(POSTGRESQL, all));
        }
    }

    /** An object that is made of a compared table. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    @Schema(name = "DownstreamObject")
    public record Downstream(
            @Schema(description = "Data source and path in one.", examples = "1/public/order_totals") String uid,
            @Schema(description = "What it is.", examples = "view") String itemType,
            @Schema(description = "Its name.", examples = "order_totals") String name,
            @Schema(description = "Its schema and name.", examples = "[\"public\", \"order_totals\"]")
                    List<String> path,
            @Schema(description = "Where it is.", examples = "1") long dataSourceId) {
        static Downstream of(Dependent dependent, long source) {
            List<String> path = dependent.path();
            return new Downstream(
                    source + "/" + String.join("/", path), dependent.type(), path.get(path.size() - 1), path, source);
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
        static Columns of(SchemaComparison schema) {
            return new Columns(
                    schema.columnsMismatched(),
                    schema.typeDiffers().size(),
                    schema.columnReorders(),
                    schema.columnCounts(),
                    schema.typeDiffers(),
                    List.of(schema.onlyA(), schema.onlyB()));
        }
    }

    /** How one side was read. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    @Schema(name = "SummaryRead", description = "How one side was read. Times are of its database's own clock.")
    public record SideRead(
            @Schema(
                            description =
                                    "snapshot: all of it as it was at one moment, from. statements: each task saw the"
                                            + " side as it was when the task began.",
                            enumeration = {"snapshot", "statements"},
                            examples = "snapshot")
                    String consistency,
            @JsonFormat(pattern = Timestamps.PATTERN)
                    @Schema(description = "When its first transaction began, and with it that one's snapshot.")
                    OffsetDateTime from,
            @JsonFormat(pattern = Timestamps.PATTERN) @Schema(description = "When its last row had been read.")
                    OffsetDateTime to) {
        /** A's and B's; null where it is not known of both. */
        static @Nullable List<SideRead> of(@Nullable Reads reads) {
            return reads == null || reads.a() == null || reads.b() == null
                    ? null
                    : List.of(of(reads.a()), of(reads.b()));
        }

        private static SideRead of(Reading reading) {
            return new SideRead(
                    reading.snapshot() == null ? "statements" : "snapshot",
                    Timestamps.ofMicroseconds(reading.from()),
                    Timestamps.ofMicroseconds(reading.to()));
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
        static Again of(Recheck recheck) {
            return new Again(
                    recheck.afterSeconds(),
                    recheck.keysRechecked(),
                    recheck.keysRemaining(),
                    recheck.byKind(),
                    recheck.complete());
        }
    }
}
