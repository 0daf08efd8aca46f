package io.parallax.api.repair;

import io.parallax.api.requests.OffTheLoop;
import io.parallax.api.store.StoredJson;
import io.parallax.contract.tally.DifferingRow.Kind;
import io.parallax.outcome.repair.Direction;
import io.parallax.outcome.repair.Extent;
import io.parallax.outcome.repair.Feasibility;
import io.parallax.outcome.rows.KindName;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Looks at the rows that a script would be made of, a few at a time, for what could not come out right. */
@ApplicationScoped
class RepairChecks {
    private static final int ROWS_AT_A_TIME = 100;

    /** Each of several columns is compared with each other one. */
    private static final int MOST_ROWS = 300;

    private static final String EXTENT =
            """
            select kind::text as kind, array_agg(distinct c.name) filter (where c.name is not null) as columns
            from differing_row r left join lateral unnest(r.columns) c(name) on true
            where diff = $1 and remained is distinct from false group by kind""";

    private static final String ROWS =
            """
            select rank, id, key, row_values from differing_row
            where diff = $1 and kind = $2::text::differing_kind and remained is distinct from false
              and (rank, id) > ($3, $4)
            order by rank, id limit $5""";

    /** $1 diff, $2 the column, $3 the side whose values are right, $4 the other one. */
    private static final String MOVES =
            """
            with changed as materialized (
                select id, row_values::jsonb -> $2 -> $3 as new, row_values::jsonb -> $2 -> $4 as old from differing_row
                where diff = $1 and kind = 'value' and remained is distinct from false and columns @> array[$2]
            )
            select exists (select from changed r join changed s on s.old = r.new and s.id <> r.id where r.new <> 'null')""";

    /** The same of several columns; what is not kept of a row, as it does not differ, may be anything. */
    private static final String MOVES_TOGETHER =
            """
            with found as materialized (
                select id, row_values::jsonb as v, key::jsonb as k from differing_row
                where diff = $1 and kind = 'value' and remained is distinct from false and columns && $2
                limit $5 + 1
            ), changed as materialized (
                select id, o.new, o.old from found, lateral (
                    select jsonb_object_agg(n, coalesce(k -> n, v -> n -> $3)) as new,
                           jsonb_object_agg(n, coalesce(k -> n, v -> n -> $4)) as old
                    from unnest($2) n where k ? n or v ? n) o
            )
            select (select count(*) from changed) > $5 or exists (
                select from changed r join changed s on s.id <> r.id where not exists (
                    select from unnest($2) n where r.new ? n and (r.new -> n = 'null' or s.old ? n and s.old -> n <> r.new -> n)))""";

    private final Pool store;

    RepairChecks(Pool store) {
        this.store = store;
    }

    /** Why there can be no script; empty where there can be one. */
    Uni<Optional<String>> obstacle(long diff, Feasibility feasibility) {
        return extent(diff).flatMap(extent -> {
            Optional<String> known = feasibility.obstacle(extent);
            return known.isPresent()
                    ? Uni.createFrom().item(known)
                    : first(
                            moves(diff, feasibility, feasibility.unique(extent)),
                            misfit(diff, feasibility, feasibility.toBeChecked()));
        });
    }

    private static Uni<Optional<String>> first(Uni<Optional<String>> one, Uni<Optional<String>> other) {
        return one.flatMap(found -> found.isPresent() ? Uni.createFrom().item(found) : other);
    }

    private Uni<Extent> extent(long diff) {
        return store.preparedQuery(EXTENT).execute(Tuple.of(diff)).map(rows -> {
            Map<Kind, List<String>> columns = new EnumMap<>(Kind.class);
            for (Row row : rows) {
                String[] names = row.getArrayOfStrings("columns");
                columns.put(
                        KindName.kind(row.getString("kind")).orElseThrow(), names == null ? List.of() : List.of(names));
            }
            return new Extent(columns);
        });
    }

    /** Whether a row takes a unique value that another row has until it changes, too. */
    private Uni<Optional<String>> moves(long diff, Feasibility feasibility, List<List<String>> unique) {
        if (unique.isEmpty()) {
            return Uni.createFrom().item(Optional.empty());
        }
        List<String> columns = unique.get(0);
        Direction direction = feasibility.direction();
        Uni<Boolean> moving = columns.size() == 1
                ? exists(MOVES, Tuple.of(diff, columns.get(0), direction.origin(), direction.repaired()))
                : exists(
                        MOVES_TOGETHER,
                        Tuple.of(
                                diff,
                                columns.toArray(String[]::new),
                                direction.origin(),
                                direction.repaired(),
                                MOST_ROWS));
        return first(
                moving.map(found -> found
                        ? Optional.of("Rows may pass unique values on to each other, of " + String.join(", ", columns)
                                + ", which the database refuses row by row.")
                        : Optional.empty()),
                Uni.createFrom().deferred(() -> moves(diff, feasibility, unique.subList(1, unique.size()))));
    }

    private Uni<Boolean> exists(String query, Tuple parameters) {
        return store.preparedQuery(query)
                .execute(parameters)
                .map(rows -> rows.iterator().next().getBoolean(0));
    }

    private Uni<Optional<String>> misfit(long diff, Feasibility feasibility, List<Kind> kinds) {
        return kinds.isEmpty()
                ? Uni.createFrom().item(Optional.empty())
                : first(
                        misfit(diff, feasibility, kinds.get(0), Long.MIN_VALUE, 0),
                        Uni.createFrom().deferred(() -> misfit(diff, feasibility, kinds.subList(1, kinds.size()))));
    }

    private Uni<Optional<String>> misfit(long diff, Feasibility feasibility, Kind kind, long rank, long id) {
        return store.preparedQuery(ROWS)
                .execute(Tuple.of(diff, KindName.of(kind), rank, id, ROWS_AT_A_TIME))
                .flatMap(rows -> OffTheLoop.run(() -> misfit(rows, feasibility, kind))
                        .flatMap(misfit -> {
                            Row last = last(rows);
                            return misfit.isPresent() || last == null || rows.size() < ROWS_AT_A_TIME
                                    ? Uni.createFrom().item(misfit)
                                    : misfit(diff, feasibility, kind, last.getLong("rank"), last.getLong("id"));
                        }));
    }

    private static Optional<String> misfit(RowSet<Row> rows, Feasibility feasibility, Kind kind) {
        return StreamSupport.stream(rows.spliterator(), false)
                .map(row -> feasibility.misfit(
                        kind, StoredJson.tree(row.getString("key")), StoredJson.tree(row.getString("row_values"))))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static @Nullable Row last(RowSet<Row> rows) {
        Row last = null;
        for (Row row : rows) {
            last = row;
        }
        return last;
    }
}
