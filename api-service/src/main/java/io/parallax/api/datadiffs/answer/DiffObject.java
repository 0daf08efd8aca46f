package io.parallax.api.datadiffs.answer;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.parallax.api.datadiffs.request.Algorithm;
import io.parallax.api.datadiffs.request.DiffRequest;
import io.parallax.api.datadiffs.stored.Diff;
import io.parallax.api.datadiffs.stored.StoredDiff;
import io.parallax.outcome.DiffResult;
import io.parallax.outcome.DiffStatus;
import io.parallax.outcome.Outcome;
import io.parallax.outcome.answer.DiffStats;
import io.parallax.outcome.answer.Timestamps;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A diff as the API shows it: every field of its request, and what has become of it.
 *
 * @param chosenAlgorithm a published word; the request's field of this name is a hint, and shown as {@code algorithm_hint}
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@Schema(name = "DataDiff", description = "A diff: every field of its request, and what has become of it.")
public record DiffObject(
        @Schema(description = "Its id.", examples = "1") long id,
        @JsonUnwrapped @JsonIgnoreProperties("algorithm") DiffRequest request,
        @Schema(description = "Whose API key asked for it.", examples = "1") long userId,
        @Schema(
                        description = "Whether both datasets are in one data source.",
                        enumeration = {"in_db", "cross_db"})
                String kind,
        @Schema(description = "Where it is in its life.") DiffStatus status,
        @Schema(description = "Where it came from.", examples = "api") String source,
        @Schema(description = "Whether it is over.") boolean done,
        @Schema(description = "What it comes to in a word; null where a part alone was compared and is the same.")
                @Nullable
                DiffResult result,
        @Schema(description = "The same for schema, pks and values alone.") @Nullable
                Map<String, DiffResult> resultStatuses,
        @Schema(description = "It in a few figures.") @Nullable DiffStats diffStats,
        @Schema(description = "Columns with differing values.") @Nullable List<String> affectedColumns,
        @JsonProperty("algorithm")
                @Schema(
                        description = "Who compares: the one database (join), or the workers.",
                        enumeration = {"join", "hash", "fetch_and_join"})
                String chosenAlgorithm,
        @Schema(description = "How the work is cut, once that is planned.", examples = "key ranges") @Nullable
                String strategy,
        @Schema(
                        description =
                                "What its reader must know, in sentences; known with the plan, complete with its end."
                                        + " Parallax' own field.")
                List<String> notes,
        @Schema(description = "Seconds from its creation to its end.", examples = "1.25") @Nullable Double runtime,
        @Schema(description = "Fields of the request that nobody knows.") List<String> ignoredFields,
        @JsonFormat(pattern = Timestamps.PATTERN) @Schema(description = "When it was made.") OffsetDateTime createdAt,
        @JsonFormat(pattern = Timestamps.PATTERN) @Schema(description = "When its state changed last.")
                OffsetDateTime updatedAt,
        @JsonFormat(pattern = Timestamps.PATTERN) @Schema(description = "When it ended.") @Nullable
                OffsetDateTime finishedAt,
        @JsonInclude(JsonInclude.Include.NON_NULL)
                @Schema(description = "How far it is; only where one diff is asked for.")
                @Nullable
                Progress diffProgress) {
    private static final PropertyNamingStrategies.NamingBase SNAKE_CASE =
            new PropertyNamingStrategies.SnakeCaseStrategy();

    /** The names of its own fields, which no request has; but a diff that was answered may be sent again. */
    public static Set<String> fields() {
        return Arrays.stream(DiffObject.class.getRecordComponents())
                .map(RecordComponent::getName)
                .map(SNAKE_CASE::translate)
                .filter(name -> !name.equals("request"))
                .collect(Collectors.toUnmodifiableSet());
    }

    public static DiffObject of(Diff diff) {
        return of(diff, StoredDiff.request(diff));
    }

    /** {@code request}: as it is stored, with what has become of it. */
    public static DiffObject of(Diff diff, DiffRequest request) {
        Outcome outcome = diff.status() == DiffStatus.DONE ? StoredDiff.outcome(diff) : null;
        return new DiffObject(
                diff.id,
                request,
                diff.userId,
                diff.dataSource1Id.equals(diff.dataSource2Id) ? "in_db" : "cross_db",
                diff.status(),
                "api",
                diff.status().isOver(),
                result(diff, outcome),
                outcome == null ? null : outcome.resultStatuses(),
                outcome == null ? null : DiffStats.of(outcome),
                outcome == null ? null : outcome.affectedColumns(),
                Algorithm.answer(request),
                diff.algorithm,
                StoredDiff.notes(diff),
                diff.finishedAt == null ? null : seconds(diff.createdAt, diff.finishedAt),
                List.of(diff.ignoredFields),
                Timestamps.utc(diff.createdAt),
                Timestamps.utc(diff.updatedAt),
                Timestamps.utcOrNull(diff.finishedAt),
                null);
    }

    /** The same, with how far it is. */
    public DiffObject with(Progress progress) {
        return new DiffObject(
                id,
                request,
                userId,
                kind,
                status,
                source,
                done,
                result,
                resultStatuses,
                diffStats,
                affectedColumns,
                chosenAlgorithm,
                strategy,
                notes,
                runtime,
                ignoredFields,
                createdAt,
                updatedAt,
                finishedAt,
                progress);
    }

    private static @Nullable DiffResult result(Diff diff, @Nullable Outcome outcome) {
        if (outcome != null) {
            return outcome.result();
        }
        return diff.status() == DiffStatus.FAILED ? DiffResult.ERROR : null;
    }

    private static double seconds(OffsetDateTime from, OffsetDateTime to) {
        return Duration.between(from, to).toNanos() / 1e9;
    }

    /** How far a diff is. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    @Schema(name = "DiffProgress", description = "How far a diff is. Planning is one step, each task another.")
    public record Progress(
            @Schema(description = "The version of these figures.", examples = "v1") String version,
            @Schema(description = "Steps that are done.") long completedSteps,
            @Schema(description = "Steps known so far; more come with the plan and with each later stage.")
                    long totalSteps) {
        public static Progress of(@Nullable Integer tasks, long results) {
            return new Progress("v1", results, 1L + (tasks == null ? 0 : tasks));
        }
    }
}
