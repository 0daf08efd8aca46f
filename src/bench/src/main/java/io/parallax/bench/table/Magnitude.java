package io.parallax.bench.table;

import java.util.Locale;

/** Whole numbers as they are written with thousands as {@code k} and millions as {@code m}. */
public final class Magnitude {
    private Magnitude() {}

    /**
     * The number in this text.
     *
     * @throws NumberFormatException when it is none
     * @throws ArithmeticException when it is too large
     */
    public static long parse(String text) {
        String digits = text.toLowerCase(Locale.ROOT);
        long unit = digits.endsWith("m") ? 1_000_000 : digits.endsWith("k") ? 1_000 : 1;
        return Math.multiplyExact(Long.parseLong(unit == 1 ? digits : digits.substring(0, digits.length() - 1)), unit);
    }
}
