package io.parallax.api.ledger.completion;

import com.fasterxml.jackson.databind.JsonNode;
import io.parallax.api.ledger.LockedDiff;
import io.parallax.api.requests.OffTheLoop;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.List;

/** Tasks that a plan has, or gets with a later stage; the ledger does not look into them. */
public final class NewTasks {
    private NewTasks() {}

    /** Of a stage, with these bodies. */
    public static Uni<Void> add(SqlConnection tx, LockedDiff diff, int stage, List<JsonNode> bodies) {
        return texts(bodies)
                .flatMap(texts -> tx.preparedQuery(CompletionSql.ADD_TASKS)
                        .execute(Tuple.of(diff.id(), diff.plan(), stage, texts)))
                .replaceWithVoid();
    }

    /** The same of a stage that comes on top of those that are known. */
    public static Uni<Void> addStage(SqlConnection tx, LockedDiff diff, int stage, List<JsonNode> bodies) {
        return add(tx, diff, stage, bodies)
                .chain(() -> tx.preparedQuery(CompletionSql.MORE_TASKS).execute(Tuple.of(diff.id(), bodies.size())))
                .replaceWithVoid();
    }

    private static Uni<String[]> texts(List<JsonNode> bodies) {
        return bodies.isEmpty()
                ? Uni.createFrom().item(new String[0])
                : OffTheLoop.run(() -> bodies.stream().map(Object::toString).toArray(String[]::new));
    }
}
