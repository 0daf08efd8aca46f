package io.parallax.text.postgres;

import com.fasterxml.jackson.databind.JsonNode;
import io.parallax.contract.message.Target.Form;
import io.parallax.text.ShownText;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Shown values as PostgreSQL's literals of no type, which take that of the column they are put into. Nothing of a value
 * ever stands outside its quotes.
 */
final class Literals {
    private static final Pattern YEAR_AND_REST = Pattern.compile("([+-]?\\d+)(-\\d\\d-\\d\\d.*)");
    private static final Pattern LISTED = Pattern.compile("((?:\\[-?\\d+:-?\\d+])*):(.*)", Pattern.DOTALL);
    private static final Pattern DIMENSION = Pattern.compile("\\[(-?\\d+):(-?\\d+)]");

    private Literals() {}

    /** {@code null} where the value is NULL. */
    static String of(JsonNode value, Form form) {
        if (value.isNull()) {
            return "null";
        }
        String text = ShownText.of(value);
        return quoted(
                switch (form) {
                    case PLAIN -> text;
                    case DATED -> withEra(text);
                    case LISTED -> array(text);
                });
    }

    /** Of a number that is whole, however it is shown. */
    static String whole(JsonNode value) {
        return value.isNull()
                ? "null"
                : quoted(new BigDecimal(ShownText.of(value)).toBigIntegerExact().toString());
    }

    static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    /** ISO 8601 has a year 0 and negative ones, and a sign where there are more than four digits. */
    private static String withEra(String text) {
        Matcher date = YEAR_AND_REST.matcher(text);
        if (!date.matches()) {
            return text;
        }
        int year = Integer.parseInt(date.group(1));
        return String.format(Locale.ROOT, "%04d%s%s", year > 0 ? year : 1 - year, date.group(2), year > 0 ? "" : " BC");
    }

    /** From dimensions and all elements in one list to an array's own text. */
    private static String array(String listed) {
        Matcher parts = LISTED.matcher(listed);
        if (!parts.matches()) {
            throw new IllegalArgumentException("no array that is shown by its elements");
        }
        String dimensions = parts.group(1);
        if (dimensions.isEmpty()) {
            return "{}";
        }
        List<String> nested = elements(parts.group(2));
        List<Integer> sizes = sizes(dimensions);
        for (int dimension = sizes.size() - 1; dimension >= 0; dimension--) {
            nested = grouped(nested, sizes.get(dimension));
        }
        return dimensions + "=" + nested.get(0);
    }

    private static List<Integer> sizes(String dimensions) {
        return DIMENSION
                .matcher(dimensions)
                .results()
                .map(bounds -> Integer.parseInt(bounds.group(2)) - Integer.parseInt(bounds.group(1)) + 1)
                .toList();
    }

    private static List<String> grouped(List<String> elements, int size) {
        List<String> groups = new ArrayList<>();
        for (int start = 0; start < elements.size(); start += size) {
            groups.add("{" + String.join(",", elements.subList(start, start + size)) + "}");
        }
        return groups;
    }

    /** The elements of an array of one dimension, as they stand there, quotes and all. */
    private static List<String> elements(String array) {
        List<String> elements = new ArrayList<>();
        StringBuilder element = new StringBuilder();
        boolean quoted = false;
        for (int i = 1; i < array.length() - 1; i++) {
            char sign = array.charAt(i);
            if (sign == ',' && !quoted) {
                elements.add(element.toString());
                element.setLength(0);
                continue;
            }
            element.append(sign);
            if (sign == '\\') {
                i++;
                element.append(array.charAt(i));
            } else if (sign == '"') {
                quoted = !quoted;
            }
        }
        elements.add(element.toString());
        return elements;
    }
}
