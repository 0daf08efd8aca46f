package io.parallax.api.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.parallax.contract.Codec;
import io.parallax.contract.UnreadableMessageException;
import io.parallax.contract.tally.Residue;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.PreparedStatement;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;

/** Residues as the ledger keeps them. */
final class Residues {
    /** A residue may be 220 KB, and a stage may have thousands of them. */
    private static final int AT_ONCE = 20;

    private static final ObjectMapper MAPPER = Codec.mapper();

    private Residues() {}

    /** The sum over a stage's results, at least one; fails when they are not of the same buckets. */
    static Uni<Residue> sum(SqlConnection tx, LiveDiff diff, int stage) {
        return tx.prepare(LedgerSql.RESIDUES)
                .flatMap(statement ->
                        sum(statement, Tuple.of(diff.id(), diff.plan(), stage)).eventually(statement::close));
    }

    private static Uni<Residue> sum(PreparedStatement statement, Tuple parameters) {
        return statement
                .createStream(AT_ONCE, parameters)
                .toMulti()
                .map(row -> read(row.getString("residue")))
                .onItem()
                .scan(Residue::plus)
                .collect()
                .last();
    }

    private static Residue read(String json) {
        try {
            return Codec.fromJson(MAPPER.readTree(json), Residue.class);
        } catch (UnreadableMessageException | JsonProcessingException e) {
            throw new IllegalStateException("a residue in the store cannot be read", e);
        }
    }
}
