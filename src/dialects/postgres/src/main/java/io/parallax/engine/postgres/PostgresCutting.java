package io.parallax.engine.postgres;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.parallax.engine.dialect.Cutting;
import io.parallax.engine.postgres.sql.Moments;
import io.parallax.engine.postgres.sql.Sql;
import io.parallax.engine.postgres.value.CanonicalForms;
import io.parallax.engine.session.Session;
import io.parallax.engine.type.Column;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Cuts PostgreSQL's tables by its planner's estimates, its pages and what its indexes order. */
final class PostgresCutting implements Cutting {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LONGEST_BOUND = 200;

    /** Filters, views and partitions included. */
    @Override
    public Estimate estimate(Session session, String query) {
        String plan = session.one("explain (format json) " + query, row -> row.getString(1));
        try {
            JsonNode top = JSON.readTree(plan).path(0).path("Plan");
            return new Estimate(
                    top.path("Plan Rows").asDouble(0), top.path("Total Cost").asDouble(0));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the database explained in something else than JSON", e);
        }
    }

    @Override
    public String sampled(double share) {
        return "tablesample system (" + 100 * share + ")";
    }

    @Override
    public List<String> pages(long from, @Nullable Long to) {
        String first = "ctid >= '(" + from + ",0)'::tid";
        return to == null ? List.of(first) : List.of(first, "ctid < '(" + to + ",0)'::tid");
    }

    @Override
    public Bound bound(Column column, String type) {
        String value = quoted(column) + "::" + type;
        String condition =
                switch (type) {
                    case "numeric" -> "length(" + value + "::text) <= " + LONGEST_BOUND + " and strpos(" + value
                            + "::text, 'n') = 0";
                    case "bytea" -> "length(" + value + ") <= " + LONGEST_BOUND / 2;
                        // Rounding makes a later one, whose text the database does not take back.
                    case "timestamp", "timestamptz" -> value + " <= " + Moments.last(type);
                    default -> "true";
                };
        String bound = type.equals("numeric") ? "trim_scale(" + value + ")" : value;
        return new Bound(bound, CanonicalForms.text(bound, type), condition);
    }

    @Override
    public Bound integerBound(Column column) {
        String name = quoted(column);
        // Guarded by itself: of conditions nobody knows which is looked at first.
        String value = column.type().isInteger()
                ? name + "::int8"
                : "case when %1$s = trunc(%1$s) and %1$s >= %2$d and %1$s <= %3$d then %1$s::int8 end"
                        .formatted(name, Long.MIN_VALUE, Long.MAX_VALUE);
        return new Bound(value, "(" + value + ")::text", "true");
    }

    @Override
    public Bound textBound(Column column, boolean unpadded) {
        String value = quoted(column) + "::text";
        String bound = unpadded ? "rtrim(" + value + ", ' ')" : value;
        return new Bound(bound, bound, "length(" + value + ") <= " + LONGEST_BOUND);
    }

    @Override
    public List<Integer> order(Session session, List<List<String>> keys, List<String> types) {
        String numbers = Sql.arrayLiteral(
                IntStream.range(0, keys.size()).mapToObj(String::valueOf).toList());
        String columns = IntStream.range(0, types.size())
                .mapToObj(i ->
                        Sql.arrayLiteral(keys.stream().map(key -> key.get(i)).toList()) + "::text[]")
                .collect(Collectors.joining(", "));
        String names = IntStream.range(0, types.size()).mapToObj(i -> "c" + i).collect(Collectors.joining(", "));
        String order = IntStream.range(0, types.size())
                .mapToObj(i -> "c" + i + "::" + types.get(i) + (types.get(i).equals("text") ? " collate \"C\"" : ""))
                .collect(Collectors.joining(", "));
        return session.list(
                "select n from unnest(" + numbers + "::int4[], " + columns + ") u(n, " + names + ") order by " + order,
                row -> row.getInt(1));
    }

    private static String quoted(Column column) {
        return Sql.identifier(column.name());
    }
}
