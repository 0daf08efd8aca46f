package io.parallax.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.parallax.bench.floor.FloorKind;
import io.parallax.bench.table.RowCount;
import io.parallax.bench.table.Shape;
import io.parallax.bench.table.Variant;
import org.junit.jupiter.api.Test;

class TargetTest {
    @Test
    void isHarderForMoreRows() {
        assertThat(Target.of(of(Shape.RATING, "1m", Variant.IDENTICAL))).isEmpty();
        assertThat(Target.of(of(Shape.RATING, "5m", Variant.IDENTICAL))).hasValue(1.3);
        assertThat(Target.of(of(Shape.RATING, "25m", Variant.IDENTICAL))).hasValue(1.15);
        assertThat(Target.of(of(Shape.RATING, "25m", Variant.SCATTERED))).hasValue(1.3);
        assertThat(Target.of(of(Shape.GAPPED, "25m", Variant.ONE_PERCENT))).hasValue(2);
    }

    @Test
    void isSoftForRandomKeys() {
        assertThat(Target.of(of(Shape.UUID, "5m", Variant.IDENTICAL))).hasValue(2.5);
        assertThat(Target.of(of(Shape.TEXT, "5m", Variant.SCATTERED))).hasValue(3.5);
        assertThat(Target.of(of(Shape.COMPOSITE, "5m", Variant.SCATTERED))).isEmpty();
        assertThat(Target.of(of(Shape.TEXT, "5m", Variant.EVERY_ROW))).hasValue(1.5);
    }

    @Test
    void countsInTheFloorOfTheCase() {
        assertThat(of(Shape.WIDE, "5m", Variant.ONE_PERCENT).floor()).isEqualTo(FloorKind.G);
        assertThat(of(Shape.UUID, "5m", Variant.ONE_PERCENT).floor()).isEqualTo(FloorKind.H);
        assertThat(of(Shape.UUID, "5m", Variant.EVERY_ROW).floor()).isEqualTo(FloorKind.C);
    }

    private static Case of(Shape shape, String rows, Variant variant) {
        return new Case(shape, RowCount.parse(rows), variant);
    }
}
