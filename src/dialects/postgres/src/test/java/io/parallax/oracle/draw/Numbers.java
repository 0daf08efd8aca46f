package io.parallax.oracle.draw;

import io.parallax.oracle.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Set;
import java.util.function.LongFunction;

/** Numbers of one magnitude. */
final class Numbers extends Kind {
    static final Kind SMALL = new Numbers(
            List.of(
                    Types.SMALLINT,
                    Types.INTEGER,
                    Types.BIGINT,
                    Types.NUMERIC,
                    Types.NUMERIC_24_4,
                    Types.REAL,
                    Types.DOUBLE),
            List.of("32767", "-32768", "-1", "1", "0"),
            number -> Short.toString((short) number));
    static final Kind INT = new Numbers(
            List.of(Types.INTEGER, Types.BIGINT, Types.NUMERIC, Types.NUMERIC_24_4, Types.DOUBLE, Types.QUANTITY),
            List.of("2147483647", "-2147483648", "-1", "1", "0", "16777217", "16777216", "NaN", "1e30", "0.5"),
            number -> Integer.toString((int) number));
    static final Kind BIG = new Numbers(
            List.of(Types.BIGINT, Types.BIGINT, Types.NUMERIC, Types.NUMERIC_24_4, Types.DOUBLE, Types.REAL),
            List.of(
                    "9223372036854775807",
                    "9223372036854775806",
                    "-9223372036854775808",
                    "9007199254740992",
                    "9007199254740993",
                    "4294967296",
                    "4294967297",
                    "1",
                    "0",
                    "-1",
                    "NaN",
                    "Infinity",
                    "1e30",
                    "-1e30",
                    "9223372036854775808",
                    "0.5"),
            Long::toString);
    static final Kind INTEGER = new Numbers(
            List.of(Types.INTEGER, Types.BIGINT),
            List.of("2147483647", "-2147483648", "-1", "1", "0", "7"),
            number -> Integer.toString((int) number));
    static final Kind BIGINT = new Numbers(
            List.of(Types.BIGINT),
            List.of("9223372036854775807", "-9223372036854775808", "4294967296", "4294967297", "1", "0", "-1"),
            Long::toString);
    static final Kind DECIMAL = new Numbers(
            List.of(Types.NUMERIC, Types.NUMERIC, Types.NUMERIC_24_4, Types.DOUBLE, Types.REAL),
            List.of("0.1", "0.10", "-0.1", "1", "1.0", "1.00", "0.3", "0.30000000000000004", "NaN", "-1.5", "1e10"),
            number -> BigDecimal.valueOf(number, 2).toString());
    static final Kind WILD = new Numbers(
            List.of(Types.NUMERIC, Types.DOUBLE, Types.DOUBLE, Types.REAL),
            List.of(
                    "NaN",
                    "Infinity",
                    "-Infinity",
                    "-0.0",
                    "0.0",
                    "1e400",
                    "-1e400",
                    "1e-400",
                    "4.9e-324",
                    "1.4e-45",
                    "2.2250738585072014e-308",
                    "1.7976931348623157e308",
                    "3.4028235e38",
                    "0.1",
                    "123456789012345678901234567890.123456789"),
            number -> Double.toString(number * 1e-3));

    private static final Set<String> SPECIAL = Set.of("NaN", "Infinity", "-Infinity");
    private static final BigDecimal TWO_TO_32 = BigDecimal.valueOf(1L << 32);

    private Numbers(List<Type> types, List<String> pool, LongFunction<String> numbered) {
        super(types, List.of(pool), List.of(), numbered);
    }

    @Override
    boolean spacious() {
        return this == BIG;
    }

    @Override
    String twisted(String literal, Dice dice) {
        if (SPECIAL.contains(literal)) {
            return dice.pick("NaN", "Infinity", "-Infinity", "0");
        }
        BigDecimal value = new BigDecimal(literal);
        return switch (dice.below(8)) {
            case 0, 1 -> value.negate().toString();
            case 2 -> value.add(TWO_TO_32).toString();
            case 3 -> Double.toString(Math.nextUp(value.doubleValue()));
            case 4 -> Float.toString(Math.nextDown(value.floatValue()));
            case 5 -> dice.pick("NaN", "Infinity", "-Infinity");
            case 6 -> value.add(BigDecimal.ONE).toString();
            default -> value.scaleByPowerOfTen(1).toString();
        };
    }

    @Override
    String respelled(String literal, Dice dice) {
        if (SPECIAL.contains(literal)) {
            return literal;
        }
        BigDecimal value = new BigDecimal(literal);
        if (value.signum() == 0) {
            return dice.pick("0", "-0", "0.0", "-0.0");
        }
        return dice.chance(0.5)
                ? value.stripTrailingZeros().toString()
                : value.setScale(Math.max(value.scale(), 0) + dice.between(1, 3))
                        .toString();
    }

    @Override
    String fit(String literal, Type type) {
        return switch (type.sql()) {
            case "smallint" -> Short.toString((short) whole(literal));
            case "integer", "public.quantity" -> Integer.toString((int) whole(literal));
            case "bigint" -> Long.toString(whole(literal));
            case "numeric(24,4)" -> scaled(literal);
            case "real" -> withinFloat(literal, Float.parseFloat(literal));
            case "double precision" -> withinFloat(literal, Double.parseDouble(literal));
            default -> literal;
        };
    }

    /** Wraps like the machine's integers do. */
    private static long whole(String literal) {
        return SPECIAL.contains(literal)
                ? 0
                : new BigDecimal(literal).toBigInteger().longValue();
    }

    private static String scaled(String literal) {
        if (SPECIAL.contains(literal)) {
            return "NaN";
        }
        BigDecimal value = new BigDecimal(literal);
        BigDecimal limit = new BigDecimal(BigInteger.TEN.pow(20));
        return value.abs().compareTo(limit) < 0
                ? literal
                : value.remainder(limit).toString();
    }

    /** PostgreSQL refuses what rounds to an infinity or to zero; the value itself is left for PostgreSQL to round. */
    private static String withinFloat(String literal, double rounded) {
        return rounded == 0 || Double.isInfinite(rounded) ? Double.toString(rounded) : literal;
    }
}
