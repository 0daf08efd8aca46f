package io.parallax.api.requests;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Which page of how many an answer has; its fields stand in the answer itself. */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record PageNumbers(
        @Schema(description = "All there are.") long count,
        @Schema(description = "The page, from 1.") int page,
        @Schema(description = "How many are on a page.") int pageSize,
        @Schema(description = "Pages there are.") long totalPages) {
    /** {@code count}: all there are. */
    public static PageNumbers of(long count, Paging paging) {
        return new PageNumbers(count, paging.page(), paging.pageSize(), paging.pages(count));
    }
}
