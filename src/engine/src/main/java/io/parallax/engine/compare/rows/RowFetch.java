package io.parallax.engine.compare.rows;

import io.parallax.engine.row.Row;
import io.parallax.engine.row.RowStream;
import io.parallax.engine.session.SessionPair;
import io.parallax.engine.task.PlanContext;
import io.parallax.engine.type.WireForm;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads rows of both sides at once and looks at how they compare. */
public final class RowFetch {
    private final PlanContext context;
    private final KeyVisitor visitor;

    public RowFetch(PlanContext context, KeyVisitor visitor) {
        this.context = context;
        this.visitor = visitor;
    }

    /** Compares the rows of two queries that send in the order of the key; how many rows that was. */
    public long compare(SessionPair pair, String rowsA, String rowsB) {
        SessionPair.Both<RowStream> copies = pair.both(session -> session.copy(rowsA), session -> session.copy(rowsB));
        try (RowStream copyA = copies.a();
                RowStream copyB = copies.b()) {
            List<WireForm> key = context.a().keyEncodings();
            KeyGroups groupsA = new KeyGroups(rows(copyA, key.size()), key, context.comparesRepeated());
            KeyGroups groupsB = new KeyGroups(rows(copyB, key.size()), key, context.comparesRepeated());
            new RowMerge(key, visitor).merge(groupsA, groupsB);
            return groupsA.rowsRead() + groupsB.rowsRead();
        }
    }

    /** The rows that a query sends, one by one. */
    static Supplier<@Nullable Row> rows(RowStream copy, int keyColumns) {
        return () -> {
            RowStream.Fields fields = copy.next();
            return fields == null ? null : Row.of(fields, keyColumns);
        };
    }
}
