package io.parallax.outcome.answer;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.parallax.contract.tally.Tally;
import io.parallax.outcome.Outcome;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A finished diff in a few figures. */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@Schema(description = "A finished diff in a few figures. Shares are between 0 and 1.")
public record DiffStats(
        @Schema(description = "The version of these figures.", examples = "v1") String version,
        @Schema(description = "Share of all distinct keys that exist on one side only.") double diffPks,
        @Schema(description = "Share of the compared rows that differ.") double diffRows,
        @Schema(description = "Share of the compared values that differ.") double diffValues,
        @Schema(description = "Share of all columns without a comparable partner.") double diffSchema,
        @Schema(description = "Share of all rows whose key has a null part.") double diffNullPks,
        @Schema(description = "Share of all rows whose key occurs more than once.") double diffDuplicatePks,
        @Schema(
                        description =
                                "How much of both datasets is the same: one minus the share of values that differ, are"
                                        + " exclusive or have no partner.")
                double matchRatio,
        @Schema(description = "Compared rows that differ.") long diffRowsCount,
        @Schema(description = "Keys that only B has.") long rowsAdded,
        @Schema(description = "Keys that only A has.") long rowsRemoved,
        @JsonProperty("table_a_row_count") @Schema(description = "Rows of A.") long tableARowCount,
        @JsonProperty("table_b_row_count") @Schema(description = "Rows of B.") long tableBRowCount,
        @Schema(description = "Errors met; a diff with one fails, so 0.") long errors,
        @Schema(description = "Whether values were compared for a sample of keys only.") boolean sampled) {
    public static DiffStats of(Outcome outcome) {
        Tally tally = outcome.tally();
        long keys = tally.distincts().a() + tally.exclusives().b();
        long rows = tally.totalRows().sum();
        return new DiffStats(
                "v1",
                Outcome.share(tally.exclusives().sum(), keys),
                Outcome.share(tally.rowsWithDifferences(), tally.comparedRows()),
                Outcome.share(tally.valuesWithDifferences(), outcome.totalValues()),
                Outcome.share(
                        outcome.comparison().schema().columnsMismatched().sum(),
                        outcome.comparison().schema().columnCounts().sum()),
                Outcome.share(tally.nulls().sum(), rows),
                Outcome.share(tally.dupes().sum(), rows),
                outcome.matchRatio(),
                tally.rowsWithDifferences(),
                tally.exclusives().b(),
                tally.exclusives().a(),
                tally.totalRows().a(),
                tally.totalRows().b(),
                0,
                outcome.sample() != null);
    }
}
