package io.parallax.engine.row;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.parallax.engine.type.WireForm;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Sent bytes as values that people read: numbers and booleans as such, what JSON has no number for as text, days and times
 * in ISO 8601, infinities in words, byte strings as hexadecimal digits after {@code \x}, all else as text.
 */
public final class Decoding {
    private static final LocalDateTime EPOCH = LocalDateTime.of(2000, 1, 1, 0, 0);
    private static final long MICROSECONDS_A_DAY = ChronoUnit.DAYS.getDuration().toNanos() / 1000;
    private static final Pattern YEAR_AND_REST = Pattern.compile("([+-]?\\d+)(-\\d\\d-\\d\\d.*)");
    private static final int BASE = 10_000;

    /** What readers of JSON take; longer ones are texts. */
    private static final int LONGEST_NUMBER = 1000;

    private static final int NUMERIC_HEADER = 8;
    private static final int NEGATIVE = 0x4000;
    private static final int NAN = 0xC000;
    private static final int INFINITY = 0xD000;
    private static final int MINUS_INFINITY = 0xF000;

    private Decoding() {}

    /** A field's value; {@code null} bytes are NULL. */
    public static JsonNode value(WireForm form, byte @Nullable [] bytes) {
        if (bytes == null) {
            return NullNode.instance;
        }
        return switch (form) {
            case INT2 -> IntNode.valueOf(BigEndian.int16(bytes, 0));
            case INT4 -> IntNode.valueOf(BigEndian.int32(bytes, 0));
            case INT8 -> LongNode.valueOf(BigEndian.int64(bytes, 0));
            case NUMERIC -> numeric(bytes);
            case FLOAT8 -> real(Double.longBitsToDouble(BigEndian.int64(bytes, 0)));
            case BOOL -> BooleanNode.valueOf(bytes[0] != 0);
            case DATE -> TextNode.valueOf(date(BigEndian.int32(bytes, 0)));
            case TIMESTAMP -> TextNode.valueOf(timestamp(BigEndian.int64(bytes, 0), ""));
            case TIMESTAMPTZ -> TextNode.valueOf(timestamp(BigEndian.int64(bytes, 0), "Z"));
            case TIME -> TextNode.valueOf(time(BigEndian.int64(bytes, 0)));
            case UUID -> TextNode.valueOf(
                    new java.util.UUID(BigEndian.int64(bytes, 0), BigEndian.int64(bytes, Long.BYTES)).toString());
            case BYTEA -> TextNode.valueOf("\\x" + HexFormat.of().formatHex(bytes));
            case TEXT -> TextNode.valueOf(new String(bytes, StandardCharsets.UTF_8));
        };
    }

    /** The text from which a database reads a value that was shown like this, none of them NULL. */
    public static String literal(WireForm form, JsonNode value) {
        return switch (form) {
            case DATE, TIMESTAMP, TIMESTAMPTZ -> withEra(value.asText());
            default -> value.asText();
        };
    }

    /** ISO 8601 has a year 0 and negative ones, and a sign where there are more than four digits. */
    private static String withEra(String text) {
        Matcher date = YEAR_AND_REST.matcher(text);
        if (!date.matches()) {
            return text;
        }
        int year = Integer.parseInt(date.group(1));
        return year > 0 ? "%04d%s".formatted(year, date.group(2)) : "%04d%s BC".formatted(1 - year, date.group(2));
    }

    private static JsonNode real(double number) {
        return Double.isFinite(number) ? DoubleNode.valueOf(number) : TextNode.valueOf(Double.toString(number));
    }

    /** Number of digits to the base of 10000, weight of the first one, sign, decimal scale, the digits. */
    private static JsonNode numeric(byte[] bytes) {
        int sign = BigEndian.int16(bytes, 2 * Short.BYTES) & 0xFFFF;
        if (sign == NAN || sign == INFINITY || sign == MINUS_INFINITY) {
            return TextNode.valueOf(sign == NAN ? "NaN" : sign == INFINITY ? "Infinity" : "-Infinity");
        }
        String plain = plain(bytes);
        if (plain.length() > LONGEST_NUMBER) {
            return TextNode.valueOf(plain);
        }
        return plain.indexOf('.') < 0
                ? BigIntegerNode.valueOf(new BigInteger(plain))
                : DecimalNode.valueOf(new BigDecimal(plain));
    }

    /** In decimal digits; up to 147 000 characters, so nothing here may be worse than linear. */
    private static String plain(byte[] bytes) {
        int digits = BigEndian.int16(bytes, 0);
        int weight = BigEndian.int16(bytes, Short.BYTES);
        int scale = BigEndian.int16(bytes, 3 * Short.BYTES);
        StringBuilder whole = new StringBuilder();
        for (int place = 0; place <= weight; place++) {
            whole.append(fourDigits(bytes, place, digits));
        }
        StringBuilder fraction = new StringBuilder();
        for (int place = weight + 1; fraction.length() < scale; place++) {
            fraction.append(fourDigits(bytes, place, digits));
        }
        fraction.setLength(scale);
        int significant = 0;
        while (significant < whole.length() && whole.charAt(significant) == '0') {
            significant++;
        }
        boolean isNegative = (BigEndian.int16(bytes, 2 * Short.BYTES) & 0xFFFF) == NEGATIVE;
        return (isNegative ? "-" : "")
                + (significant == whole.length() ? "0" : whole.substring(significant))
                + (scale == 0 ? "" : "." + fraction);
    }

    private static String fourDigits(byte[] bytes, int place, int digits) {
        int digit = place < 0 || place >= digits ? 0 : BigEndian.int16(bytes, NUMERIC_HEADER + place * Short.BYTES);
        return String.valueOf(BASE + digit).substring(1);
    }

    private static String date(int days) {
        if (days == Integer.MAX_VALUE || days == Integer.MIN_VALUE) {
            return days > 0 ? "infinity" : "-infinity";
        }
        return LocalDate.ofEpochDay(days + EPOCH.toLocalDate().toEpochDay()).toString();
    }

    private static String timestamp(long microseconds, String zone) {
        if (microseconds == Long.MAX_VALUE || microseconds == Long.MIN_VALUE) {
            return microseconds > 0 ? "infinity" : "-infinity";
        }
        Instant instant = EPOCH.toInstant(ZoneOffset.UTC).plus(microseconds, ChronoUnit.MICROS);
        LocalDateTime local = LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
        return local.toLocalDate() + "T" + DateTimeFormatter.ISO_LOCAL_TIME.format(local) + zone;
    }

    private static String time(long microseconds) {
        // The end of the day is a time of its own.
        return microseconds == MICROSECONDS_A_DAY
                ? "24:00:00"
                : DateTimeFormatter.ISO_LOCAL_TIME.format(LocalTime.ofNanoOfDay(microseconds * 1000));
    }
}
