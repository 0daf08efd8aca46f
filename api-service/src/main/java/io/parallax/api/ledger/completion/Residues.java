package io.parallax.api.ledger.completion;

import com.fasterxml.jackson.databind.JsonNode;
import io.parallax.api.ledger.LockedDiff;
import io.parallax.api.requests.OffTheLoop;
import io.parallax.api.store.Folding;
import io.parallax.api.store.StoredJson;
import io.parallax.contract.Codec;
import io.parallax.contract.tally.Residue;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** Residues as the ledger keeps them. */
public final class Residues {
    /** A residue may be 220 KB, and a stage may have thousands of them. */
    private static final int AT_ONCE = 20;

    private @Nullable Residue sum;

    private Residues() {}

    /** The sum over a stage's results, at least one, as JSON; fails when they are not of the same buckets. */
    public static Uni<JsonNode> sum(SqlConnection tx, LockedDiff diff, int stage) {
        Residues residues = new Residues();
        return Folding.each(tx, CompletionSql.RESIDUES, Tuple.of(diff.id(), diff.plan(), stage), AT_ONCE, residues::add)
                .flatMap(done -> OffTheLoop.run(residues::json));
    }

    private void add(Row row) {
        Residue one = StoredJson.read(row.getString("residue"), Residue.class);
        sum = sum == null ? one : sum.plus(one);
    }

    private JsonNode json() {
        if (sum == null) {
            throw new NoSuchElementException("a stage without a residue");
        }
        return Codec.toJson(sum);
    }
}
