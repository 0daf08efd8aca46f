package io.parallax.api.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.parallax.contract.Codec;
import io.parallax.contract.UnreadableMessageException;
import io.parallax.contract.tally.Reads;
import io.parallax.contract.tally.Tally;
import io.parallax.contract.tally.Timeline;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Tallies as the ledger keeps them, and how the rows behind them were read. */
final class Tallies {
    private static final ObjectMapper MAPPER = Codec.mapper();

    private Tallies() {}

    /**
     * What results add up to.
     *
     * @param reads null when none of them says how it was read
     * @param timeline null where nobody asked
     * @param notes none where there is nothing to note
     */
    record Sum(Tally tally, @Nullable Reads reads, @Nullable Timeline timeline, Notes notes) {
        /** The same, read in this way too; null for no other. */
        Sum readAs(@Nullable String others) {
            return others == null ? this : new Sum(tally, Reads.sum(read(others, Reads.class), reads), timeline, notes);
        }

        private Sum plus(Sum other) {
            return new Sum(
                    tally.plus(other.tally),
                    Reads.sum(reads, other.reads),
                    Timeline.sum(timeline, other.timeline),
                    Notes.sum(Stream.of(notes, other.notes)));
        }
    }

    /**
     * The sum of all rows, at least one.
     *
     * @throws IllegalArgumentException when they do not count the same columns
     */
    static Sum sum(RowSet<Row> rows) {
        Sum sum = null;
        List<Timeline> timelines = new ArrayList<>();
        for (Row row : rows) {
            Sum one = new Sum(
                    read(row.getString("tally"), Tally.class),
                    readOrNull(row.getString("reads"), Reads.class),
                    null,
                    Notes.read(row.getString("notes")));
            String timeline = row.getString("timeline");
            if (timeline != null) {
                timelines.add(read(timeline, Timeline.class));
            }
            sum = sum == null ? one : sum.plus(one);
        }
        if (sum == null) {
            throw new IllegalStateException("a finished diff without results");
        }
        return timelines.isEmpty() ? sum : new Sum(sum.tally, sum.reads, Timeline.sum(timelines), sum.notes);
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
