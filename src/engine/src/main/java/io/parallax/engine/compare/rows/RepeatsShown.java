package io.parallax.engine.compare.rows;

import io.parallax.engine.row.RowStream;
import io.parallax.engine.session.Session;
import io.parallax.engine.task.PlanContext;
import io.parallax.engine.task.Side;

/** Shows rows of repeated keys that both sides have alike; one side is read for both, unless their values may differ. */
public final class RepeatsShown {
    private final PlanContext context;
    private final DifferenceCollector differences;

    public RepeatsShown(PlanContext context, DifferenceCollector differences) {
        this.context = context;
        this.differences = differences;
    }

    /** Reads a query that sends the rows of repeated keys alone, in the order of the key; how many rows that was. */
    public long show(Side side, Session session, String repeatedRows) {
        try (RowStream copy = session.copy(repeatedRows)) {
            KeyGroups groups = new KeyGroups(
                    RowFetch.rows(copy, context.keyNames().size()), context.a().keyEncodings());
            for (KeyGroups.Group group = groups.next(); group != null; group = groups.next()) {
                differences.repeatedAlike(side, group);
            }
            return groups.rowsRead();
        }
    }
}
