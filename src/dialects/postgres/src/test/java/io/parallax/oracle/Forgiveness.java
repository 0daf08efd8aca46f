package io.parallax.oracle;

import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What counts as equal besides, read literally.
 *
 * @param distance how far apart numbers may be, by {@code relative} of B; null for not at all
 * @param everyNumber whether that is for every column of numbers rather than for floats
 * @param digits how many fractional digits of a second count; null for all
 */
public record Forgiveness(
        @Nullable BigDecimal distance,
        boolean relative,
        boolean everyNumber,
        @Nullable Integer digits,
        boolean anyCase,
        boolean emptyIsNull,
        boolean anyArrayOrder) {
    public static final Forgiveness NONE = new Forgiveness(null, false, false, null, false, false, false);

    /** The same, with elements of arrays in any order. */
    public Forgiveness inAnyArrayOrder() {
        return new Forgiveness(distance, relative, everyNumber, digits, anyCase, emptyIsNull, true);
    }

    /** Whether two values of the same column are the same, by its types on both sides. */
    boolean same(@Nullable Object a, @Nullable Object b, Type ofA, Type ofB) {
        return Objects.equals(a, b)
                || switch (ofA.family()) {
                    case NUMBER -> distance != null
                            && (everyNumber || ofA.floating() || ofB.floating())
                            && near(number(a), number(b), distance);
                    case TIMESTAMP, TIMESTAMPTZ, TIME -> digits != null
                            && a != null
                            && b != null
                            && cut((String) a, digits).equals(cut((String) b, digits));
                    case TEXT -> sameText((String) a, (String) b);
                    case ARRAY -> anyArrayOrder
                            && a != null
                            && b != null
                            && ofA.element() != null
                            && ofA.element().family() != Family.OTHER
                            && sameElements((ArrayLiteral) a, (ArrayLiteral) b);
                    default -> false;
                };
    }

    /** Null for what is no finite number. */
    private static @Nullable BigDecimal number(@Nullable Object value) {
        if (value instanceof Double real) {
            return Double.isFinite(real) ? new BigDecimal(Double.toString(real)) : null;
        }
        return value instanceof BigDecimal exact ? exact : null;
    }

    private boolean near(@Nullable BigDecimal a, @Nullable BigDecimal b, BigDecimal distance) {
        if (a == null || b == null) {
            return false;
        }
        BigDecimal most = relative ? distance.multiply(b.abs()) : distance;
        return a.compareTo(b.subtract(most)) >= 0 && a.compareTo(b.add(most)) <= 0;
    }

    /** PostgreSQL prints the fraction of a second after the only dot, without trailing zeros. */
    private static String cut(String time, int digits) {
        int dot = time.indexOf('.');
        if (dot < 0) {
            return time;
        }
        int end = dot + 1;
        while (end < time.length() && Character.isDigit(time.charAt(end))) {
            end++;
        }
        String kept = time.substring(dot + 1, Math.min(end, dot + 1 + digits)).replaceAll("0+$", "");
        return time.substring(0, dot) + (kept.isEmpty() ? "" : "." + kept) + time.substring(end);
    }

    private static boolean sameElements(ArrayLiteral a, ArrayLiteral b) {
        List<@Nullable Object> ofA = a.flat();
        List<@Nullable Object> left = b.flat();
        return ofA.size() == left.size() && ofA.stream().allMatch(left::remove);
    }

    private boolean sameText(@Nullable String a, @Nullable String b) {
        if (a == null || b == null) {
            return emptyIsNull && (a == null ? "" : a).isEmpty() && (b == null ? "" : b).isEmpty();
        }
        return anyCase && folded(a).equals(folded(b));
    }

    private static String folded(String text) {
        StringBuilder folded = new StringBuilder();
        text.codePoints()
                .map(Character::toUpperCase)
                .map(Character::toLowerCase)
                .forEach(folded::appendCodePoint);
        return folded.toString();
    }
}
