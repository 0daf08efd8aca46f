package io.parallax.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.parallax.bench.floor.FloorKind;
import io.parallax.bench.measure.Measured;
import io.parallax.bench.table.RowCount;
import io.parallax.bench.table.Shape;
import io.parallax.bench.table.Variant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SummaryTest {
    private final Result small = result("5m", 2, 2.2);
    private final Result large = result("25m", 10, 14.3);

    @Test
    void judgesByTheTarget() {
        assertThat(new Summary(List.of(small)).toString().lines())
                .last()
                .asString()
                .matches(" +rating 5m identical +2\\.200 +1\\.10 G +1\\.30 met +3\\.00 +0\\.50 +200");
        assertThat(new Summary(List.of(large)).toString()).contains("1.43 G", "1.15 MISSED");
    }

    @Test
    void saysHowTimeGrowsWhenBothSizesWereRun() {
        assertThat(new Summary(List.of(small, large)).toString())
                .endsWith("rating identical from 5m to 25m: 1.30 x linear, target 1.25 MISSED");
        assertThat(new Summary(List.of(large)).toString()).doesNotContain("linear");
    }

    @Test
    void showsFloorsAboveTheDiff() {
        assertThat(CaseTable.of(small).lines().toList())
                .satisfiesExactly(
                        empty -> assertThat(empty).isEmpty(),
                        head -> assertThat(head)
                                .startsWith("rating 5m identical")
                                .contains("x G"),
                        floor -> assertThat(floor).contains("G, the same, grouped", " 1.00 "),
                        diff -> assertThat(diff)
                                .contains("POST to success", "2.200", " 1.10 ")
                                .endsWith("200"));
    }

    private static Result result(String rows, double floor, double diff) {
        return new Result(
                new Case(Shape.RATING, RowCount.parse(rows), Variant.IDENTICAL),
                Map.of(FloorKind.G, List.of(new Measured(floor, floor, 0))),
                List.of(new Measured(diff, 3, 0.5)),
                200);
    }
}
