package io.parallax.engine.compare;

import io.parallax.engine.postgres.Sql;
import java.util.stream.Stream;

/**
 * The queries of key ranges on one side, each range reached by itself. A nested loop over them costs a fraction of what
 * grouping their rows would.
 */
final class RangeSql {
    /** Names that no table's columns have. */
    private static final String FROM = "\"parallax: from\"";

    private static final String TO = "\"parallax: to\"";

    private final String column;
    private final SideSql sql;

    RangeSql(RangeColumn column, SideSql sql) {
        this.column = column.column();
        this.sql = sql;
    }

    /** Per range that has rows: its place, rows, checksum, distinct keys, rows whose key occurs more than once. */
    String fingerprints(KeyRanges ranges, boolean uniqueKeys) {
        return "select r.b - 1, f.n, f.h, f.d, f.s from unnest(" + Sql.int8Array(ranges.firsts()) + ", "
                + Sql.int8Array(ranges.lasts()) + ") with ordinality r(" + FROM + ", " + TO + ", b), lateral ("
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
        return sql.fromKeyed(Stream.of(isInRange()));
    }

    /** The key and the values as they are sent, in the order of the key's bytes. */
    String rows(KeyRanges ranges) {
        String each = "unnest(" + Sql.int8Array(ranges.firsts()) + ", " + Sql.int8Array(ranges.lasts())
                + ") \"parallax: ranges\"(" + FROM + ", " + TO + ")";
        return sql.sent(sql.fromKeyed(each, Stream.of(isInRange())));
    }

    private String isInRange() {
        return column + " between " + FROM + " and " + TO;
    }
}
