package io.parallax.engine.row;

import io.parallax.engine.type.WireForm;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.UUID;

/**
 * Values as the bytes that they are sent as, made here and by nobody's database. Numbers are Longs, {@link BigDecimal}s, of the scale
 * that they have, and Doubles; days {@link LocalDate}s, moments {@link LocalDateTime}s, in UTC where they have a zone, times
 * {@link Duration}s since midnight; texts Strings. A Double that is not finite is that of any form that has such.
 */
public final class Encoding {
    private static final LocalDateTime EPOCH = LocalDateTime.of(2000, 1, 1, 0, 0);
    private static final BigInteger BASE = BigInteger.valueOf(10_000);
    private static final int BASE_DIGITS = 4;
    private static final int HASH_BYTES = 32;
    private static final int NUMERIC_HEADER = 8;
    private static final int NEGATIVE = 0x4000;
    private static final int NAN = 0xC000;
    private static final int INFINITY = 0xD000;
    private static final int MINUS_INFINITY = 0xF000;

    /** Bits of what it is, which are sent where a scale would be. */
    private static final int SCALE_OF_INFINITY = 32;

    /** So many digits tell every double apart. */
    private static final int MOST_DIGITS = 17;

    /** From this power of ten on doubles are written with one. */
    private static final int PLAIN_DIGITS = 15;

    private static final int PLAIN_ZEROS = -5;

    private static final int FEWEST_DIGITS = 15;

    private Encoding() {}

    /** The value's bytes in that form. */
    public static byte[] bytes(WireForm form, Object value) {
        return switch (form) {
            case INT2 -> ByteBuffer.allocate(Short.BYTES)
                    .putShort(((Long) value).shortValue())
                    .array();
            case INT4 -> int32(((Long) value).intValue());
            case INT8 -> int64((Long) value);
            case NUMERIC -> value instanceof Double special ? numeric(special) : numeric((BigDecimal) value);
            case FLOAT8 -> int64(Double.doubleToLongBits((Double) value + 0.0));
            case BOOL -> new byte[] {(byte) ((Boolean) value ? 1 : 0)};
            case DATE -> int32(
                    value instanceof Double infinity
                            ? (infinity > 0 ? Integer.MAX_VALUE : Integer.MIN_VALUE)
                            : (int) ChronoUnit.DAYS.between(EPOCH.toLocalDate(), (LocalDate) value));
            case TIMESTAMP, TIMESTAMPTZ -> int64(
                    value instanceof Double infinity
                            ? (infinity > 0 ? Long.MAX_VALUE : Long.MIN_VALUE)
                            : ChronoUnit.MICROS.between(EPOCH, (LocalDateTime) value));
            case TIME -> int64(((Duration) value).toNanos() / 1000);
            case UUID -> uuid((UUID) value);
            case BYTEA -> ((byte[]) value).clone();
            case TEXT -> ((String) value).getBytes(StandardCharsets.UTF_8);
        };
    }

    /**
     * A value that is sent by its beginning and its SHA-256 where it is longer.
     *
     * @param most how many characters, or bytes, come whole
     */
    public static byte[] shortened(WireForm form, byte[] whole, int most) {
        if (form == WireForm.BYTEA) {
            return whole.length <= most
                    ? whole
                    : ByteBuffer.allocate(most + 1)
                            .put(whole, 0, most + 1 - HASH_BYTES)
                            .put(sha256(whole))
                            .array();
        }
        String text = new String(whole, StandardCharsets.UTF_8);
        if (text.codePointCount(0, text.length()) <= most) {
            return whole;
        }
        String beginning = text.substring(0, text.offsetByCodePoints(0, most + 1 - 2 * HASH_BYTES));
        return (beginning + HexFormat.of().formatHex(sha256(whole))).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The text of a number in a key: all digits of an exact one; of a double as few as tell it apart, where they are fewer than 16. */
    public static String text(Object number) {
        if (number instanceof BigDecimal decimal) {
            return decimal.toPlainString();
        }
        double value = (Double) number;
        return Double.isFinite(value) ? text(value) : Double.toString(value);
    }

    private static String text(double value) {
        if (value == 0) {
            return "0";
        }
        BigDecimal exact = new BigDecimal(value);
        int power = exact.precision() - exact.scale() - 1;
        if (power >= PLAIN_DIGITS || power < PLAIN_ZEROS) {
            BigDecimal digits = rounded(exact, MOST_DIGITS).movePointLeft(power).setScale(MOST_DIGITS - 1);
            return "%se%s%02d".formatted(digits.toPlainString(), power < 0 ? "-" : "+", Math.abs(power));
        }
        for (int count = FEWEST_DIGITS; count < MOST_DIGITS; count++) {
            BigDecimal rounded = rounded(exact, count);
            if (rounded.doubleValue() == value) {
                return rounded.stripTrailingZeros().toPlainString();
            }
        }
        return rounded(exact, MOST_DIGITS).stripTrailingZeros().toPlainString();
    }

    private static BigDecimal rounded(BigDecimal number, int digits) {
        return number.round(new MathContext(digits, RoundingMode.HALF_EVEN));
    }

    private static byte[] int32(int number) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(number).array();
    }

    private static byte[] int64(long number) {
        return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
    }

    private static byte[] uuid(UUID uuid) {
        return ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(uuid.getMostSignificantBits())
                .putLong(uuid.getLeastSignificantBits())
                .array();
    }

    private static byte[] numeric(double special) {
        int sign = Double.isNaN(special) ? NAN : special > 0 ? INFINITY : MINUS_INFINITY;
        return header(0, 0, sign, sign == NAN ? 0 : SCALE_OF_INFINITY).array();
    }

    /** Its digits to the base of 10000, those after the point filled up to four, without zeros at either end. */
    private static byte[] numeric(BigDecimal number) {
        int scale = Math.max(0, number.scale());
        int places = (scale + BASE_DIGITS - 1) / BASE_DIGITS;
        BigInteger left = number.abs().setScale(places * BASE_DIGITS).unscaledValue();
        if (left.signum() == 0) {
            return header(0, 0, 0, scale).array();
        }
        int place = -places;
        while (left.mod(BASE).signum() == 0) {
            left = left.divide(BASE);
            place++;
        }
        byte[] digits = {};
        while (left.signum() > 0) {
            digits = ByteBuffer.allocate(digits.length + Short.BYTES)
                    .putShort(left.mod(BASE).shortValue())
                    .put(digits)
                    .array();
            left = left.divide(BASE);
        }
        int count = digits.length / Short.BYTES;
        return header(count, place + count - 1, number.signum() < 0 ? NEGATIVE : 0, scale)
                .put(digits)
                .array();
    }

    private static ByteBuffer header(int digits, int weight, int sign, int scale) {
        return ByteBuffer.allocate(NUMERIC_HEADER + digits * Short.BYTES)
                .putShort((short) digits)
                .putShort((short) weight)
                .putShort((short) sign)
                .putShort((short) scale);
    }
}
