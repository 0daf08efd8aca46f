package io.parallax.api.repair;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.parallax.api.problems.ProblemException;
import io.parallax.api.requests.OffTheLoop;
import io.parallax.api.store.StoredJson;
import io.parallax.contract.Codec;
import io.parallax.contract.tally.DifferingRow.Kind;
import io.parallax.contract.tally.Tally;
import io.parallax.outcome.PlanSummary;
import io.parallax.outcome.rows.KindName;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.OffsetDateTime;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** What the store knows that a repair is made of. */
@ApplicationScoped
class KeptDifferences {
    private static final ObjectMapper MAPPER = Codec.mapper();

    private static final String DIFF =
            """
            select d.status, d.comparison, d.tally, d.finished_at, d.purged, d.partial is not null as partial,
                   d.sample is not null as sampled, coalesce(d.rows_complete, false) as complete,
                   exists (select from differing_row r where r.diff = d.id and cardinality(r.shortened) > 0
                             and r.remained is distinct from false) as shortened
            from diff d where d.id = $1""";

    /** Those rows that are told, in the order of the key's columns, as JSON has them: their numbers and sizes. */
    private static final String ORDER =
            """
            select array_agg(id order by place, id) as ids, array_agg(size order by place, id) as sizes
            from (select id, octet_length(key) + octet_length(row_values) as size,
                         (select array_agg(key::jsonb -> n.name order by n.i)
                          from unnest($3::text[]) with ordinality n(name, i)) as place
                  from differing_row
                  where diff = $1 and kind = $2::text::differing_kind and remained is distinct from false) r""";

    /** $1 diff, $2 numbers of rows. */
    private static final String ROWS =
            """
            select r.key, r.row_values from unnest($2::bigint[]) with ordinality as wanted(id, place)
            join differing_row r on r.id = wanted.id and r.diff = $1
            order by wanted.place""";

    private final Pool store;

    KeptDifferences(Pool store) {
        this.store = store;
    }

    /**
     * A diff, and how much of what differs is kept.
     *
     * @param shortened whether a value is kept by its beginning only
     */
    record Known(
            String status,
            @Nullable PlanSummary comparison,
            @Nullable Tally tally,
            @Nullable OffsetDateTime finishedAt,
            boolean purged,
            boolean partial,
            boolean sampled,
            boolean complete,
            boolean shortened) {}

    /** A row that differs. */
    record Difference(JsonNode key, JsonNode values) {}

    /**
     * What is known of this diff.
     *
     * @throws ProblemException (404) when there is none
     */
    Uni<Known> known(long diff) {
        return store.preparedQuery(DIFF).execute(Tuple.of(diff)).flatMap(rows -> {
            for (Row row : rows) {
                String comparison = row.getString("comparison");
                return OffTheLoop.run(comparison == null ? 0 : comparison.length(), () -> known(row, comparison));
            }
            throw ProblemException.notFound("diff", diff);
        });
    }

    private static Known known(Row row, @Nullable String comparison) {
        return new Known(
                row.getString("status"),
                read(comparison, PlanSummary.class),
                read(row.getString("tally"), Tally.class),
                row.getOffsetDateTime("finished_at"),
                row.getBoolean("purged"),
                row.getBoolean("partial"),
                row.getBoolean("sampled"),
                row.getBoolean("complete"),
                row.getBoolean("shortened"));
    }

    /**
     * What is written of the kept rows of a kind, in the order of the key, but for those that no longer differed when read again. Of
     * the rows a page is read at a time, when the one before has been taken; no connection waits for whoever takes them.
     *
     * @throws RowsGoneException when rows are purged meanwhile
     */
    Multi<String> pages(long diff, Kind kind, String[] key, Function<Difference, String> writing) {
        return store.preparedQuery(ORDER)
                .execute(Tuple.of(diff, KindName.of(kind), key))
                .flatMap(rows -> OffTheLoop.run(() -> Pages.of(rows.iterator().next())))
                .onItem()
                .transformToMulti(pages -> Multi.createFrom().iterable(pages))
                .onItem()
                .transformToUniAndConcatenate(page -> page(diff, page, writing));
    }

    private Uni<String> page(long diff, Long[] ids, Function<Difference, String> writing) {
        return store.preparedQuery(ROWS).execute(Tuple.of(diff, ids)).flatMap(rows -> {
            if (rows.size() < ids.length) {
                throw new RowsGoneException();
            }
            return OffTheLoop.run(() -> StreamSupport.stream(rows.spliterator(), false)
                    .map(row -> new Difference(
                            StoredJson.tree(row.getString("key")), StoredJson.tree(row.getString("row_values"))))
                    .map(writing)
                    .collect(Collectors.joining()));
        });
    }

    private static <T> @Nullable T read(@Nullable String json, Class<T> type) {
        try {
            return json == null ? null : MAPPER.readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a " + type.getSimpleName() + " in the store cannot be read", e);
        }
    }
}
