package io.parallax.api.store;

import io.parallax.api.requests.OffTheLoop;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Cursor;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.function.Consumer;

/** Takes in rows of the store a few at a time, off the event loop: there may be thousands, and each may be large. */
public final class Folding {
    private Folding() {}

    /** Has each row taken in, one after the other; {@code atOnce} of them are in memory. */
    public static Uni<Void> each(SqlConnection tx, String sql, Tuple parameters, int atOnce, Consumer<Row> taking) {
        return tx.prepare(sql).flatMap(statement -> {
            Cursor cursor = statement.cursor(parameters);
            return Multi.createBy()
                    .repeating()
                    .uni(() -> next(cursor, atOnce, taking))
                    .whilst(more -> more)
                    .collect()
                    .last()
                    .replaceWithVoid()
                    .eventually(cursor::close)
                    .eventually(statement::close);
        });
    }

    /** Whether there are more. */
    private static Uni<Boolean> next(Cursor cursor, int atOnce, Consumer<Row> taking) {
        return cursor.read(atOnce)
                .flatMap(rows -> OffTheLoop.run(() -> {
                    rows.forEach(taking);
                    return cursor.hasMore();
                }));
    }
}
