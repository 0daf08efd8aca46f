package io.parallax.api.ledger.recheck;

import io.parallax.api.ledger.LockedDiff;
import io.parallax.api.ledger.issue.PendingMessages;
import io.parallax.contract.message.Control;
import io.parallax.contract.message.TaskAddress;
import io.parallax.contract.tally.Rechecked;
import io.parallax.contract.tally.Tally;
import io.parallax.outcome.Recheck;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Has the keys that differ read again after a while: one more stage, whose tasks wait in the ledger until it is time.
 * Every change is part of a transaction that holds the diff's row.
 */
public final class Rechecks {
    /** Keys that one task reads, so that its message stays well below a megabyte. */
    private static final int BYTES_OF_A_TASK = 1 << 18;

    private static final int LONGEST_KEY = 1 << 18;

    private Rechecks() {}

    /** Adds the tasks for the keys that are kept; says how many. */
    public static Uni<Long> begin(SqlConnection tx, LockedDiff diff) {
        return tx.preparedQuery(RechecksSql.BEGIN)
                .execute(Tuple.of(
                        diff.id(), diff.plan(), diff.course().asked().recheckAfter(), BYTES_OF_A_TASK, LONGEST_KEY))
                .map(rows -> rows.iterator().next().getLong("added"));
    }

    /** Lets go of what the plan holds: its snapshots would only show again what is known. */
    public static Uni<PendingMessages> letGo(SqlConnection tx, LockedDiff diff) {
        TaskAddress held = TaskAddress.holding(diff.id(), diff.plan());
        return tx.preparedQuery(RechecksSql.LET_GO)
                .execute(Tuple.of(diff.id(), diff.plan()))
                .map(deleted -> {
                    PendingMessages pending = PendingMessages.NONE;
                    for (Row row : deleted) {
                        // Whoever it was taken over from goes as well.
                        pending =
                                PendingMessages.stop(diff.id(), new Control.StopTask(held, row.getInteger("attempt")));
                    }
                    return pending;
                });
    }

    /** Marks the rows of keys that were read again. */
    public static Uni<Void> mark(SqlConnection tx, TaskAddress address, @Nullable Rechecked rechecked) {
        if (rechecked == null) {
            return Uni.createFrom().voidItem();
        }
        List<Long> read = Stream.concat(rechecked.settled().stream(), rechecked.remained().stream())
                .toList();
        return tx.preparedQuery(RechecksSql.MARK)
                .execute(Tuple.of(
                        address.diff(),
                        address.plan(),
                        read.toArray(Long[]::new),
                        rechecked.remained().toArray(Long[]::new)))
                .replaceWithVoid();
    }

    /**
     * What came of it; null when nobody asked.
     *
     * @param allKept whether all rows that differ are known and kept
     */
    public static Uni<@Nullable Recheck> outcome(SqlConnection tx, LockedDiff diff, Tally tally, boolean allKept) {
        Integer after = diff.course().asked().recheckAfter();
        if (after == null) {
            return Uni.createFrom().nullItem();
        }
        // No key with a NULL in it equals any other, so such rows cannot be looked for.
        boolean findable = allKept && tally.nulls().sum() == 0;
        return tx.preparedQuery(RechecksSql.COUNT)
                .execute(Tuple.of(diff.id(), diff.plan()))
                .map(rows -> outcome(after, rows, findable));
    }

    private static Recheck outcome(int after, RowSet<Row> rows, boolean findable) {
        Map<String, Long> byKind = new TreeMap<>();
        Row all = null;
        for (Row row : rows) {
            String kind = row.getString("kind");
            if (kind == null) {
                all = row;
            } else {
                byKind.put(kind, row.getLong("remaining"));
            }
        }
        if (all == null) {
            throw new IllegalStateException("a sum over all rows is always there");
        }
        byKind.values().removeIf(remaining -> remaining == 0);
        return new Recheck(
                after,
                all.getLong("rechecked"),
                all.getLong("remaining"),
                byKind,
                findable && all.getLong("left_out") == 0);
    }
}
