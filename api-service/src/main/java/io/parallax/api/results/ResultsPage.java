package io.parallax.api.results;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.parallax.outcome.answer.Bulky;
import io.parallax.outcome.rows.ResultRow;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Some of the rows in which a diff's datasets differ. */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@Schema(description = "Some of the rows that differ.")
record ResultsPage(
        @Schema(description = "The rows, by kind or by key.") List<ResultRow> results,
        @Schema(description = "Where the next page begins; null after the last row.") @Nullable String nextCursor,
        @Schema(description = "False when more rows differ than were kept.") boolean complete)
        implements Bulky {
    ResultsPage {
        results = List.copyOf(results);
    }

    /** A page of those of these rows that were asked for and that there is room for; there may be one more. */
    static ResultsPage of(List<KeptResults.Placed> rows, ResultsRequest request, long diff, boolean complete) {
        List<KeptResults.Placed> shown = rows.stream()
                .limit(request.limit())
                .filter(row -> !row.beyond())
                .toList();
        String next = rows.size() > shown.size()
                ? shown.get(shown.size() - 1).position().cursor(diff, request.order())
                : null;
        return new ResultsPage(shown.stream().map(KeptResults.Placed::row).toList(), next, complete);
    }

    @Override
    public long bulk() {
        return results.stream()
                .mapToLong(row -> row.key().length() + row.values().length())
                .sum();
    }
}
