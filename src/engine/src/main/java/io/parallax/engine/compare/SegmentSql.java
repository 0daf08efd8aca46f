package io.parallax.engine.compare;

import io.parallax.engine.RowHash;
import io.parallax.engine.postgres.Canonical;
import io.parallax.engine.postgres.Sql;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The queries of one task on one side. */
final class SegmentSql {
    /** Longer texts are compared by their SHA-256, so that a row's size is bounded. */
    private static final int LONG_TEXT = 1000;

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

    /** The key's and the values' texts, in the order of the key's code points. */
    String rows(@Nullable List<Long> buckets) {
        String keys = numbered("k", side.key().size());
        String order = IntStream.range(0, side.key().size())
                .mapToObj(i -> "convert_to(k" + i + ", 'UTF8')")
                .collect(Collectors.joining(", "));
        String columns = side.values().isEmpty()
                ? keys
                : keys + ", " + numbered("v", side.values().size());
        return "select " + columns + " from (select " + shortened("k", side.key()) + shortenedValues()
                + " from (select " + named("k", side.key().stream().map(SegmentSql::text)) + namedValues() + " "
                + rowsOf(buckets) + " offset 0) t) s order by " + order;
    }

    /** How many rows have a NULL in their key. */
    String nulls() {
        String anyNull = String.join(" or ", side.nullTests());
        return "select count(*) from " + side.from() + " where " + and(Stream.of("(" + anyNull + ")"));
    }

    /** How many rows of {@link #rows} are surely no burden to memory. */
    int fetchRows() {
        long wide = Stream.concat(side.key().stream(), side.values().stream())
                .filter(Canonical::wide)
                .count();
        long bytes =
                2L * LONG_TEXT * wide + 64L * (side.key().size() + side.values().size());
        return (int) Math.max(16, Math.min(4096, 8_000_000 / bytes));
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
            conditions.add(bucket() + " = any("
                    + Sql.arrayLiteral(buckets.stream().map(String::valueOf).toList()) + "::int8[])");
        }
        String all = and(conditions.stream());
        return all.isEmpty() ? "" : " where " + all;
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
        return keyHash.of(side.key());
    }

    private String rowHash() {
        // The key last: it mixes well more often than not.
        return rowHash.of(
                Stream.concat(side.values().stream(), side.key().stream()).toList());
    }

    private String namedValues() {
        return side.values().isEmpty()
                ? ""
                : ", " + named("v", side.values().stream().map(SegmentSql::text));
    }

    private String shortenedValues() {
        return side.values().isEmpty() ? "" : ", " + shortened("v", side.values());
    }

    private static String text(Canonical canonical) {
        return "(" + canonical.sql() + ")::text";
    }

    private static String named(String prefix, Stream<String> expressions) {
        List<String> all = expressions.toList();
        return IntStream.range(0, all.size())
                .mapToObj(i -> all.get(i) + " as " + prefix + i)
                .collect(Collectors.joining(", "));
    }

    /** A text of either kind never equals one of the other. */
    private static String shortened(String prefix, List<Canonical> columns) {
        return IntStream.range(0, columns.size())
                .mapToObj(i -> {
                    String name = prefix + i;
                    return columns.get(i).wide()
                            ? ("case when length(%1$s) > %2$d then 'h' || encode(sha256(convert_to(%1$s, 'UTF8')), 'hex')"
                                            + " else 't' || %1$s end as %1$s")
                                    .formatted(name, LONG_TEXT)
                            : name;
                })
                .collect(Collectors.joining(", "));
    }

    private static String numbered(String prefix, int count) {
        return IntStream.range(0, count).mapToObj(i -> prefix + i).collect(Collectors.joining(", "));
    }
}
