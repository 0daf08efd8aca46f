package io.parallax.engine.postgres;

import io.parallax.engine.dialect.ShortRanges;
import io.parallax.engine.dialect.SideQuery;
import io.parallax.engine.postgres.sql.Sql;
import io.parallax.engine.postgres.value.Shorthand;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Short ranges, each reached by itself: a nested loop over them costs a fraction of what grouping their rows would.
 */
final class PostgresRanges implements ShortRanges {
    /** Names that no table and no column has. */
    private static final String RANGES = "\"parallax: ranges\"";

    private static final String FIRST = "\"parallax: first\"";
    private static final String LAST = "\"parallax: last\"";

    @Override
    public String fingerprints(SideQuery side, Ranges ranges, boolean uniqueKeys) {
        return eachRange(ranges, "place - 1, f.n, f.h, f.d, f.s") + "(" + (uniqueKeys ? plain(side) : grouped(side))
                + ") f(n, h, d, s) where f.n > 0";
    }

    private static String plain(SideQuery side) {
        return "select count(*), sum(" + side.rowHash() + "), count(*), 0 " + rowsInRange(side);
    }

    private static String grouped(SideQuery side) {
        return "select sum(n), sum(h), count(*), coalesce(sum(n) filter (where n > 1), 0)"
                + " from (select count(*) as n, sum(h) as h from (select " + side.rowHash() + " as h, "
                + side.namedKey() + " " + rowsInRange(side) + ") x group by " + side.keyNames() + ") g";
    }

    private static String rowsInRange(SideQuery side) {
        return side.fromKeyed(Stream.of(isInRange(side)));
    }

    @Override
    public String lists(SideQuery side, Ranges ranges, long most) {
        return eachRange(ranges, "place - 1, f.k, f.h")
                + "(select string_agg(int8send(k), ''::bytea), string_agg(int8send(h), ''::bytea) from (select "
                + side.rangeColumn() + "::int8 as k, " + side.rowHash() + " as h " + rowsInRange(side) + " limit "
                + (most + 1) + ") x) f(k, h) where f.k is not null";
    }

    @Override
    public String repeatedKeys(SideQuery side, Ranges ranges) {
        return eachRange(ranges, "f.k") + "(select k from (select " + side.rangeColumn() + "::int8 as k "
                + rowsInRange(side) + ") x group by k having count(*) > 1) f";
    }

    @Override
    public String rows(SideQuery side, long[] keys) {
        String each = "unnest(" + Sql.int8Array(LongStream.of(keys)) + ") " + RANGES + "(" + FIRST + ")";
        return side.sent(side.fromKeyed(each, Stream.of(side.rangeColumn() + " = " + FIRST)));
    }

    @Override
    public String rows(SideQuery side, Ranges ranges) {
        String each = bounds(ranges) + " " + RANGES + "(" + FIRST + ", " + LAST + ")";
        return side.sent(side.fromKeyed(each, Stream.of(isInRange(side))));
    }

    /** Columns for each range, whose bounds the {@code lateral} subquery that follows may speak of. */
    private static String eachRange(Ranges ranges, String columns) {
        return "select " + columns + " from " + bounds(ranges) + " with ordinality " + RANGES + "(" + FIRST + ", "
                + LAST + ", place), lateral ";
    }

    private static String bounds(Ranges ranges) {
        return "unnest(" + Sql.int8Array(ranges.firsts()) + ", " + Sql.int8Array(ranges.lasts()) + ")";
    }

    private static String isInRange(SideQuery side) {
        return side.rangeColumn() + " >= " + FIRST + " and " + side.rangeColumn() + " <= " + LAST;
    }

    @Override
    public String differences(SideQuery a, SideQuery b, Ranges ranges) {
        return eachRange(ranges, "place - 1, coalesce(f.k, ''::bytea), coalesce(f.d, ''::bytea), f.a, f.b")
                + "(select string_agg(int8send(k), ''::bytea) filter (where d <> 0),"
                + " string_agg(int8send(d), ''::bytea) filter (where d <> 0), count(a), count(b)"
                + " from (select coalesce(a.k, b.k) as k, a.k as a, b.k as b, "
                + difference(a.comparable().size()) + " as d from " + joined(a) + " a full join " + joined(b)
                + " b on a.k = b.k offset 0) j) f(k, d, a, b)";
    }

    private static String difference(int values) {
        String columns = IntStream.range(0, values)
                .mapToObj(i ->
                        " + case when " + isEqual("a.v" + i, "b.v" + i) + " then 0 else " + (1L << i) + "::int8 end")
                .collect(Collectors.joining());
        return "case when b.k is null then " + ONLY_A + " when a.k is null then " + ONLY_B + " else 0::int8" + columns
                + " end";
    }

    /** Not by IS DISTINCT FROM, which looks for its operator by the bare name. */
    private static String isEqual(String a, String b) {
        return a + " = " + b + " or " + a + " is null and " + b + " is null";
    }

    private static String joined(SideQuery side) {
        List<String> values = side.comparable();
        String columns = IntStream.range(0, values.size())
                .mapToObj(i -> ", " + Shorthand.written(values.get(i)) + " as v" + i)
                .collect(Collectors.joining());
        return "(select " + side.rangeColumn() + "::int8 as k" + columns + " " + rowsInRange(side) + ")";
    }
}
