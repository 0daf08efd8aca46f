package io.parallax.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An array as PostgreSQL prints it.
 *
 * @param bounds {@code [0:1]} and the like, empty where every dimension starts at 1
 * @param elements strings, nulls, and lists of them
 */
record ArrayLiteral(String bounds, List<@Nullable Object> elements) {
    static ArrayLiteral parse(String text) {
        int braces = text.indexOf('{');
        String bounds = text.startsWith("[") ? text.substring(0, braces) : "";
        return new ArrayLiteral(bounds, new Reader(text, braces).list());
    }

    /** The same array of other elements; NULLs stay. */
    ArrayLiteral map(Function<String, Object> form) {
        return new ArrayLiteral(bounds, mapped(elements, form));
    }

    /** All elements, whatever their dimension. */
    List<@Nullable Object> flat() {
        List<@Nullable Object> flat = new ArrayList<>();
        flatten(elements, flat);
        return flat;
    }

    private static void flatten(List<?> elements, List<@Nullable Object> into) {
        for (Object element : elements) {
            if (element instanceof List<?> list) {
                flatten(list, into);
            } else {
                into.add(element);
            }
        }
    }

    private static List<@Nullable Object> mapped(List<?> elements, Function<String, Object> form) {
        List<@Nullable Object> result = new ArrayList<>();
        for (Object element : elements) {
            if (element instanceof List<?> list) {
                result.add(mapped(list, form));
            } else {
                result.add(element == null ? null : form.apply((String) element));
            }
        }
        return result;
    }

    private static final class Reader {
        private final String text;
        private int at;

        Reader(String text, int at) {
            this.text = text;
            this.at = at;
        }

        List<@Nullable Object> list() {
            List<@Nullable Object> elements = new ArrayList<>();
            at++;
            while (text.charAt(at) != '}') {
                elements.add(element());
                if (text.charAt(at) == ',') {
                    at++;
                }
            }
            at++;
            return elements;
        }

        private @Nullable Object element() {
            return switch (text.charAt(at)) {
                case '{' -> list();
                case '"' -> quoted();
                default -> bare();
            };
        }

        private String quoted() {
            StringBuilder element = new StringBuilder();
            at++;
            while (text.charAt(at) != '"') {
                if (text.charAt(at) == '\\') {
                    at++;
                }
                element.append(text.charAt(at++));
            }
            at++;
            return element.toString();
        }

        private @Nullable String bare() {
            int start = at;
            while (text.charAt(at) != ',' && text.charAt(at) != '}') {
                at++;
            }
            String element = text.substring(start, at);
            return element.equals("NULL") ? null : element;
        }
    }
}
