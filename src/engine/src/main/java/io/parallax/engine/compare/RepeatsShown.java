package io.parallax.engine.compare;

import io.parallax.engine.source.CopyRows;
import io.parallax.engine.source.Session;

/** Shows rows of repeated keys that both sides have alike; one side is read for both, unless their values may differ. */
final class RepeatsShown {
    private final PlanContext basis;
    private final DifferenceCollector findings;

    RepeatsShown(PlanContext basis, DifferenceCollector findings) {
        this.basis = basis;
        this.findings = findings;
    }

    /** Reads a query that sends the rows of repeated keys alone, in the order of the key; how many rows that was. */
    long show(Side side, Session session, String repeatedRows) {
        try (CopyRows copy = session.copy(repeatedRows)) {
            KeyGroups groups = new KeyGroups(
                    RowFetch.rows(copy, basis.keyNames().size()), basis.a().keyEncodings());
            for (KeyGroups.Group group = groups.next(); group != null; group = groups.next()) {
                findings.repeatedAlike(side, group);
            }
            return groups.rowsRead();
        }
    }
}
