package io.parallax.api.datasources;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.parallax.api.requests.PathText;
import io.parallax.outcome.answer.Timestamps;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A data source as the API shows it, without its secrets. */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@Schema(name = "DataSource", description = "A connection to a database; secrets are never shown.")
public record DataSourceObject(
        @Schema(description = "Its id.", examples = "1") long id,
        @Schema(description = "Its name.", examples = "warehouse") String name,
        @Schema(description = "Its type.", examples = "pg") String type,
        @JsonRawValue @Schema(description = "How to reach it, without secrets.", ref = OptionsSchema.NAME)
                String options,
        @Schema(
                        description =
                                "The schema that tables may be written to, behind its database and a dot; names that have"
                                        + " dots themselves stand in double quotes. Null for none.",
                        examples = "sales.scratch")
                @Nullable
                String tempSchema,
        @Schema(
                        description =
                                "How far apart columns of floats may be where a diff has no diff_tolerance; null for not at all.",
                        examples = "0.000001")
                @Nullable
                BigDecimal floatTolerance,
        @Schema(description = "The most connections at one time; null for no limit.", examples = "8") @Nullable
                Integer maxAllowedConnections,
        @Schema(description = "While true, new diffs of it are refused.") boolean isPaused,
        @Schema(description = "Fields of the request that nobody knows.") List<String> ignoredFields,
        @JsonFormat(pattern = Timestamps.PATTERN) @Schema(description = "When it was made.") OffsetDateTime createdAt,
        @JsonFormat(pattern = Timestamps.PATTERN) @Schema(description = "When it was changed last.")
                OffsetDateTime updatedAt) {
    static DataSourceObject of(DataSource source) {
        return new DataSourceObject(
                source.id,
                source.name,
                source.type,
                source.options,
                source.tempSchema == null ? null : PathText.of(List.of(source.database(), source.tempSchema)),
                source.floatTolerance,
                source.maxAllowedConnections,
                source.isPaused,
                List.of(source.ignoredFields),
                Timestamps.utc(source.createdAt),
                Timestamps.utc(source.updatedAt));
    }
}
