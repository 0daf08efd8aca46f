package io.parallax.engine.compare;

import io.parallax.engine.RowHash;
import io.parallax.engine.postgres.Canonical;
import io.parallax.engine.postgres.Sent;
import io.parallax.engine.postgres.Sql;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The queries of one task on one side. */
final class SegmentSql {
    /** Beyond so many, reading the whole segment is cheaper. */
    private static final int MOST_RANGES = 64;

    private final Side side;
    private final TaskBody body;
    private final RowHash rowHash;
    private final RowHash keyHash;

    SegmentSql(Side side, TaskBody body, RowHash rowHash, RowHash keyHash) {
        this.side = side;
        this.body = body;
        this.rowHash = rowHash;
        this.keyHash = keyHash;
    }

    /** Per bucket: its number, rows, checksum, distinct keys, rows whose key occurs more than once. */
    String fingerprints(boolean uniqueKeys) {
        return uniqueKeys ? plainFingerprints() : groupedFingerprints();
    }

    private String plainFingerprints() {
        return "select b, count(*), sum(h), count(*), 0 from (select " + bucket() + " as b, " + rowHash() + " as h "
                + rowsOf(null) + ") r group by b";
    }

    private String groupedFingerprints() {
        String keys = numbered("k", side.key().size());
        return "select b, sum(n), sum(h), count(*), coalesce(sum(n) filter (where n > 1), 0)"
                + " from (select b, count(*) as n, sum(h) as h from (select " + bucket() + " as b, " + rowHash()
                + " as h, " + named("k", side.key().stream().map(Canonical::sql)) + " " + rowsOf(null)
                + ") r group by b, " + keys + ") g group by b";
    }

    /** The key and the values as they are sent, in the order of the key's bytes; null for all buckets. */
    String rows(@Nullable List<Long> buckets) {
        return "select "
                + Stream.concat(side.sentKey().stream(), side.sentValues().stream())
                        .map(Sent::sql)
                        .collect(Collectors.joining(", "))
                + " " + rowsOf(buckets) + " order by "
                + side.sentKey().stream().map(Sent::orderBy).collect(Collectors.joining(", "));
    }

    /** How many rows have a NULL in their key. */
    String nulls() {
        String anyNull = String.join(" or ", side.nullTests());
        return "select count(*) from " + side.from() + " where " + and(Stream.of("(" + anyNull + ")"));
    }

    private String rowsOf(@Nullable List<Long> buckets) {
        return "from " + side.from() + where(buckets);
    }

    private String where(@Nullable List<Long> buckets) {
        List<String> conditions = new ArrayList<>();
        if (body.from() != null) {
            conditions.add(bound(">=", body.from()));
        }
        if (body.to() != null) {
            conditions.add(bound("<", body.to()));
        }
        TaskBody.Slice slice = body.slice();
        if (slice != null) {
            conditions.add("((" + keyHash() + " >> 32) & 2147483647) % " + slice.count() + " = " + slice.index());
        }
        side.nullTests().forEach(test -> conditions.add("not (" + test + ")"));
        if (buckets != null) {
            conditions.add(oneOf(buckets));
        }
        String all = and(conditions.stream());
        return all.isEmpty() ? "" : " where " + all;
    }

    /** By the key itself where an index may help. */
    private String oneOf(List<Long> buckets) {
        Buckets.Steps steps = body.buckets().steps();
        List<Buckets.KeyRange> ranges = steps == null ? List.of() : steps.ranges(buckets);
        if (steps != null && ranges.size() <= MOST_RANGES) {
            String column = side.range().get(0).column();
            return ranges.stream()
                    .map(range -> column + " between " + int8(range.first()) + " and " + int8(range.last()))
                    .collect(Collectors.joining(" or ", "(", ")"));
        }
        return bucket() + " = any("
                + Sql.arrayLiteral(buckets.stream().map(String::valueOf).toList()) + "::int8[])";
    }

    private String and(Stream<String> conditions) {
        Stream<String> filter = Stream.ofNullable(side.filter()).map(text -> "(\n" + text + "\n)");
        return Stream.concat(conditions, filter).collect(Collectors.joining(" and "));
    }

    private String bound(String comparison, List<String> values) {
        List<RangeColumn> range = side.range();
        String columns = range.stream().map(RangeColumn::column).collect(Collectors.joining(", "));
        String literals = IntStream.range(0, range.size())
                .mapToObj(i -> Sql.literal(values.get(i)) + "::" + range.get(i).type())
                .collect(Collectors.joining(", "));
        return "(" + columns + ") " + comparison + " (" + literals + ")";
    }

    private String bucket() {
        Buckets.Steps steps = body.buckets().steps();
        if (steps != null) {
            String key = side.range().get(0).column() + "::int8";
            return "(least(greatest(" + key + ", " + int8(steps.low()) + "), " + int8(steps.high()) + ") / "
                    + int8(steps.width()) + ")";
        }
        return body.buckets().count() == 1
                ? "0::int8"
                : "(" + keyHash() + " & " + (body.buckets().count() - 1) + ")";
    }

    private static String int8(long value) {
        return "'" + value + "'::int8";
    }

    private String keyHash() {
        return keyHash.of(side.key().stream().map(Canonical::sql).toList());
    }

    private String rowHash() {
        return rowHash.of(Stream.concat(side.key().stream(), side.values().stream())
                .map(Canonical::sql)
                .toList());
    }

    private static String named(String prefix, Stream<String> expressions) {
        List<String> all = expressions.toList();
        return IntStream.range(0, all.size())
                .mapToObj(i -> all.get(i) + " as " + prefix + i)
                .collect(Collectors.joining(", "));
    }

    private static String numbered(String prefix, int count) {
        return IntStream.range(0, count).mapToObj(i -> prefix + i).collect(Collectors.joining(", "));
    }
}
