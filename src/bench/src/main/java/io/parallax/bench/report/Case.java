package io.parallax.bench.report;

import io.parallax.bench.floor.FloorKind;
import io.parallax.bench.table.RowCount;
import io.parallax.bench.table.Shape;
import io.parallax.bench.table.Table;
import io.parallax.bench.table.Variant;

/** One pair of tables to compare. */
public record Case(Shape shape, RowCount count, Variant variant) {
    public Table tableA() {
        return new Table(shape, count, Variant.IDENTICAL);
    }

    public Table tableB() {
        return new Table(shape, count, variant);
    }

    /** What it is measured against: the least that can be done where the one or the other is needed. */
    public FloorKind floor() {
        if (variant == Variant.EVERY_ROW) {
            return FloorKind.C;
        }
        return shape.keyOrder() == Shape.KeyOrder.SHARED ? FloorKind.G : FloorKind.H;
    }

    @Override
    public String toString() {
        return shape + " " + count + " " + variant;
    }
}
