package io.parallax.api.datadiffs;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.parallax.contract.Workspace;
import io.parallax.contract.Workspace.Table;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The tables that the rows which differ were written to; all null where none were. */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@Schema(description = "Tables of the rows that differ; null where none were asked for.")
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

    static MaterializedResults of(Diff diff) {
        Workspace workspace = StoredDiff.workspace(diff);
        return new MaterializedResults(
                place(diff, workspace, Table.DIFF),
                place(diff, workspace, Table.DUPLICATES1),
                place(diff, workspace, Table.DUPLICATES2),
                place(diff, workspace, Table.EXCLUSIVES));
    }

    private static @Nullable List<Place> place(Diff diff, @Nullable Workspace workspace, Table table) {
        if (diff.purged || diff.destinationId == null || workspace == null || workspace.results() == null) {
            return null;
        }
        boolean isSampled = !workspace.results().whole() && !Boolean.TRUE.equals(diff.rowsComplete);
        return List.of(new Place(
                diff.destinationId, List.of(workspace.results().schema(), workspace.lasting(table)), isSampled));
    }
}
