package io.parallax.bench.report;

import io.parallax.bench.table.Variant;
import java.util.OptionalDouble;

/** How many times its floor a case may take; set for tables of 5 million rows and more. */
final class Target {
    private static final long LEAST_ROWS = 5_000_000;
    private static final long MANY_ROWS = 25_000_000;

    private Target() {}

    static OptionalDouble of(Case measured) {
        if (measured.count().rows() < LEAST_ROWS) {
            return OptionalDouble.empty();
        }
        if (measured.variant() == Variant.EVERY_ROW) {
            return OptionalDouble.of(1.5);
        }
        return switch (measured.shape().keyOrder()) {
            case SHARED -> OptionalDouble.of(sharedOrder(measured));
            case RANDOM -> randomOrder(measured.variant());
            case MIXED -> OptionalDouble.empty();
        };
    }

    private static double sharedOrder(Case measured) {
        if (measured.variant() == Variant.ONE_PERCENT) {
            return 2;
        }
        boolean identical = measured.variant() == Variant.IDENTICAL;
        return identical && measured.count().rows() >= MANY_ROWS ? 1.15 : 1.3;
    }

    private static OptionalDouble randomOrder(Variant variant) {
        return switch (variant) {
            case IDENTICAL -> OptionalDouble.of(2.5);
            case SCATTERED -> OptionalDouble.of(3.5);
            case ONE_PERCENT, EVERY_ROW -> OptionalDouble.empty();
        };
    }
}
