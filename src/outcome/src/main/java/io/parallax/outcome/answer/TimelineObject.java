package io.parallax.outcome.answer;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.parallax.contract.tally.Sides;
import io.parallax.contract.tally.Timeline;
import io.parallax.outcome.Outcome;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What of a diff's figures belongs to which time. */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@Schema(name = "Timeline", description = "What of the figures belongs to which time.")
public record TimelineObject(
        @Schema(description = "How long a bucket is.", examples = "day") String timeAggregate,
        @Schema(description = "The buckets with rows, in order; the one of rows without a time last.")
                List<Bucket> buckets) {
    public static TimelineObject of(Timeline timeline, String unit, Outcome outcome) {
        return new TimelineObject(
                unit,
                timeline.buckets().stream()
                        .map(bucket -> Bucket.of(bucket, outcome))
                        .toList());
    }

    /** One bucket of time. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    @Schema(name = "TimelineBucket", description = "One bucket of time; pairs are [A, B].")
    public record Bucket(
            @JsonFormat(pattern = Timestamps.PATTERN)
                    @Schema(description = "When it begins, UTC; null for rows without a finite time.")
                    @Nullable
                    OffsetDateTime start,
            @Schema(description = "Compared rows, by their time in A.", examples = "100") long comparedRows,
            @Schema(
                            description = "Distinct keys that the other side does not have, by their own time.",
                            implementation = long[].class,
                            examples = "[0, 5]")
                    Sides exclusives,
            @Schema(description = "The columns with a differing value.") List<Column> columns) {
        private static Bucket of(Timeline.Bucket bucket, Outcome outcome) {
            Long start = bucket.start();
            return new Bucket(
                    start == null ? null : OffsetDateTime.ofInstant(Instant.ofEpochSecond(start), ZoneOffset.UTC),
                    bucket.compared(),
                    Sides.of(bucket.exclusiveA(), bucket.exclusiveB()),
                    IntStream.range(0, bucket.differences().size())
                            .filter(column -> bucket.differences().get(column) > 0)
                            .mapToObj(column -> Column.of(
                                    outcome.comparison().comparedColumns().get(column),
                                    bucket.compared(),
                                    bucket.differences().get(column)))
                            .toList());
        }
    }

    /** One compared column in one bucket. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    @Schema(name = "TimelineColumn")
    public record Column(
            @Schema(description = "Its name.", examples = "price") String columnName,
            @Schema(description = "Its values that differ.", examples = "0") long valuesDifferent,
            @Schema(description = "The share of compared values that differ.", examples = "0") double share) {
        private static Column of(String name, long compared, long differing) {
            return new Column(name, differing, Outcome.share(differing, compared));
        }
    }
}
