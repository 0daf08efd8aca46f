package io.parallax.api.results;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.parallax.api.problems.ProblemException;
import io.parallax.api.requests.OffTheLoop;
import io.parallax.contract.Codec;
import io.parallax.outcome.PlanSummary;
import io.parallax.outcome.rows.ExactNumbers;
import io.parallax.outcome.rows.KindName;
import io.parallax.outcome.rows.ResultRow;
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
            select comparison, status, error_message, coalesce(rows_complete, false) and not purged as complete,
                   recheck is not null as rechecked
            from diff where id = $1""";

    private static final String SHOWN =
            "select r.kind::text as word, r.rank, r.id, r.key, r.row_values, r.remained, r.shortened from differing_row r";

    /** $1 diff, $2 kinds, $3 columns. */
    private static final String ASKED_FOR = " where r.diff = $1 and r.kind = any($2::text[]::differing_kind[])"
            + " and (cardinality($3::text[]) = 0 or r.columns && $3::text[])";

    /** $4 to $6 the place after which they begin, $7 how many. */
    private static final String BY_HASH = SHOWN
            + ASKED_FOR
            + " and (r.kind, r.rank, r.id) > ($4::text::differing_kind, $5::bigint, $6::bigint)"
            + " order by r.kind, r.rank, r.id limit $7";

    /** The row at such a place. */
    private static final String AFTER = "select %1$s from differing_row r" + KeyOrder.KEY
            + " where r.diff = $1 and r.kind = $4::text::differing_kind and r.rank = $5::bigint and r.id = $6::bigint";

    /** $4 to $6 the place of the row after which they begin, 0 for none, $7 how many; from $8 on the key's columns. */
    private static final String BY_KEY = SHOWN + KeyOrder.KEY + ASKED_FOR + " and ($6::bigint = 0 or (%1$s) > (" + AFTER
            + ")) order by %1$s limit $7";

    /** What an answer has room for, however many rows are asked for. */
    private static final int MOST_BYTES = 1 << 23;

    /** Rows as far as there is room for them, and the first beyond that, which says that there is one. */
    private static final String WITHIN_BOUNDS =
            """
            select word, rank, id, key, row_values, remained, shortened, before >= %1$d as beyond
            from (select s.*, row_number() over () as place,
                         coalesce(sum(octet_length(key) + octet_length(row_values))
                             over (rows between unbounded preceding and 1 preceding), 0) as before,
                         coalesce(sum(octet_length(key) + octet_length(row_values))
                             over (rows between unbounded preceding and 2 preceding), 0) as well_before
                  from (%2$s) s) p
            where well_before < %1$d order by place""";

    private final Pool store;

    KeptResults(Pool store) {
        this.store = store;
    }

    /**
     * What is known of a diff.
     *
     * @param comparison null until its plan is made
     * @param status where it is in its life; only what is {@code done} has rows
     * @param error why it failed; null unless it did
     * @param complete whether all rows that differ are kept
     * @param rechecked whether their keys were read again
     */
    record Known(
            @Nullable PlanSummary comparison,
            String status,
            @Nullable String error,
            boolean complete,
            boolean rechecked) {}

    /**
     * A row, and where it stands among the others.
     *
     * @param beyond whether an answer has no room for it
     */
    record Placed(Position position, ResultRow row, boolean beyond) {}

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
                comparison(comparison),
                row.getString("status"),
                row.getString("error_message"),
                row.getBoolean("complete"),
                row.getBoolean("rechecked"));
    }

    private static @Nullable PlanSummary comparison(@Nullable String json) {
        try {
            return json == null ? null : MAPPER.readValue(json, PlanSummary.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a comparison in the store cannot be read", e);
        }
    }

    /** The rows that are asked for, as far as an answer has room for them, and one more if there is one. */
    Uni<List<Placed>> rows(long diff, PlanSummary comparison, ResultsRequest request) {
        Position after = request.after();
        Tuple parameters = Tuple.of(
                        diff,
                        request.kinds().stream().map(KindName::of).toArray(String[]::new),
                        request.columns().toArray(String[]::new),
                        KindName.of(after.kind()),
                        after.rank(),
                        after.id())
                .addInteger(request.limit() + 1);
        ExactNumbers numbers = ExactNumbers.of(comparison);
        return store.preparedQuery(sql(comparison, request.order(), parameters))
                .execute(parameters)
                .flatMap(rows -> OffTheLoop.run(() -> StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> placed(row, numbers))
                        .toList()));
    }

    private static String bounded(String rows) {
        return WITHIN_BOUNDS.formatted(MOST_BYTES, rows);
    }

    private static String sql(PlanSummary comparison, RowOrder order, Tuple parameters) {
        if (order == RowOrder.HASH) {
            return bounded(BY_HASH);
        }
        KeyOrder key = KeyOrder.of(comparison, parameters.size() + 1);
        key.names().forEach(parameters::addString);
        return bounded(BY_KEY.formatted(key.terms()));
    }

    private static Placed placed(Row row, ExactNumbers numbers) {
        String kind = row.getString("word");
        return new Placed(
                new Position(KindName.kind(kind).orElseThrow(), row.getLong("rank"), row.getLong("id")),
                new ResultRow(
                        kind,
                        numbers.of(row.getString("key")),
                        numbers.of(row.getString("row_values")),
                        row.getBoolean("remained"),
                        List.of(row.getArrayOfStrings("shortened"))),
                row.getBoolean("beyond"));
    }
}
