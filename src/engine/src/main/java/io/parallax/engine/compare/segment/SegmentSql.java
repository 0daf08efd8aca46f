package io.parallax.engine.compare.segment;

import io.parallax.engine.compare.side.SideSql;
import io.parallax.engine.task.Buckets;
import io.parallax.engine.task.KeyRange;
import io.parallax.engine.task.RangeColumn;
import io.parallax.engine.task.Segment;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The queries of one segment on one side. */
public final class SegmentSql {
    /** Beyond so many, reading the whole segment is cheaper. */
    private static final int MOST_RANGES = 64;

    private final List<RangeColumn> range;
    private final Segment segment;
    private final SideSql sql;

    public SegmentSql(List<RangeColumn> range, Segment segment, SideSql sql) {
        this.range = range;
        this.segment = segment;
        this.sql = sql;
    }

    /** Per bucket: its number, rows, checksum, distinct keys, rows whose key occurs more than once. */
    String fingerprints(boolean uniqueKeys) {
        return uniqueKeys ? plainFingerprints() : groupedFingerprints();
    }

    private String plainFingerprints() {
        return "select b, count(*), sum(h), count(*), 0 from (select " + bucket() + " as b, " + sql.rowHash() + " as h "
                + rowsOf(null) + ") r group by b";
    }

    private String groupedFingerprints() {
        return "select b, sum(n), sum(h), count(*), coalesce(sum(case when n > 1 then n end), 0)"
                + " from (select b, count(*) as n, sum(h) as h from (select " + bucket() + " as b, " + sql.rowHash()
                + " as h, " + sql.namedKey() + " " + rowsOf(null)
                + ") r group by b, " + sql.keyNames() + ") g group by b";
    }

    /** The same per bucket and time, then the time, and rows whose key occurs once. */
    String timedFingerprints(boolean uniqueKeys) {
        String columns = bucket() + " as b, " + sql.timeBucket() + " as t, " + sql.rowHash() + " as h";
        if (uniqueKeys) {
            return "select b, count(*), sum(h), count(*), 0, t, count(*) from (select " + columns + " " + rowsOf(null)
                    + ") r group by b, t";
        }
        return "select b, sum(n), sum(h), count(*), coalesce(sum(case when n > 1 then n end), 0), t,"
                + " count(case when n = 1 then 1 end) from (select b, min(t) as t, count(*) as n, sum(h) as h from (select "
                + columns + ", " + sql.namedKey() + " " + rowsOf(null) + ") r group by b, " + sql.keyNames()
                + ") g group by b, t";
    }

    /** The key and the values as they are sent, in the order of the key's bytes; null for all buckets. */
    String rows(@Nullable List<Long> buckets) {
        return sql.sent(rowsOf(buckets));
    }

    /** The rows whose key occurs more than once, as they are sent; null for all buckets. */
    String repeatedRows(@Nullable List<Long> buckets) {
        return sql.repeated(conditions(buckets));
    }

    /** How many rows have a NULL in their key. */
    String nulls() {
        return "select count(*) " + sql.from(Stream.of("(" + sql.keyIsNull() + ")"));
    }

    /** All rows of the segment with a whole key. */
    public String fromKeyed() {
        return rowsOf(null);
    }

    private String rowsOf(@Nullable List<Long> buckets) {
        return sql.fromKeyed(conditions(buckets).stream());
    }

    private List<String> conditions(@Nullable List<Long> buckets) {
        List<String> conditions = new ArrayList<>();
        if (segment.from() != null || segment.to() != null) {
            conditions.add(segment.bounds(range, sql.expressions()));
        }
        Segment.Slice slice = segment.slice();
        if (slice != null) {
            conditions.add(sql.fingerprints().isInSlice(sql.keyHash(), slice.index(), slice.count()));
        }
        if (buckets != null) {
            conditions.add(oneOf(buckets));
        }
        return conditions;
    }

    /** By the key itself where an index may help. */
    private String oneOf(List<Long> buckets) {
        Buckets.Steps steps = segment.buckets().steps();
        List<KeyRange> ranges = steps == null ? List.of() : steps.ranges(buckets);
        if (steps != null && ranges.size() <= MOST_RANGES) {
            String column = range.get(0).column();
            return ranges.stream()
                    .map(keys -> column + " >= " + int8(keys.first()) + " and " + column + " <= " + int8(keys.last()))
                    .collect(Collectors.joining(" or ", "(", ")"));
        }
        return bucket() + " = any("
                + sql.expressions().integers(buckets.stream().mapToLong(Long::longValue)) + ")";
    }

    private String bucket() {
        Buckets.Steps steps = segment.buckets().steps();
        if (steps != null) {
            String key = sql.expressions().asInteger(range.get(0).column());
            return "(" + clamped(key, steps) + " / " + int8(steps.width()) + ")";
        }
        return segment.buckets().count() == 1
                ? sql.expressions().asInteger("0")
                : sql.fingerprints()
                        .bucket(
                                sql.keyHash(),
                                Integer.numberOfTrailingZeros(segment.buckets().count()));
    }

    /** Only where there is no bound: it costs as much as a hash. */
    private String clamped(String key, Buckets.Steps steps) {
        String atLeast = segment.from() == null ? "greatest(" + key + ", " + int8(steps.low()) + ")" : key;
        return segment.to() == null ? "least(" + atLeast + ", " + int8(steps.high()) + ")" : atLeast;
    }

    private String int8(long value) {
        return sql.expressions().integer(value);
    }
}
