package io.parallax.outcome.repair;

import com.fasterxml.jackson.databind.JsonNode;
import io.parallax.contract.message.Target.Limits;
import io.parallax.text.ShownText;
import io.parallax.text.TextDialect;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Whether a column takes a shown value as it is: neither refuses it nor keeps another one. */
public final class Fitting {
    private static final String NAN = "NaN";
    private static final Set<String> INFINITIES = Set.of("Infinity", "-Infinity");
    private static final Pattern FRACTION = Pattern.compile("\\.(\\d*[1-9])");

    /** What json takes and jsonb may not: characters without a meaning of their own, numbers beyond all measure. */
    private static final Pattern NOT_PLAIN = Pattern.compile("\\\\u0000|\\\\u[dD][89a-fA-F]|[0-9.][eE][+-]?\\d{3}");

    private Fitting() {}

    /** {@code limits}: null for none; {@code dialect}: that of the column's database. */
    public static boolean fits(JsonNode value, @Nullable Limits limits, TextDialect dialect) {
        if (limits == null) {
            return true;
        }
        if (value.isNull() || value.isMissingNode()) {
            return !Boolean.TRUE.equals(limits.required());
        }
        String text = ShownText.of(value);
        return fitsText(text, limits, dialect) && fitsNumber(text, limits) && fitsTime(text, limits.fraction());
    }

    private static boolean fitsText(String text, Limits limits, TextDialect dialect) {
        return (limits.length() == null || text.codePointCount(0, text.length()) <= limits.length())
                && (limits.bytes() == null || text.getBytes(StandardCharsets.UTF_8).length <= limits.bytes())
                && (limits.unpadded() == null || !text.endsWith(" "))
                && (limits.labels() == null || limits.labels().contains(text))
                && (limits.encoding() == null || dialect.encodes(limits.encoding(), text))
                && (limits.plainJson() == null || !NOT_PLAIN.matcher(text).find());
    }

    private static boolean fitsNumber(String text, Limits limits) {
        if (limits.single() != null) {
            double number = Double.parseDouble(text);
            return Double.isNaN(number) || (float) number == number;
        }
        if (limits.bits() != null) {
            return isFinite(text) && fitsBits(new BigDecimal(text), limits.bits());
        }
        if (limits.finite() != null && INFINITIES.contains(text)) {
            return false;
        }
        return limits.digits() == null
                || limits.scale() == null
                || text.equals(NAN)
                || fitsDigits(new BigDecimal(text).stripTrailingZeros(), limits.digits(), limits.scale());
    }

    private static boolean isFinite(String text) {
        return !text.equals(NAN) && !INFINITIES.contains(text);
    }

    private static boolean fitsBits(BigDecimal number, int bits) {
        BigDecimal plain = number.stripTrailingZeros();
        return plain.scale() <= 0
                && plain.precision() - plain.scale() <= bits
                && plain.toBigIntegerExact().bitLength() < bits;
    }

    private static boolean fitsDigits(BigDecimal number, int digits, int scale) {
        return number.signum() == 0 || (number.scale() <= scale && number.precision() - number.scale() <= digits);
    }

    private static boolean fitsTime(String text, @Nullable Integer fraction) {
        if (fraction == null) {
            return true;
        }
        Matcher digits = FRACTION.matcher(text);
        return !digits.find() || digits.group(1).length() <= fraction;
    }
}
