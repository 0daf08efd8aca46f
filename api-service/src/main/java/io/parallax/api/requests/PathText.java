package io.parallax.api.requests;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Paths of names as one text: dots between the names, those with dots in them in double quotes, quotes in those twice. */
public final class PathText {
    private static final String QUOTE = "\"";
    private static final String TWO = QUOTE + QUOTE;

    private PathText() {}

    /** The names, just as they are written; none when the text is no path. */
    public static List<String> names(String text) {
        List<String> names = new ArrayList<>();
        int at = 0;
        while (at <= text.length()) {
            int end = end(text, at);
            String name = end < 0 ? "" : name(text.substring(at, end));
            if (name.isBlank()) {
                return List.of();
            }
            names.add(name);
            at = end + 1;
        }
        return List.copyOf(names);
    }

    /** Where the dot behind the name is that begins here, or the end; negative when there is no such name. */
    private static int end(String text, int start) {
        int end = text.startsWith(QUOTE, start) ? behindQuotes(text, start + 1) : text.indexOf('.', start);
        if (!text.startsWith(QUOTE, start)) {
            return end < 0 ? text.length() : end;
        }
        return end == text.length() || end > 0 && text.charAt(end) == '.' ? end : -1;
    }

    private static int behindQuotes(String text, int start) {
        int quote = text.indexOf(QUOTE, start);
        while (quote >= 0 && text.startsWith(TWO, quote)) {
            quote = text.indexOf(QUOTE, quote + TWO.length());
        }
        return quote + 1;
    }

    private static String name(String written) {
        if (written.startsWith(QUOTE)) {
            return written.substring(1, written.length() - 1).replace(TWO, QUOTE);
        }
        return written.contains(QUOTE) ? "" : written.strip();
    }

    /** As they are read again. */
    public static String of(List<String> names) {
        return names.stream().map(PathText::written).collect(Collectors.joining("."));
    }

    private static String written(String name) {
        boolean plain = !name.contains(".") && !name.contains(QUOTE) && name.equals(name.strip());
        return plain ? name : QUOTE + name.replace(QUOTE, TWO) + QUOTE;
    }
}
