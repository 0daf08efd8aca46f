package io.parallax.api.datadiffs.answer;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.parallax.api.datadiffs.request.DiffRequest;
import io.parallax.api.datadiffs.stored.Diff;
import io.parallax.api.datasources.DataSource;
import io.parallax.outcome.DiffResult;
import io.parallax.outcome.DiffStatus;
import io.parallax.outcome.answer.DiffStats;
import io.parallax.outcome.answer.Timestamps;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A diff in short, for people. */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@Schema(name = "DataDiffSummary", description = "A diff in short, for people.")
public record DiffSummary(
        @Schema(description = "Its id.", examples = "1") long id,
        @Schema(description = "Where it is in its life.") DiffStatus status,
        @Schema(description = "What it comes to in a word.") @Nullable DiffResult result,
        @JsonProperty("data_source1_id") @Schema(description = "The data source of A.") long dataSource1Id,
        @JsonProperty("data_source1_name") @Schema(description = "Its name.") @Nullable String dataSource1Name,
        @JsonProperty("data_source2_id") @Schema(description = "The data source of B.") long dataSource2Id,
        @JsonProperty("data_source2_name") @Schema(description = "Its name.") @Nullable String dataSource2Name,
        @Schema(description = "The path of table A; null for a query.", examples = "[\"public\", \"orders\"]") @Nullable
                List<String> table1,
        @Schema(description = "The path of table B; null for a query.", examples = "[\"public\", \"orders\"]") @Nullable
                List<String> table2,
        @Schema(description = "The key.") List<String> pkColumns,
        @Schema(description = "It in a few figures.") @Nullable DiffStats diffStats,
        @Schema(description = "What it found, in plain words.", examples = "Both sides have the same 1509 rows.")
                String feedback,
        @Schema(description = "What its reader must know, in sentences. Parallax' own field.") List<String> notes,
        @Schema(description = "Why it failed, in plain words.") @Nullable String error,
        @Schema(description = "Seconds from its creation to its end.", examples = "1.25") @Nullable Double runtime,
        @JsonFormat(pattern = Timestamps.PATTERN) @Schema(description = "When it was made.") OffsetDateTime createdAt,
        @JsonFormat(pattern = Timestamps.PATTERN) @Schema(description = "When its state changed last.")
                OffsetDateTime updatedAt,
        @JsonFormat(pattern = Timestamps.PATTERN) @Schema(description = "When it ended.") @Nullable
                OffsetDateTime finishedAt) {
    public static DiffSummary of(DiffObject diff, Diff stored, Map<Long, DataSource> sources) {
        DiffRequest request = diff.request();
        boolean failed = diff.status() == DiffStatus.FAILED || diff.status() == DiffStatus.CANCELLED;
        return new DiffSummary(
                diff.id(),
                diff.status(),
                diff.result(),
                request.datasets().dataSource1Id(),
                name(sources, request.datasets().dataSource1Id()),
                request.datasets().dataSource2Id(),
                name(sources, request.datasets().dataSource2Id()),
                request.datasets().table1(),
                request.datasets().table2(),
                request.key().pkColumns(),
                diff.diffStats(),
                StoredAnswers.feedback(stored),
                diff.notes(),
                failed ? StoredAnswers.fault(stored).errorValue() : null,
                diff.runtime(),
                diff.createdAt(),
                diff.updatedAt(),
                diff.finishedAt());
    }

    private static @Nullable String name(Map<Long, DataSource> sources, long id) {
        DataSource source = sources.get(id);
        return source == null ? null : source.name;
    }
}
