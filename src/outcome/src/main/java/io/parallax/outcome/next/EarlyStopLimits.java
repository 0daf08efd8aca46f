package io.parallax.outcome.next;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.parallax.contract.tally.Tally;
import java.util.Collections;
import org.jspecify.annotations.Nullable;

/**
 * When a diff ends before all is compared.
 *
 * @param differingRows rows that differ or that one side lacks; null for any number
 * @param differingValues of one column; null for any number
 * @param fetchedRows rows that left the databases, of both sides; null for any number
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record EarlyStopLimits(
        @Nullable Long differingRows, @Nullable Long differingValues, @Nullable Long fetchedRows) {
    /**
     * Why it ends with what is counted so far; null when it goes on.
     *
     * @param fetched rows that were fetched so far
     */
    public @Nullable String reached(Tally tally, long fetched) {
        if (differingRows != null && tally.exclusives().sum() + tally.rowsWithDifferences() >= differingRows) {
            return "diff_threshold";
        }
        if (differingValues != null
                && !tally.differencesPerColumn().isEmpty()
                && Collections.max(tally.differencesPerColumn()) >= differingValues) {
            return "per_column_diff_limit";
        }
        return fetchedRows != null && fetched >= fetchedRows ? "download_limit" : null;
    }
}
