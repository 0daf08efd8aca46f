package io.parallax.oracle.draw;

import io.parallax.oracle.Type;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;

/** Texts that collations, paddings and careless encodings confuse. */
final class Texts extends Kind {
    private static final List<List<String>> NEAR = List.of(
            List.of("", " ", "  ", "<null>", "null", "NULL", "\\N", "0"),
            List.of("a", "A", "a ", " a", "ä", "a\u0308", "á", "Å", "\u212B"),
            List.of("ss", "ß", "SS", "ẞ", "s\u200Ds"),
            List.of("i", "I", "ı", "İ"),
            List.of("a|b", "a|", "|b", "a,b", "a\tb", "a\nb", "a\r\nb"),
            List.of("'", "\"", "\\", "\\\\", "''", "$1", "?", "%s", "{}", "(a,b)"),
            List.of("1", "01", "1.0", "-1", "１"),
            List.of("co-op", "coop", "co op", "CO-OP", "co_op"),
            List.of("😀", "😁", "\uFFFD", "\uFEFF", "\u0001"),
            List.of("a".repeat(3000), "a".repeat(2999) + "b", "b" + "a".repeat(2999)));
    private static final List<String> PREFIXES = List.of("k", "K", "-k", "ä", "z", "Z", "_", "é", "");

    static final Kind PLAIN = new Texts(List.of(
            Types.TEXT,
            Types.TEXT,
            Types.TEXT,
            Types.VARCHAR,
            Types.VARCHAR_24,
            Types.CHAR_12,
            Types.NAME,
            Types.CITEXT,
            Types.CODE));
    static final Kind LABEL = new Texts(List.of(Types.MOOD, Types.OTHER_MOOD, Types.MOOD, Types.TEXT, Types.VARCHAR));

    private Texts(List<Type> types) {
        super(types, NEAR, List.of(), Texts::numberedText);
    }

    private static String numberedText(long number) {
        return PREFIXES.get((int) Math.floorMod(number * 7, (long) PREFIXES.size())) + number;
    }

    @Override
    String twisted(String literal, Dice dice) {
        return switch (dice.below(6)) {
            case 0 -> literal + " ";
            case 1 -> literal.toUpperCase(Locale.ROOT);
            case 2 -> literal.toLowerCase(Locale.ROOT);
            case 3 -> Normalizer.normalize(literal, Normalizer.Form.NFD);
            case 4 -> new StringBuilder(literal.replaceAll("[\\uD800-\\uDFFF]", ""))
                    .reverse()
                    .toString();
            default -> super.twisted(literal, dice);
        };
    }

    /** Trailing blanks: the same value for a padded type only; the oracle reads what became of it. */
    @Override
    String respelled(String literal, Dice dice) {
        return literal;
    }

    @Override
    String fit(String literal, Type type) {
        if (type == Types.MOOD || type == Types.OTHER_MOOD) {
            return Types.MOODS.contains(literal)
                    ? literal
                    : Types.MOODS.get(Math.floorMod(literal.hashCode(), Types.MOODS.size()));
        }
        return switch (type.sql()) {
            case "varchar(24)" -> first(24, literal);
            case "char(12)", "public.code" -> first(12, literal);
            case "name" -> first(15, literal);
            default -> literal;
        };
    }

    private static String first(int codePoints, String literal) {
        return literal.codePointCount(0, literal.length()) <= codePoints
                ? literal
                : literal.substring(0, literal.offsetByCodePoints(0, codePoints));
    }
}
