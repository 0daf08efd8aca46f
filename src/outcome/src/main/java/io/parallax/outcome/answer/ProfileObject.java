package io.parallax.outcome.answer;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.parallax.contract.message.Profile;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What one dataset of a diff holds. */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@Schema(name = "DatasetProfile")
public record ProfileObject(
        @Schema(description = "Rows, after filter and time interval.", examples = "1509") long rows,
        @Schema(description = "Its columns, in its own order.") List<Column> columns) {
    public ProfileObject {
        columns = List.copyOf(columns);
    }

    public static ProfileObject of(Profile profile) {
        return new ProfileObject(
                profile.rows(), profile.columns().stream().map(Column::of).toList());
    }

    /** One column. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    @Schema(name = "ColumnProfile")
    public record Column(
            @Schema(description = "Its name on its own side.", examples = "price") String columnName,
            @Schema(description = "Its type in the database's words.", examples = "numeric") String type,
            @Schema(description = "Rows in which it is NULL.", examples = "0") long nulls,
            @Schema(
                            description = "The least value as text; texts by code points, 200 characters of them. Null"
                                    + " where there is none, or where values have no order.",
                            examples = "0.99")
                    @Nullable
                    String min,
            @Schema(description = "The greatest value likewise.", examples = "199") @Nullable String max) {
        public static Column of(Profile.Column column) {
            return new Column(column.name(), column.type(), column.nulls(), column.least(), column.greatest());
        }
    }
}
