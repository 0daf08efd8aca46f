package io.parallax.api.store;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Transaction;
import java.util.function.Function;

/** Transactions whose beginning nobody waits for: it is sent together with what comes first, which saves a trip to the store. */
public final class Transactions {
    private Transactions() {}

    /** Committed when the work is done, rolled back when it fails or nobody wants it any more. */
    public static <T> Uni<T> within(Pool store, Function<SqlConnection, Uni<T>> work) {
        return store.getConnection().flatMap(connection -> Uni.createFrom()
                .deferred(() -> within(connection, work))
                // Of what is still open by then closing makes an end, too.
                .onTermination()
                .call(connection::close));
    }

    private static <T> Uni<T> within(SqlConnection connection, Function<SqlConnection, Uni<T>> work) {
        Uni<Transaction> begun = connection.begin().memoize().indefinitely();
        // Statements are sent in this order, and each one that comes after a failure fails, too.
        begun.subscribe().with(transaction -> {}, failure -> {});
        return work.apply(connection)
                .onItem()
                .call(() -> begun.flatMap(Transaction::commit))
                .onFailure()
                .call(() -> begun.flatMap(Transaction::rollback).onFailure().recoverWithNull());
    }
}
