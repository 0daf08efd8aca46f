package io.parallax.api.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.parallax.contract.Codec;
import io.parallax.contract.UnreadableMessageException;
import io.parallax.contract.tally.Tally;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;

/** Tallies as the ledger keeps them. */
final class Tallies {
    private static final ObjectMapper MAPPER = Codec.mapper();

    private Tallies() {}

    /**
     * The sum of all rows, at least one.
     *
     * @throws IllegalArgumentException when they do not count the same columns
     */
    static Tally sum(RowSet<Row> rows) {
        Tally sum = null;
        for (Row row : rows) {
            Tally tally = read(row.getString("tally"));
            sum = sum == null ? tally : sum.plus(tally);
        }
        if (sum == null) {
            throw new IllegalStateException("a finished diff without results");
        }
        return sum;
    }

    private static Tally read(String json) {
        try {
            return Codec.fromJson(MAPPER.readTree(json), Tally.class);
        } catch (UnreadableMessageException | JsonProcessingException e) {
            throw new IllegalStateException("a tally in the store cannot be read", e);
        }
    }
}
