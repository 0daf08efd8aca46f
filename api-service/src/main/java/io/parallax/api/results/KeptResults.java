package io.parallax.api.results;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.parallax.api.ledger.Comparison;
import io.parallax.api.ledger.KindWord;
import io.parallax.api.problems.ProblemException;
import io.parallax.contract.Codec;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The differing rows that the store keeps. */
@ApplicationScoped
class KeptResults {
    private static final ObjectMapper MAPPER = Codec.mapper();

    private static final String DIFF =
            """
            select comparison, status = 'done' as done, coalesce(rows_complete, false) and not purged as complete,
                   recheck is not null as rechecked
            from diff where id = $1""";

    private static final String ROWS =
            """
            select kind::text as word, rank, id, key, row_values, remained, shortened from differing_row
            where diff = $1 and kind = any($2::text[]::differing_kind[])
              and (cardinality($3::text[]) = 0 or columns && $3::text[])
              and (kind, rank, id) > ($4::text::differing_kind, $5::bigint, $6::bigint)
            order by kind, rank, id limit $7""";

    private final Pool store;

    KeptResults(Pool store) {
        this.store = store;
    }

    /**
     * What is known of a diff.
     *
     * @param comparison null until its plan is made
     * @param isDone false while rows may still come, and when none ever will
     * @param complete whether all rows that differ are kept
     * @param rechecked whether their keys were read again
     */
    record Known(@Nullable Comparison comparison, boolean isDone, boolean complete, boolean rechecked) {}

    /** A row, and where it stands among the others. */
    record Placed(Position position, ResultRow row) {}

    /**
     * What is known of this diff.
     *
     * @throws ProblemException (404) when there is none
     */
    Uni<Known> known(long diff) {
        return store.preparedQuery(DIFF).execute(Tuple.of(diff)).map(rows -> {
            for (Row row : rows) {
                return new Known(
                        comparison(row),
                        row.getBoolean("done"),
                        row.getBoolean("complete"),
                        row.getBoolean("rechecked"));
            }
            throw ProblemException.notFound("diff", diff);
        });
    }

    private static @Nullable Comparison comparison(Row row) {
        String json = row.getString("comparison");
        try {
            return json == null ? null : MAPPER.readValue(json, Comparison.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a comparison in the store cannot be read", e);
        }
    }

    /** The rows that are asked for, and one more if there is one. */
    Uni<List<Placed>> rows(long diff, ResultsRequest request) {
        Position after = request.after();
        return store.preparedQuery(ROWS)
                .execute(Tuple.of(
                                diff,
                                request.kinds().stream().map(KindWord::of).toArray(String[]::new),
                                request.columns().toArray(String[]::new),
                                KindWord.of(after.kind()),
                                after.rank(),
                                after.id())
                        .addInteger(request.limit() + 1))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(KeptResults::placed)
                        .toList());
    }

    private static Placed placed(Row row) {
        String kind = row.getString("word");
        return new Placed(
                new Position(KindWord.kind(kind).orElseThrow(), row.getLong("rank"), row.getLong("id")),
                new ResultRow(
                        kind,
                        row.getString("key"),
                        row.getString("row_values"),
                        row.getBoolean("remained"),
                        List.of(row.getArrayOfStrings("shortened"))));
    }
}
