package io.parallax.outcome.answer;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.parallax.contract.tally.Reading;
import io.parallax.contract.tally.Reads;
import java.time.OffsetDateTime;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** How one side was read. */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@Schema(name = "SummaryRead", description = "How one side was read. Times are of its database's own clock.")
public record SideRead(
        @Schema(
                        description = "snapshot: all of it as it was at one moment, from. statements: each task saw the"
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
    public static @Nullable List<SideRead> of(@Nullable Reads reads) {
        return reads == null || reads.a() == null || reads.b() == null ? null : List.of(of(reads.a()), of(reads.b()));
    }

    private static SideRead of(Reading reading) {
        return new SideRead(
                reading.snapshot() == null ? "statements" : "snapshot",
                Timestamps.ofMicroseconds(reading.from()),
                Timestamps.ofMicroseconds(reading.to()));
    }
}
