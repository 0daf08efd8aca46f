package io.parallax.outcome.repair;

import io.parallax.contract.message.Target.Obstacle;
import io.parallax.contract.tally.DifferingRow.Kind;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How far a script reaches.
 *
 * @param columns of each kind of which there are rows, the columns that differ in some of these
 */
public record Extent(Map<Kind, List<String>> columns) {
    public Extent {
        columns = Map.copyOf(columns);
    }

    public boolean meets(Obstacle obstacle, Direction direction) {
        return obstacle.operations().stream().anyMatch(operation -> switch (operation) {
            case INSERT -> columns.containsKey(direction.missing());
            case DELETE -> columns.containsKey(direction.surplus());
            case UPDATE -> changes(obstacle.columns());
        });
    }

    /** Whether one of these columns differs in some row of both sides, or any where they are not named. */
    public boolean changes(@Nullable List<String> names) {
        List<String> changed = columns.get(Kind.VALUE);
        return changed != null && (names == null || names.stream().anyMatch(changed::contains));
    }
}
