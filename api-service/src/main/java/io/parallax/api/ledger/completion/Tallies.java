package io.parallax.api.ledger.completion;

import io.parallax.api.ledger.LockedDiff;
import io.parallax.api.store.Folding;
import io.parallax.api.store.StoredJson;
import io.parallax.contract.tally.Reads;
import io.parallax.contract.tally.Tally;
import io.parallax.outcome.Notes;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.NoSuchElementException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Tallies as the ledger keeps them, and how the rows behind them were read. */
public final class Tallies {
    /** One of a wide table may be 30 KB. */
    private static final int AT_ONCE = 100;

    private @Nullable Sum sum;

    private Tallies() {}

    /**
     * What results add up to.
     *
     * @param reads null when none of them says how it was read
     * @param notes none where there is nothing to note
     */
    public record Sum(Tally tally, @Nullable Reads reads, Notes notes) {
        /** The same, read in this way too; null for no other. */
        public Sum readAs(@Nullable String others) {
            return others == null
                    ? this
                    : new Sum(tally, Reads.sum(StoredJson.read(others, Reads.class), reads), notes);
        }

        private Sum plus(Sum other) {
            return new Sum(
                    tally.plus(other.tally), Reads.sum(reads, other.reads), Notes.sum(Stream.of(notes, other.notes)));
        }
    }

    /**
     * The sum of all results of a plan, at least one; fails when they do not count the same columns.
     *
     * @param sql one that answers tally, reads and notes
     */
    public static Uni<Sum> sum(SqlConnection tx, LockedDiff diff, String sql) {
        Tallies tallies = new Tallies();
        return Folding.each(tx, sql, Tuple.of(diff.id(), diff.plan()), AT_ONCE, tallies::add)
                .map(done -> tallies.sum());
    }

    private void add(Row row) {
        Sum one = new Sum(
                StoredJson.read(row.getString("tally"), Tally.class),
                StoredJson.readOrNull(row.getString("reads"), Reads.class),
                StoredJson.notes(row.getString("notes")));
        sum = sum == null ? one : sum.plus(one);
    }

    private Sum sum() {
        if (sum == null) {
            throw new NoSuchElementException("a finished diff without results");
        }
        return sum;
    }
}
