package io.parallax.engine.postgres.probe;

import static io.parallax.engine.postgres.probe.ProbeList.value;

import io.parallax.engine.dialect.Probe.KnownValue;
import io.parallax.engine.type.Column;
import io.parallax.engine.type.ColumnType;
import io.parallax.engine.type.Family;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Numbers: extremes, signs, long fractions, zeros at the end of them, and what is no number. */
final class NumberProbes {
    /** As PostgreSQL keeps numeric(12, 4). */
    private static final int TWELVE_FOUR = ((12 << 16) | 4) + 4;

    private static final int INFINITE_SINCE = 14;

    private NumberProbes() {}

    static void add(ProbeList probes) {
        List<KnownValue> small = integers(0, 1, -1, 256, 1000, 10000, Short.MAX_VALUE, Short.MIN_VALUE);
        List<KnownValue> usual = integers(0, 1, -1, 256, 1000, 65536, 1000000, Integer.MAX_VALUE, Integer.MIN_VALUE);
        List<KnownValue> large = integers(
                0,
                1,
                -1,
                256,
                1000,
                65536,
                1000000,
                1L << 32,
                -(1L << 32) - 1,
                (1L << 53) + 1,
                Long.MAX_VALUE,
                Long.MIN_VALUE);
        probes.add(Family.NUMBER, "int2", small);
        probes.add(Family.NUMBER, "int4", usual);
        probes.add(Family.NUMBER, "int8", large);
        probes.add(Family.NUMBER, "int4", "int8", usual);
        probes.add(Family.NUMBER, "int8", "int4", large);
        decimals(probes);
        floats(probes);
        probes.add(Family.BOOLEAN, "bool", List.of(value("true", true), value("false", false)));
    }

    private static List<KnownValue> integers(long... numbers) {
        return LongStream.of(numbers)
                .mapToObj(number -> value(String.valueOf(number), number))
                .toList();
    }

    private static void decimals(ProbeList probes) {
        probes.add(Family.NUMBER, "numeric", decimals(probes.isSince(INFINITE_SINCE)));
        probes.add(Family.NUMBER, "int8", "numeric", decimals("0", "1", "-1", "10000", "9223372036854775807"));
        probes.add(Family.NUMBER, "numeric", "int8", decimals("0", "1.0", "-1", "1.5", "9223372036854775807"));
        Column stored = probes.column(ColumnType.plain(Family.NUMBER, "numeric"), TWELVE_FOUR);
        Column any = probes.column(ColumnType.plain(Family.NUMBER, "numeric"), Column.NO_MODIFIER);
        // Where all values have the same scale nobody takes zeros off.
        probes.add(
                stored,
                stored,
                "numeric(12, 4)",
                Stream.of("0.0000", "1.5000", "-1.5000", "0.0001", "99999999.9999")
                        .map(text -> value(text, new BigDecimal(text)))
                        .toList());
        probes.add(stored, any, "numeric(12, 4)", decimals("0.0000", "1.5000", "-20000", "0.0001", "99999999.9999"));
    }

    private static List<KnownValue> decimals(boolean infinite) {
        List<KnownValue> all = new ArrayList<>(decimals(
                "0",
                "-0.00",
                "1",
                "1.000",
                "-1",
                "1.10",
                "1.1",
                "0.1",
                "0.10000000000000000001",
                "0.00000000000000000000000000000000000001",
                "9999.9999",
                "10000",
                "-20000",
                "100000000",
                "1234567890123456789012345678901234567890.1234567890123456789012345678901234567800",
                "1234567890123456789012345678901234567890.1234567890123456789012345678901234567801",
                "1" + "0".repeat(100),
                "1" + "0".repeat(99) + "1",
                "9".repeat(1050)));
        all.add(value("NaN", Double.NaN));
        if (infinite) {
            all.add(value("Infinity", Double.POSITIVE_INFINITY));
            all.add(value("-Infinity", Double.NEGATIVE_INFINITY));
        }
        return all;
    }

    private static List<KnownValue> decimals(String... texts) {
        return Stream.of(texts)
                .map(text -> value(text, new BigDecimal(text).stripTrailingZeros()))
                .toList();
    }

    private static void floats(ProbeList probes) {
        List<KnownValue> doubles = doubles(
                "0",
                "-0",
                "1",
                "-1",
                "0.1",
                "0.3",
                "0.30000000000000004",
                "123456.789",
                "1e-5",
                "1e15",
                "9007199254740993",
                "4.9e-324",
                "1.7976931348623157e308",
                "1.7976931348623155e308",
                "NaN",
                "Infinity",
                "-Infinity");
        List<KnownValue> singles = Stream.of("0", "-0", "1", "-1", "0.1", "3.4028235e38", "16777217", "NaN", "Infinity")
                .map(text -> value(text, Float.parseFloat(text) + 0.0))
                .toList();
        probes.add(Family.NUMBER, "float8", doubles);
        probes.add(Family.NUMBER, "float4", singles);
        probes.add(
                Family.NUMBER,
                "numeric",
                "float8",
                doubles("0.00", "0.1", "-1.50", "9007199254740993", "1e400", "-1e400", "1e-400", "NaN"));
        probes.add(Family.NUMBER, "int8", "float8", doubles("0", "-1", "9007199254740993", "9223372036854775807"));
    }

    /** There is but one zero. */
    private static List<KnownValue> doubles(String... texts) {
        return Stream.of(texts)
                .map(text -> value(text, Double.parseDouble(text) + 0.0))
                .toList();
    }
}
