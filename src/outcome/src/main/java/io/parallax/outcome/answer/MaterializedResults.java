package io.parallax.outcome.answer;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.parallax.contract.Workspace;
import io.parallax.contract.Workspace.Table;
import java.util.List;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The tables that the rows which differ were written to; null once they are purged. */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@Schema(description = "Tables of the rows that differ; null once they are purged.")
public record MaterializedResults(
        @Schema(description = "Rows whose values differ.") @Nullable List<Place> diff,
        @Schema(description = "Rows of A with a repeated key.") @Nullable List<Place> duplicates1,
        @Schema(description = "Rows of B with a repeated key.") @Nullable List<Place> duplicates2,
        @Schema(description = "Rows whose key only one side has.") @Nullable List<Place> exclusives) {
    /** Where a table is. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    @Schema(name = "MaterializedTable")
    public record Place(
            @Schema(description = "The data source that it is in.", examples = "1") long dataSourceId,
            @Schema(
                            description = "Its schema and name.",
                            examples = "[\"scratch\", \"parallax_0123456789abcdef_diff\"]")
                    List<String> path,
            @Schema(description = "Whether rows are missing in it, as only some were to be written.")
                    boolean isSampled) {}

    /**
     * Null where none were asked for.
     *
     * @param destination the data source that they are in
     * @param purged whether they are dropped
     * @param complete whether all rows that differ are in them
     */
    public static @Nullable MaterializedResults of(
            @Nullable Workspace workspace, @Nullable Long destination, boolean purged, boolean complete) {
        Workspace.Results results = workspace == null ? null : workspace.results();
        if (workspace == null || results == null || destination == null) {
            return null;
        }
        boolean isSampled = !results.whole() && !complete;
        Function<Table, @Nullable List<Place>> places = table -> purged
                ? null
                : List.of(new Place(destination, List.of(results.schema(), workspace.lasting(table)), isSampled));
        return new MaterializedResults(
                places.apply(Table.DIFF),
                places.apply(Table.DUPLICATES1),
                places.apply(Table.DUPLICATES2),
                places.apply(Table.EXCLUSIVES));
    }
}
