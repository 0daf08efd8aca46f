package io.parallax.api.results;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Some of the rows in which a diff's datasets differ. */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@Schema(description = "Some of the rows that differ.")
record ResultsPage(
        @Schema(description = "The rows, by kind or by key.") List<ResultRow> results,
        @Schema(description = "Where the next page begins; null after the last row.") @Nullable String nextCursor,
        @Schema(description = "False when more rows differ than were kept.") boolean complete) {
    ResultsPage {
        results = List.copyOf(results);
    }

    /** A page of so many rows; those given may be one more. */
    static ResultsPage of(List<KeptResults.Placed> rows, ResultsRequest request, long diff, boolean complete) {
        int limit = request.limit();
        List<KeptResults.Placed> shown = rows.subList(0, Math.min(limit, rows.size()));
        String next = rows.size() > limit ? shown.get(limit - 1).position().cursor(diff, request.order()) : null;
        return new ResultsPage(shown.stream().map(KeptResults.Placed::row).toList(), next, complete);
    }
}
