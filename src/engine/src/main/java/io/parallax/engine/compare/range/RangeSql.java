package io.parallax.engine.compare.range;

import io.parallax.engine.compare.side.SideSql;
import io.parallax.engine.dialect.Expressions;
import io.parallax.engine.task.KeyRanges;
import io.parallax.engine.task.RangeColumn;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * The queries of key ranges on one side, each range reached by itself. A nested loop over them costs a fraction of what
 * grouping their rows would.
 */
public final class RangeSql {
    /** Names that no table and no column has. */
    private static final String RANGES = "\"parallax: ranges\"";

    private static final String FIRST = "\"parallax: first\"";
    private static final String LAST = "\"parallax: last\"";

    private final RangeColumn key;
    private final SideSql sql;

    public RangeSql(RangeColumn key, SideSql sql) {
        this.key = key;
        this.sql = sql;
    }

    /** Per range that has rows: its place, rows, checksum, distinct keys, rows whose key occurs more than once. */
    String fingerprints(KeyRanges ranges, boolean uniqueKeys) {
        return eachRange(sql.expressions(), ranges, "place - 1, f.n, f.h, f.d, f.s") + "("
                + (uniqueKeys ? plain() : grouped()) + ") f(n, h, d, s) where f.n > 0";
    }

    private String plain() {
        return "select count(*), sum(" + sql.rowHash() + "), count(*), 0 " + rowsInRange();
    }

    private String grouped() {
        return "select sum(n), sum(h), count(*), coalesce(sum(n) filter (where n > 1), 0)"
                + " from (select count(*) as n, sum(h) as h from (select " + sql.rowHash() + " as h, "
                + sql.namedKey() + " " + rowsInRange() + ") x group by " + sql.keyNames() + ") g";
    }

    private String rowsInRange() {
        return sql.fromKeyed(Stream.of(isInRange(key)));
    }

    /**
     * Per range that has rows: its place, its rows' keys, their hashes, each as 64-bit numbers in one string of bytes.
     *
     * @param most so many rows of a range, and one more where there are more
     */
    String lists(KeyRanges ranges, long most) {
        return eachRange(sql.expressions(), ranges, "place - 1, f.k, f.h")
                + "(select string_agg(int8send(k), ''::bytea), string_agg(int8send(h), ''::bytea) from (select "
                + key.column() + "::int8 as k, " + sql.rowHash() + " as h " + rowsInRange() + " limit " + (most + 1)
                + ") x) f(k, h) where f.k is not null";
    }

    /** The keys that occur more than once in the ranges, as 64-bit numbers. */
    String repeatedKeys(KeyRanges ranges) {
        return eachRange(sql.expressions(), ranges, "f.k") + "(select k from (select " + key.column() + "::int8 as k "
                + rowsInRange() + ") x group by k having count(*) > 1) f";
    }

    /** The rows of some keys, as they are sent. */
    String rows(long[] keys) {
        String each = "unnest(" + sql.expressions().integers(LongStream.of(keys)) + ") " + RANGES + "(" + FIRST + ")";
        return sql.sent(sql.fromKeyed(each, Stream.of(key.column() + " = " + FIRST)));
    }

    /** Columns for each range, whose bounds the {@code lateral} subquery that follows may speak of. */
    static String eachRange(Expressions expressions, KeyRanges ranges, String columns) {
        return "select " + columns + " from " + bounds(expressions, ranges) + " with ordinality " + RANGES + "(" + FIRST
                + ", " + LAST + ", place), lateral ";
    }

    /** The key and the values as they are sent, in the order of the key's bytes. */
    String rows(KeyRanges ranges) {
        String each = bounds(sql.expressions(), ranges) + " " + RANGES + "(" + FIRST + ", " + LAST + ")";
        return sql.sent(sql.fromKeyed(each, Stream.of(isInRange(key))));
    }

    private static String bounds(Expressions expressions, KeyRanges ranges) {
        return "unnest(" + expressions.integers(ranges.firsts()) + ", " + expressions.integers(ranges.lasts()) + ")";
    }

    static String isInRange(RangeColumn key) {
        return key.column() + " >= " + FIRST + " and " + key.column() + " <= " + LAST;
    }
}
