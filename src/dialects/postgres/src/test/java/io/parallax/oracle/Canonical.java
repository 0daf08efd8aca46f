package io.parallax.oracle;

import java.math.BigDecimal;
import java.util.Locale;

/** Values as Java objects of which equal ones are {@link Object#equals equal}: Equality, read literally. */
final class Canonical {
    private Canonical() {}

    /**
     * The canonical form of a value.
     *
     * @param partner the type of the column it is compared with: an exact number against a float compares as float8
     */
    static Object of(String text, Type own, Type partner) {
        return switch (own.family()) {
            case NUMBER -> own.floating() || partner.floating() ? floating(text, own) : exact(text);
            case TEXT -> own.trait() == Type.Trait.PADDED ? withoutTrailingBlanks(text) : text;
            case BINARY -> text.toLowerCase(Locale.ROOT);
            case INTERVAL -> IntervalFields.parse(text);
            case JSON -> JsonValue.parse(text);
            case ARRAY -> ArrayLiteral.parse(text).map(element -> ofElement(element, own, partner));
            default -> text;
        };
    }

    private static Object ofElement(String text, Type array, Type partner) {
        Type own = array.element();
        Type other = partner.element();
        if (own == null || other == null) {
            throw new IllegalArgumentException(array + " against " + partner);
        }
        return of(text, own, other);
    }

    private static Double floating(String text, Type own) {
        double value = own.trait() == Type.Trait.SINGLE ? Float.parseFloat(text) : Double.parseDouble(text);
        return value == 0 ? 0.0 : value;
    }

    private static Object exact(String text) {
        return switch (text) {
            case "NaN", "Infinity", "-Infinity" -> text;
            default -> new BigDecimal(text).stripTrailingZeros();
        };
    }

    private static String withoutTrailingBlanks(String text) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == ' ') {
            end--;
        }
        return text.substring(0, end);
    }
}
