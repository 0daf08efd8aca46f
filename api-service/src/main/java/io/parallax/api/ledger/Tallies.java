package io.parallax.api.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.parallax.contract.Codec;
import io.parallax.contract.UnreadableMessageException;
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
final class Tallies {
    /** One of a wide table may be 30 KB. */
    private static final int AT_ONCE = 100;

    private static final ObjectMapper MAPPER = Codec.mapper();

    private @Nullable Sum sum;

    private Tallies() {}

    /**
     * What results add up to.
     *
     * @param reads null when none of them says how it was read
     * @param notes none where there is nothing to note
     */
    record Sum(Tally tally, @Nullable Reads reads, Notes notes) {
        /** The same, read in this way too; null for no other. */
        Sum readAs(@Nullable String others) {
            return others == null ? this : new Sum(tally, Reads.sum(read(others, Reads.class), reads), notes);
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
    static Uni<Sum> sum(SqlConnection tx, LockedDiff diff, String sql) {
        Tallies tallies = new Tallies();
        return Folding.each(tx, sql, Tuple.of(diff.id(), diff.plan()), AT_ONCE, tallies::add)
                .map(done -> tallies.sum());
    }

    private void add(Row row) {
        Sum one = new Sum(
                read(row.getString("tally"), Tally.class),
                readOrNull(row.getString("reads"), Reads.class),
                notes(row.getString("notes")));
        sum = sum == null ? one : sum.plus(one);
    }

    private Sum sum() {
        if (sum == null) {
            throw new NoSuchElementException("a finished diff without results");
        }
        return sum;
    }

    /** What the ledger has noted; null for nothing. */
    static Notes notes(@Nullable String json) {
        return json == null ? Notes.NONE : read(json, Notes.class);
    }

    /** A part of a result as the ledger keeps it. */
    static @Nullable String jsonOrNull(@Nullable Object part) {
        return part == null ? null : Codec.text(part);
    }

    private static <T> @Nullable T readOrNull(@Nullable String json, Class<T> type) {
        return json == null ? null : read(json, type);
    }

    static <T> T read(String json, Class<T> type) {
        try {
            return Codec.fromJson(MAPPER.readTree(json), type);
        } catch (UnreadableMessageException | JsonProcessingException e) {
            throw new IllegalStateException("a " + type.getSimpleName() + " in the store cannot be read", e);
        }
    }
}
