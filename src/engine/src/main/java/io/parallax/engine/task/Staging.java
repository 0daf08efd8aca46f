package io.parallax.engine.task;

import io.parallax.contract.Workspace.Table;
import java.util.List;

/**
 * Where tasks write the rows that differ, and where these go in the end.
 *
 * @param schema in the destination
 * @param staged what the names of the tables begin with that tasks write to
 * @param lasting what the names of the final ones begin with
 * @param whole whether all rows are written; else some of each task
 * @param types of all columns in the final tables, key first
 */
public record Staging(String schema, String staged, String lasting, boolean whole, List<String> types) {
    public Staging {
        types = List.copyOf(types);
    }

    /** The name of a table that tasks write to. */
    public String stagedName(Table table) {
        return table.after(staged);
    }

    /** The name of a final table. */
    public String lastingName(Table table) {
        return table.after(lasting);
    }
}
