package io.parallax.engine.compare.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parallax.contract.tally.DifferingRow;
import io.parallax.contract.tally.Sides;
import io.parallax.contract.tally.Tally;
import io.parallax.engine.row.Row;
import io.parallax.engine.row.RowStream;
import io.parallax.engine.row.WireColumn;
import io.parallax.engine.task.PlanContext;
import io.parallax.engine.task.SidePlan;
import io.parallax.engine.type.WireForm;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

class RowMergeTest {
    @Test
    void countsExclusivesDuplicatesAndDifferences() {
        Tally tally = merged(
                List.of("1 a b", "2 a b", "2 a b", "3 a b", "4 a b", "6 a b"),
                List.of("0 a b", "1 a b", "2 a b", "3 a c", "4 x y", "5 a b", "5 a b", "6 a b", "6 a b"));

        assertThat(tally)
                .isEqualTo(new Tally(
                        Sides.of(6, 9),
                        Sides.ZERO,
                        Sides.of(2, 4),
                        Sides.of(5, 7),
                        Sides.of(0, 2),
                        3,
                        2,
                        List.of(1L, 2L)));
    }

    @Test
    void keepsRowsToBeShown() {
        List<DifferingRow> rows = found(List.of("1 a -", "2 a b", "3 a b"), List.of("1 b -", "3 a b", "3 x y"))
                .rows();

        assertThat(rows.stream().map(row -> row.kind() + " " + row.key() + " " + row.values()))
                .containsExactlyInAnyOrder(
                        "VALUE {\"k\":\"1\"} {\"v\":{\"a\":\"a\",\"b\":\"b\"}}",
                        "EXCLUSIVE1 {\"k\":\"2\"} {\"v\":{\"a\":\"a\"},\"w\":{\"a\":\"b\"}}",
                        "DUPLICATE2 {\"k\":\"3\"} {\"v\":{\"b\":\"a\"},\"w\":{\"b\":\"b\"}}",
                        "DUPLICATE2 {\"k\":\"3\"} {\"v\":{\"b\":\"x\"},\"w\":{\"b\":\"y\"}}");
        assertThat(found(List.of("1 a b"), List.of("1 a b")).rows()).isNull();
    }

    @Test
    void tellsNullFromAnything() {
        assertThat(merged(List.of("1 - -"), List.of("1 - x")).differencesPerColumn())
                .containsExactly(0L, 1L);
    }

    @Test
    void readsOneSideToItsEnd() {
        assertThat(merged(List.of(), List.of("1 a b", "2 a b")).exclusives()).isEqualTo(Sides.of(0, 2));
        assertThat(merged(List.of("1 a b", "2 a b"), List.of()).exclusives()).isEqualTo(Sides.of(2, 0));
    }

    @Test
    void noticesRowsOutOfOrder() {
        assertThatThrownBy(() -> merged(List.of("2 a b", "1 a b"), List.of())).hasMessageContaining("out of order");
    }

    @Test
    void ordersBytesAsUnsigned() {
        assertThat(order("\uFFFD", "\uD83D\uDE00")).isNegative();
        assertThat(order("\uD83D\uDE00", "\uD83D\uDE01")).isNegative();
        assertThat(order("\uD83D\uDE00", "z")).isPositive();
        assertThat(order("a", "ab")).isNegative();
        assertThat(order("é", "z")).isPositive();
        assertThat(order("a", "a")).isZero();
    }

    @Test
    void ordersIntegersWithTheirSign() {
        byte[] minus = ByteBuffer.allocate(12).putInt(8).putLong(-5).array();
        byte[] plus = ByteBuffer.allocate(12).putInt(8).putLong(3).array();
        Row one = Row.of(new RowStream.Fields(minus, 0, 12), 1);
        Row other = Row.of(new RowStream.Fields(plus, 0, 12), 1);

        assertThat(Row.compareKeys(one, other, List.of(WireForm.INT8))).isNegative();
        assertThat(Row.compareKeys(one, other, List.of(WireForm.BYTEA))).isPositive();
    }

    @Test
    void keepsSomeRowsOfARepeatedKey() {
        KeyGroups.Group group =
                groups(List.of("1 a b", "1 c d", "1 e f", "2 a b")).next();

        assertThat(group.count()).isEqualTo(3);
        assertThat(group.more()).hasSize(2);
        assertThat(group.more().get(1).differences(group.first(), 2)).containsExactly(true, true);
    }

    private static int order(String one, String other) {
        return Row.compareKeys(row(one), row(other), List.of(WireForm.TEXT));
    }

    private static Tally merged(List<String> a, List<String> b) {
        return found(a, b).counts().tally();
    }

    private static DifferenceCollector found(List<String> a, List<String> b) {
        WireColumn text = new WireColumn("", WireForm.TEXT, "", true);
        SidePlan side = new SidePlan(
                "",
                null,
                List.of(),
                List.of(),
                List.of(),
                List.of(text),
                List.of(text, text),
                List.of(),
                List.of(),
                false,
                null,
                null,
                null,
                null,
                null);
        DifferenceCollector differences = new DifferenceCollector(new PlanContext(
                side,
                side,
                List.of("k"),
                List.of("v", "w"),
                "MD5",
                true,
                false,
                null,
                null,
                null,
                null,
                null,
                null,
                null));
        new RowMerge(List.of(WireForm.TEXT), differences).merge(groups(a), groups(b));
        return differences;
    }

    /** One row each: key and two values, {@code -} for NULL. */
    private static KeyGroups groups(List<String> rows) {
        Iterator<Row> parsed = rows.stream().map(RowMergeTest::row).iterator();
        return new KeyGroups(() -> parsed.hasNext() ? parsed.next() : null, List.of(WireForm.TEXT));
    }

    private static Row row(String text) {
        ByteBuffer buffer = ByteBuffer.allocate(100);
        for (String value : text.split(" ")) {
            byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
            if (value.equals("-")) {
                buffer.putInt(-1);
            } else {
                buffer.putInt(bytes.length).put(bytes);
            }
        }
        return Row.of(new RowStream.Fields(buffer.array(), 0, buffer.position()), 1);
    }
}
