package io.parallax.api.audit;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.parallax.api.requests.PageNumbers;
import io.parallax.api.requests.Paging;
import io.parallax.outcome.answer.Timestamps;
import java.time.OffsetDateTime;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Some of what is on record. */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@Schema(description = "Calls that may have changed something, newest first.")
public record AuditPage(
        @JsonUnwrapped PageNumbers numbers, @Schema(description = "Those of this page.") List<Entry> results) {
    public AuditPage {
        results = List.copyOf(results);
    }

    static AuditPage of(long count, Paging paging, List<Entry> entries) {
        return new AuditPage(PageNumbers.of(count, paging), entries);
    }

    /** One call. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    @Schema(name = "AuditEntry")
    public record Entry(
            @Schema(description = "Its number.") long id,
            @JsonFormat(pattern = Timestamps.PATTERN) @Schema(description = "When it was answered.") OffsetDateTime at,
            @Schema(description = "The id of the API key it was made with.", examples = "1") long userId,
            @Schema(description = "Its method.", examples = "POST") String method,
            @Schema(description = "Its path.", examples = "/api/v1/datadiffs") String path,
            @Schema(description = "The status it was answered with.", examples = "200") int status,
            @Schema(description = "Where it came from.", examples = "10.0.0.7") @Nullable String address) {}
}
