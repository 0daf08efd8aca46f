package io.parallax.engine.compare.rows;

import io.parallax.engine.row.Row;
import io.parallax.engine.row.WireColumn;
import io.parallax.engine.task.PlanContext;
import io.parallax.engine.task.ValueRule;
import io.parallax.engine.type.WireForm;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Compares the values of two rows of one key: as bytes, and by the plan's rules where these differ. */
public final class RowComparison {
    private final int keyColumns;
    private final List<WireForm> encodings;
    private final @Nullable List<ValueRule> rules;

    public RowComparison(PlanContext context) {
        this.keyColumns = context.keyNames().size();
        this.encodings =
                context.a().sentValues().stream().map(WireColumn::encoding).toList();
        this.rules = context.rules();
    }

    /** Whether some values count as equal that are not. */
    boolean forgives() {
        return rules != null;
    }

    /** {@code true} for each value that differs; null where none does. */
    public boolean @Nullable [] differences(Row a, Row b) {
        if (a.sameValues(b)) {
            return null;
        }
        boolean[] differs = a.differences(b, encodings.size());
        if (rules != null) {
            forgive(a, b, differs, rules);
        }
        // More than values is sent where figures are told apart by time.
        for (boolean differing : differs) {
            if (differing) {
                return differs;
            }
        }
        return null;
    }

    /** Takes back what the rules forgive. */
    private void forgive(Row a, Row b, boolean[] differs, List<ValueRule> rules) {
        int columns = keyColumns + encodings.size();
        byte[][] ofA = a.fields(columns);
        byte[][] ofB = b.fields(columns);
        for (int column = 0; column < differs.length; column++) {
            int field = keyColumns + column;
            differs[column] =
                    differs[column] && !rules.get(column).forgives(encodings.get(column), ofA[field], ofB[field]);
        }
    }
}
