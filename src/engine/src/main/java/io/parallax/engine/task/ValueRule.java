package io.parallax.engine.task;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.parallax.contract.EqualityRules.Tolerance;
import io.parallax.engine.row.BigEndian;
import io.parallax.engine.row.Decoding;
import io.parallax.engine.type.WireForm;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * When two values of a column count as equal that are not. Asked of pairs of rows whose bytes differ, so it costs nothing
 * where nothing does.
 *
 * @param tolerance how far apart numbers may be; null for not at all
 * @param secondDigits how many fractional digits of a second count; null for all
 * @param ignoresCase whether texts may differ in the case of letters
 * @param emptyIsNull whether a text may be empty on one side and NULL on the other
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ValueRule(
        @Nullable Tolerance tolerance, @Nullable Integer secondDigits, boolean ignoresCase, boolean emptyIsNull) {
    /** Equal is equal. */
    public static final ValueRule NONE = new ValueRule(null, null, false, false);

    private static final int MICROSECOND_DIGITS = 6;

    /** Whether these count as equal; {@code null} is NULL. */
    public boolean forgives(WireForm form, byte @Nullable [] a, byte @Nullable [] b) {
        if (a == null || b == null) {
            return emptyIsNull && (a == null || a.length == 0) && (b == null || b.length == 0);
        }
        return switch (form) {
            case INT2, INT4, INT8, NUMERIC, FLOAT8 -> tolerance != null
                    && isWithin(tolerance, Decoding.value(form, a), Decoding.value(form, b));
            case TIMESTAMP, TIMESTAMPTZ, TIME -> secondDigits != null
                    && counting(a, secondDigits) == counting(b, secondDigits);
            case TEXT -> ignoresCase && text(a).equalsIgnoreCase(text(b));
            default -> false;
        };
    }

    /** Infinities and NaN are near nothing. A float stands for the shortest decimal that is read as it. */
    private static boolean isWithin(Tolerance tolerance, JsonNode a, JsonNode b) {
        if (!isFinite(a) || !isFinite(b)) {
            return false;
        }
        BigDecimal ofB = decimal(b);
        BigDecimal distance = decimal(a).subtract(ofB).abs();
        BigDecimal most = tolerance.relative() ? tolerance.value().multiply(ofB.abs()) : tolerance.value();
        return distance.compareTo(most) <= 0;
    }

    /** Of words, only those for what is no number have a letter; long numbers come as texts, too. */
    private static boolean isFinite(JsonNode number) {
        return number.isNumber() || number.textValue().chars().noneMatch(Character::isLetter);
    }

    private static BigDecimal decimal(JsonNode number) {
        return number.isNumber() ? number.decimalValue() : new BigDecimal(number.textValue());
    }

    private static long counting(byte[] microseconds, int digits) {
        long left = 1;
        for (int digit = digits; digit < MICROSECOND_DIGITS; digit++) {
            left *= 10;
        }
        return Math.floorDiv(BigEndian.int64(microseconds, 0), left);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
